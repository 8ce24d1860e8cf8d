from odoo import api, fields, models

from ... import words
from ...analytics.lead import likeness
from ...const import OFFICER
from .const import SELLING


class CrmLead(models.Model):
    """Why a lead is worth what it is said to be: step by step, in words."""

    _inherit = "crm.lead"

    value_why = fields.Html(
        string="Why?",
        compute="_compute_value_why",
        sanitize=False,
        groups=SELLING,
    )

    @api.depends("value_expected")
    @api.depends_context("uid", "lang")
    def _compute_value_why(self):
        chains = self._value_chains()
        for lead in self:
            lead.value_why = self.env["ir.qweb"]._render(
                "crm_value.crm_lead_why", lead._value_told(chains.get(lead))
            )

    def _value_told(self, groups):
        """Return what the explanation shows, as text."""
        if not groups:
            return {"problem": self._value_say_unknown(groups is None)}
        told = [self._value_measure(groups, "revenue", self.env._("Revenue"))]
        if self.env.user.has_group(OFFICER):
            told.append(self._value_measure(groups, "margin", self.env._("Margin")))
        return {"problem": False, "measures": told, "left": self._value_say_left()}

    def _value_say_unknown(self, is_none):
        """Return why nothing is expected of it.

        :param is_none: whether the lead is no newcomer's that is open
        """
        if self.won_status != "pending":
            return self.env._("The lead is closed.")
        if is_none:
            return self.env._(
                "The customer buys already: what it is worth stands on its own page."
            )
        return self.env._(
            "Too little is known: fewer than %(fewest)s customers have their first "
            "year behind them, or no run has looked at them yet.",
            fewest=likeness.FEWEST,
        )

    def _value_measure(self, groups, name, title):
        """Return the table of a measure, and how its result comes about."""
        money = self._value_write_money
        last = groups[-1]
        levels = [
            {
                "name": group.with_env(self.env).sudo().display_name,  # names alone
                "count": words.number(self.env, group.count),
                "mean": money(group[f"{name}_mean"]),
                "weight": words.percent(self.env, group[f"{name}_weight"]),
                "expected": money(group[name]),
            }
            for group in groups
        ]
        return {
            "title": title,
            "levels": levels,
            "span": self.env._(
                "The mean of such customers lies between %(low)s and %(high)s, as sure "
                "as eight in ten.",
                low=money(last[f"{name}_low"]),
                high=money(last[f"{name}_high"]),
            ),
            "result": self.env._(
                "%(money)s × probability %(percent)s = %(result)s",
                money=money(last[name]),
                percent=words.percent(self.env, self.probability / 100, 1),
                result=money(last[name] * self.probability / 100),
            ),
        }

    def _value_write_money(self, amount):
        return words.whole_money(self.env, amount, self.value_currency_id)

    def _value_say_left(self):
        """Return which traits of the lead are unknown, False if none."""
        labels = {
            "value_industry_id": self.env._("industry"),
            "kind": self.env._("company or person"),
            "country_id": self.env._("country"),
            "source_id": self.env._("source"),
        }
        unknown = [
            label
            for (name, label), trait in zip(
                labels.items(), self._value_traits(), strict=True
            )
            if trait == likeness.ANY
        ]
        return unknown and self.env._(
            "Not known of this lead: %(traits)s. Entered, they make it more exact.",
            traits=", ".join(unknown),
        )

    def action_value_why(self):
        """Show how the expected value comes about."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why This Value?"),
            "res_model": "crm.lead",
            "res_id": self.id,
            "views": [[self.env.ref("crm_value.crm_lead_view_form_why").id, "form"]],
            "target": "new",
            "context": {"dialog_size": "large"},
        }
