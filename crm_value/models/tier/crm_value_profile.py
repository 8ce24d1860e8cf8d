from datetime import timedelta
from typing import NamedTuple

import numpy as np

from odoo import api, fields, models
from odoo.tools import format_date

from ...analytics.statistics import months
from ...analytics.tier import conditions
from ...analytics.tier import tier as tiers
from ...const import to_day

MARGIN = tiers.CONDITIONS.index("margin")
REVENUE = tiers.CONDITIONS.index("revenue")


class Goal(NamedTuple):
    """What a customer still needs to reach or to retain one tier.

    Limits and what is missing come in the order of the conditions, NaN: not asked for,
    not known. ``as_revenue`` is the revenue that brings the margin that is missing.
    """

    tier: models.BaseModel
    every: bool
    limits: np.ndarray
    figures: np.ndarray
    missing: np.ndarray
    as_revenue: float


class CrmValueProfile(models.Model):
    """Tier fields of a customer's profile, and its goals: retain, reach the next."""

    _inherit = "crm.value.profile"
    _field_part = "loyalty"

    tier_id = fields.Many2one(group_expand="_group_expand_tier_id")
    tier_override_id = fields.Many2one(
        "crm.value.override",
        string="Manual Tier",
        compute="_compute_tier_override_id",
        search="_search_tier_override_id",
    )
    tier_grace_until = fields.Date(
        string="Grace Period Until",
        compute="_compute_tier_grace_until",
        help="If not renewed, the tier is kept until this day.",
    )
    membership_ids = fields.One2many(
        "crm.value.membership", compute="_compute_membership_ids", string="Memberships"
    )

    def _compute_tier_override_id(self):
        found = self.env["crm.value.override"]._active_by_customer(
            self.company_id, self.partner_id, "tier"
        )
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.tier_override_id = found.get(key, False)

    def _search_tier_override_id(self, operator, value):
        return self._search_manual("tier", operator, value)

    @api.depends("tier_until", "tier_state")
    def _compute_tier_grace_until(self):
        for profile in self:
            lasts = profile.tier_until and profile.tier_state != "manual"
            days = timedelta(days=profile.policy_id.tier_grace_days)
            profile.tier_grace_until = lasts and profile.tier_until + days

    def _compute_membership_ids(self):
        groups = self.env["crm.value.membership"]._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ],
            ["company_id", "partner_id"],
            ["id:recordset"],
        )
        found = {(company.id, p.id): rows.sorted() for company, p, rows in groups}
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.membership_ids = found.get(key, False)

    @api.model
    def _group_expand_tier_id(self, found, domain):
        """Show every tier of the companies as a column, the best first."""
        # A handful of tiers, all of them wanted.
        return found.search([("company_id", "in", self.env.companies.ids)])

    # --- what is missing ---

    def _tier_goals(self):
        """Return what each customer needs, by profile: {"keep": Goal, "next": Goal}.

        A goal that does not exist is left out: the next tier of who is in the best
        one, keeping one that nobody can earn or that is set by hand.
        """
        goals = {profile: {} for profile in self}
        for policy, profiles in self.grouped("policy_id").items():
            if policy:
                profiles._add_goals(goals, policy._qualification_rules())
        return goals

    def _add_goals(self, goals, rules):
        figures = self._tier_matrix()
        positions = {tier: at for at, tier in enumerate(rules.ids)}
        standing = [positions.get(profile.tier_id.id, tiers.NONE) for profile in self]
        limits, keeping = rules.limits, rules.keeping
        possible = np.flatnonzero(rules.earnable).tolist()
        for row, (profile, at) in enumerate(zip(self, standing, strict=True)):
            if at in possible and profile.tier_state != "manual":
                goals[profile]["keep"] = self._goal(
                    rules, at, keeping[at], figures[row : row + 1]
                )
            if higher := [other for other in possible if other > at]:
                goals[profile]["next"] = self._goal(
                    rules, higher[0], limits[higher[0]], figures[row : row + 1]
                )

    def _tier_matrix(self):
        """Return the figures that tiers may ask for, shape (n, conditions)."""
        # What is missing in margin is worked out for everybody, and told to officers.
        mine = self.sudo()

        def column(name):
            return np.array(
                [np.nan if row[name] is False else row[name] for row in mine], float
            )

        since = np.array(
            [
                to_day(row.first_purchase_date) if row.first_purchase_date else np.nan
                for row in mine
            ],
            float,
        )
        days = [to_day(row.as_of) if row.as_of else 0 for row in mine]
        tenure = [
            months.between(since[at : at + 1], day)[0] for at, day in enumerate(days)
        ]
        return conditions.matrix(
            {
                "value_score": column("value_score"),
                "margin": column("tier_margin"),
                "revenue": column("tier_revenue"),
                "points": column("tier_points"),
                "purchases": column("tier_purchases"),
                "tenure_months": np.array(tenure, float),
            },
            len(mine),
        )

    @api.model
    def _goal(self, rules, position, limits, figures):
        missing = conditions.missing(figures, limits)
        return Goal(
            self.env["crm.value.tier"].browse(rules.ids[position]),
            rules.every[position],
            limits,
            figures[0],
            missing[0],
            float(conditions.as_revenue(missing[:, MARGIN], figures)[0]),
        )

    # --- actions ---

    def action_override_tier(self, tier_id=None):
        """Ask why, and until when, this customer shall be in another tier."""
        self.ensure_one()
        tiers = self.env["crm.value.tier"].search(
            [("company_id", "=", self.company_id.id)]
        )
        chosen = tiers.filtered(lambda tier: tier.id == tier_id)
        tier = chosen or self.tier_id
        title = (
            self.env._("Move to %(tier)s Manually", tier=tier.name)
            if chosen
            else self.env._("Set Tier Manually")
        )
        return self._override_action(
            title,
            default_kind="tier",
            default_tier_id=tier.id,
            default_date_to=self.env["crm.value.override"]._default_end(),
        )

    # --- at a glance ---

    def _signs(self):
        signs = super()._signs()
        if not self._shows("loyalty"):
            return signs
        for profile in self.filtered("tier_id"):
            signs[profile].append(profile._tier_sign())
        return signs

    def _tier_sign(self):
        label, name = self.env._("Tier"), self.tier_id.name
        if self.tier_state != "grace":
            return self._sign(70, "tier", label, name)
        said = self.env._(
            "The tier %(tier)s is lost on %(date)s if it is not renewed.",
            tier=name,
            date=format_date(self.env, self.tier_grace_until),
        )
        return self._sign(70, "tier", label, name, said, "warning")

    # --- its life ---

    @api.model
    def _told_figures(self):
        return [*super()._told_figures(), "tier_id"]

    def _life_lanes(self, days):
        lanes = super()._life_lanes(days)
        if not self._shows("loyalty"):
            return lanes
        tiers = [
            {
                "date": fields.Date.to_string(one.date_from),
                "until": fields.Date.to_string(one.date_to) if one.date_to else False,
                "text": one.tier_id.name or self.env._("No tier"),
                "color": one.tier_id.color,
            }
            for one in self.membership_ids.sorted("date_from")
        ]
        lane = {"code": "tiers", "label": self.env._("Tier"), "events": tiers}
        return [*lanes[:1], lane, *lanes[1:]]
