import numpy as np

from odoo import api, fields, models
from odoo.tools import format_list, formatLang

from ...analytics.tier.tier import CONDITIONS
from .crm_value_profile import MARGIN, REVENUE

# What a customer may be told: neither its value to the company nor a margin.
TOLD = ("revenue", "points", "purchases", "tenure_months")


class CrmValueProfile(models.Model):
    """Words and numbers for what a customer still needs to retain or reach a tier."""

    _inherit = "crm.value.profile"

    tier_progress = fields.Json(
        compute="_compute_tier_progress",
        help="For each condition: the customer's figure, the threshold and what is "
        "missing.",
    )
    tier_missing = fields.Char(
        string="Still Needed",
        compute="_compute_tier_progress",
        help="What is needed to retain the tier if that is not yet secured, "
        "otherwise to reach the next one.",
    )

    @api.depends_context("uid", "lang")
    def _compute_tier_progress(self):
        goals = self._tier_goals()
        officer = self.env.user.has_group("crm_value.group_officer")
        for profile in self:
            of_profile = goals[profile]
            profile.tier_progress = (
                profile._tell_goals(of_profile, officer) if of_profile else False
            )
            unsure = profile.tier_state in ("short", "grace")
            goal = of_profile.get("keep" if unsure else "next")
            profile.tier_missing = goal and profile._say_goal(goal, unsure, officer)

    def _say_goal(self, goal, keeps, officer):
        """Return one sentence on what is missing for a goal."""
        parts = self._say_missing(goal, officer)
        if not parts:
            return self.env._(
                "All requirements for %(tier)s are met", tier=goal.tier.name
            )
        missing = self._join_conditions(parts, goal.every)
        if keeps:
            return self.env._(
                "To retain %(tier)s: %(missing)s", tier=goal.tier.name, missing=missing
            )
        return self.env._(
            "To reach %(tier)s: %(missing)s", tier=goal.tier.name, missing=missing
        )

    @api.model
    def _join_conditions(self, parts, every):
        """Return conditions as one text: all of them, or any one."""
        return format_list(self.env, parts, "standard" if every else "or")

    def _say_missing(self, goal, officer, names=CONDITIONS):
        """Return what is missing, one text for each condition."""
        return [
            said
            for at, name in enumerate(CONDITIONS)
            if name in names
            and goal.missing[at] != 0
            and (said := self._say_lack(name, goal, goal.missing[at], officer))
        ]

    def _say_lack(self, name, goal, lack, officer):
        if name == "margin" and not officer:
            return self.env._("more margin")
        if np.isnan(lack):
            return self.env._(
                "%(figure)s is not known", figure=self._tier_labels()[name]
            )
        amount = self._say_amount(name, lack)
        if name == "margin" and not np.isnan(goal.as_revenue):
            return self.env._(
                "%(margin)s more margin (about %(revenue)s of revenue)",
                margin=amount,
                revenue=self._say_amount("revenue", goal.as_revenue),
            )
        return self._say_more(name, amount, lack <= 1)

    def _say_more(self, name, number, one):
        """Return how much more it takes; ``one``: of what is counted."""
        if one and name == "purchases":
            return self.env._("1 more purchase")
        if one and name == "tenure_months":
            return self.env._("1 more month as a customer")
        if one and name == "points":
            return self.env._("1 more point")
        words = {
            "value_score": self.env._("%(number)s more of the value score"),
            "margin": self.env._("%(number)s more margin"),
            "revenue": self.env._("%(number)s more revenue"),
            "points": self.env._("%(number)s more points"),
            "purchases": self.env._("%(number)s more purchases"),
            "tenure_months": self.env._("%(number)s more months as a customer"),
        }
        return words[name] % {"number": number}

    def _say_amount(self, name, amount):
        """Return a figure of a condition as text, a dash if it is not known."""
        if np.isnan(amount):
            return "–"
        if name in ("margin", "revenue"):
            return formatLang(self.env, amount, currency_obj=self.currency_id)
        if name == "value_score":
            return formatLang(self.env, amount, digits=1)
        return formatLang(self.env, np.ceil(amount - 1e-9), digits=0)

    @api.model
    def _tier_labels(self):
        return {
            "value_score": self.env._("Value score"),
            "margin": self.env._("Margin"),
            "revenue": self.env._("Revenue"),
            "points": self.env._("Points earned"),
            "purchases": self.env._("Purchases"),
            "tenure_months": self.env._("Months as a customer"),
        }

    def _tell_goals(self, goals, officer):
        """Return the goals side by side: one row for each condition that counts."""
        labels = self._tier_labels()
        asked = [
            (at, name)
            for at, name in enumerate(CONDITIONS)
            if any(not np.isnan(goal.limits[at]) for goal in goals.values())
        ]
        figures = next(iter(goals.values())).figures
        return {
            "goals": [
                {"kind": kind, "tier": goal.tier.name, "every": bool(goal.every)}
                for kind, goal in goals.items()
            ],
            "rows": [
                {
                    "code": name,
                    "label": labels[name],
                    "hidden": name == "margin" and not officer,
                    "figure": self._tell(name, figures[at], officer),
                    "goals": [
                        self._tell_goal(goal, at, name, officer)
                        for goal in goals.values()
                    ],
                }
                for at, name in asked
            ],
        }

    def _tell_goal(self, goal, at, name, officer):
        limit, lack = goal.limits[at], goal.missing[at]
        if np.isnan(limit):
            return {"asked": False, "limit": False, "missing": False, "met": True}
        return {
            "asked": True,
            "limit": self._tell(name, limit, officer),
            "missing": self._tell(name, lack, officer) if lack != 0 else False,
            "met": bool(lack == 0),
        }

    def _tell(self, name, amount, officer):
        hidden = name == "margin" and not officer
        return False if hidden else self._say_amount(name, amount)

    # --- what the customer is told ---

    def _tier_missing_to_keep(self):
        """Return what the customer is told to be missing to keep the tier."""
        return self._tier_told("keep")

    def _tier_missing_to_next(self):
        """Return what the customer is told to be missing to reach the next tier."""
        return self._tier_told("next")

    def _tier_told(self, kind):
        """Return what is missing as the customer may know it; a margin as revenue."""
        if not self:
            return False
        self.ensure_one()
        goal = self._tier_goals()[self].get(kind)
        if not goal:
            return False
        missing = goal.missing.copy()
        if goal.missing[MARGIN] > 0 and not np.isnan(goal.as_revenue):
            # Where one of the limits suffices, the nearer of the two is told.
            either = np.fmax if goal.every or not missing[REVENUE] else np.fmin
            missing[REVENUE] = either(missing[REVENUE], goal.as_revenue)
        parts = self._say_missing(goal._replace(missing=missing), False, TOLD)
        return self._join_conditions(parts, goal.every)
