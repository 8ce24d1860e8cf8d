import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...analytics.scorecard import scorecard
from ...fields import NullableFloat
from ..satisfaction.const import FEWEST_STAFF
from .const import LIGHTS, ORIGINS


class CrmValueMeasureMonth(models.Model):
    """What a measure was in a month, its goal then and its score; closed, it stays."""

    _name = "crm.value.measure.month"
    _inherit = ["crm.value.strategy.part"]
    _description = "Month of a Measure"
    _order = "month DESC, measure_id, id"
    _rec_name = "month"
    _value_part = "strategy"
    _told = ("score", "goal", "red", "closed", "source")

    measure_id = fields.Many2one(
        "crm.value.measure", required=True, index=True, ondelete="cascade"
    )
    objective_id = fields.Many2one(
        related="measure_id.objective_id", store=True, ondelete="cascade"
    )
    strategy_id = fields.Many2one(
        related="measure_id.strategy_id", store=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="measure_id.company_id", store=True)
    currency_id = fields.Many2one(related="strategy_id.currency_id")
    owner_id = fields.Many2one(related="measure_id.owner_id", store=True)
    unit = fields.Selection(related="measure_id.unit")
    month = fields.Date(required=True, help="Its first day.")
    value = NullableFloat(
        string="Value of the Month",
        aggregator="avg",
        help="Empty: not known, which is not zero.",
    )
    n = fields.Integer(
        string="Counted", aggregator=None, help="How many the value is made of."
    )
    goal = NullableFloat(readonly=True, aggregator=None)
    red = NullableFloat(string="Red Flag", readonly=True, aggregator=None)
    score = NullableFloat(
        readonly=True,
        aggregator="avg",
        help="0–10: 6.7 at the goal, 3.3 at the red flag.",
    )
    light = fields.Selection(LIGHTS, string="Signal", compute="_compute_light")
    source = fields.Selection(
        ORIGINS, string="Where From", required=True, default="manual", readonly=True
    )
    closed = fields.Boolean(readonly=True, help="A closed month never changes.")

    _month_uniq = models.UniqueIndex(
        "(measure_id, month)", "This month of the measure is there already."
    )
    _first_day = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)", "A month is named by its first day."
    )
    _counts = models.Constraint("CHECK (n >= 0)", "Nothing is counted below zero.")

    @api.depends("score")
    def _compute_light(self):
        known = [np.nan if one.score is False else one.score for one in self]
        lights = scorecard.light(np.array(known, float)).tolist()
        for month, light in zip(self, lights, strict=True):
            month.light = light

    @api.depends("measure_id.name", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            day = one.month and fields.Date.to_string(one.month)[:7]
            one.display_name = f"{one.measure_id.name or ''} {day or ''}"

    @api.constrains("value", "n")
    def _check_few(self):
        """Refuse what few employees said: one could tell who."""
        for one in self:
            asked = one.measure_id.soft and one.objective_id.perspective == "learning"
            if asked and one.value is not False and 0 < one.n < FEWEST_STAFF:
                raise ValidationError(
                    self.env._(
                        "What fewer than five employees said is not kept: one could "
                        "tell who."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Score what is entered."""
        months = super().create(vals_list)
        months._score()
        return months

    def write(self, vals):
        """Refuse to change a closed month; score what is entered."""
        if self.filtered("closed"):
            raise UserError(self.env._("A closed month never changes."))
        result = super().write(vals)
        if vals.keys() & {"value", "month", "measure_id"}:
            self._score()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if self.filtered("closed"):
            raise UserError(self.env._("A closed month never changes."))

    @api.model
    def _latest(self, measures):
        """Return {measure: its last month that is known}."""
        groups = self._read_group(
            [("measure_id", "in", measures.ids), ("value", "!=", False)],
            ["measure_id"],
            ["month:max"],
        )
        last = {measure.id: day for measure, day in groups}
        months = self.search(
            [("measure_id", "in", list(last)), ("month", "in", [*set(last.values())])]
        )
        return {
            one.measure_id: one
            for one in months
            if one.month == last[one.measure_id.id]
        }

    def _score(self):
        """Keep the goal of the month, and what the value scores against it."""
        goals = self.env["crm.value.measure.goal"]._in_force(self)
        pairs = [goals.get(one) or (np.nan, np.nan) for one in self]
        goal, red = np.array(pairs, float).reshape(-1, 2).T
        known = [np.nan if one.value is False else one.value for one in self]
        scores = scorecard.score(np.array(known, float), goal, red)
        for one, score in zip(self, scores.tolist(), strict=True):
            aim, flag = goals.get(one) or (False, False)
            score = False if np.isnan(score) else score
            one._ours()._store({"goal": aim, "red": flag, "score": score})

    def _store(self, vals):
        """Write what the add-on itself says of a month, closed as it may be."""
        return super().write(vals)
