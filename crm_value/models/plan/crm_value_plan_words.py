from odoo import api, fields, models

from ... import words
from ..campaign.const import DONE, STOPPED
from .const import DRAFT, DRAFTED


class CrmValuePlan(models.Model):
    """Says in words what a plan reaches, what is missing, and what came of it."""

    _inherit = "crm.value.plan"

    conclusion = fields.Text(compute="_compute_conclusion")
    outcome = fields.Text(string="What Came of It", compute="_compute_outcome")

    @api.depends("state", "expected", "target", "cost", "free_expected", "free_cost")
    @api.depends_context("lang")
    def _compute_conclusion(self):
        for plan in self:
            plan.conclusion = plan.state != DRAFT and plan._say_conclusion()

    def _say_conclusion(self):
        if not self.line_ids.filtered("is_taken"):
            return self.env._(
                "No play fits: each one costs more than it brings, more than the "
                "budget, or reaches nobody. The list says which."
            )
        told = [self._say_reach(), self._say_missing(), self._say_known()]
        return " ".join(filter(None, told))

    def _say_reach(self):
        return self.env._(
            "This brings %(expected)s (%(low)s to %(high)s) of %(target)s and costs "
            "%(cost)s of %(budget)s.",
            **self._amounts(
                expected=self.expected,
                low=self.expected_low,
                high=self.expected_high,
                target=self.target,
                cost=self.cost,
                budget=self.budget,
            ),
        )

    def _say_missing(self):
        missing = self.target - self.expected
        if missing <= 0:
            if self.expected_low >= self.target:
                return self.env._("The goal is reached at the lower end as well.")
            return self.env._("The goal is reached if it goes as expected.")
        if self.free_expected <= self.expected:
            return self.env._(
                "%(missing)s is missing, and a larger budget would not bring it: other "
                "segments or better plays would.",
                **self._amounts(missing=missing),
            )
        return self.env._(
            "%(missing)s is missing. Without a limit of budget it would bring %(free)s "
            "and cost %(cost)s.",
            **self._amounts(
                missing=missing, free=self.free_expected, cost=self.free_cost
            ),
        )

    def _say_known(self):
        """Say how much of it was measured."""
        measured = max(self.line_ids.filtered("is_taken").mapped("measured"))
        if not measured:
            return self.env._(
                "No campaign with this goal has ended: all of it is assumed. The first "
                "ones replace the assumptions."
            )
        return self.env._(
            "Your own ended campaigns count for %(share)s of what is expected, the "
            "assumptions of the plays for the rest.",
            share=words.percent(self.env, measured),
        )

    def _amounts(self, **amounts):
        return {
            name: words.whole_money(self.env, amount, self.currency_id)
            for name, amount in amounts.items()
        }

    @api.depends("state", "line_ids.campaign_ids.gain")
    @api.depends_context("lang")
    def _compute_outcome(self):
        for plan in self:
            plan.outcome = plan.state == DRAFTED and plan._say_outcome()

    def _say_outcome(self):
        """Say what ended campaigns brought, and what was expected of the same ones."""
        campaigns = self.line_ids.campaign_ids.filtered(lambda c: c.state != STOPPED)
        ended = campaigns.filtered(lambda c: c.state == DONE and c.gain is not False)
        counts = {
            "ended": words.number(self.env, len(ended)),
            "all": words.number(self.env, len(campaigns)),
        }
        if not ended:
            return self.env._(
                "Campaigns ended so far: %(ended)s of %(all)s. What they brought is "
                "told here then.",
                **counts,
            )
        lines, gain = ended.plan_line_id, sum(ended.mapped("gain"))
        reach = sum(((c.gain_high - c.gain_low) / 2) ** 2 for c in ended) ** 0.5
        return self.env._(
            "Campaigns ended so far: %(ended)s of %(all)s. They brought %(gain)s "
            "(%(low)s to %(high)s) and cost %(cost)s; expected of them was "
            "%(expected)s (%(least)s to %(most)s).",
            **counts,
            **self._amounts(
                gain=gain,
                low=gain - reach,
                high=gain + reach,
                cost=sum(ended.mapped("cost")),
                expected=sum(lines.mapped("expected")),
                least=sum(lines.mapped("expected_low")),
                most=sum(lines.mapped("expected_high")),
            ),
        )
