from odoo import api, fields, models
from odoo.exceptions import UserError

from ...fields import NullableFloat
from .const import DIRECTIONS, LIGHTS, UNITS
from .sources import BY_KEY, SOURCES

FIXED = {"source", "unit", "direction"}  # once months are closed


class CrmValueMeasure(models.Model):
    """How one sees whether an objective is reached: a figure a month.

    It is computed from a registered source, or entered. An initiative is an activity on
    it, with an owner and a date.
    """

    _name = "crm.value.measure"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.value.strategy.part"]
    _description = "Measure of an Objective"
    _order = "objective_id, sequence, id"
    _told = ("off_target", "previous_id")

    objective_id = fields.Many2one(
        "crm.value.objective", required=True, index=True, ondelete="cascade"
    )
    strategy_id = fields.Many2one(
        related="objective_id.strategy_id", store=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="objective_id.company_id", store=True)
    currency_id = fields.Many2one(related="strategy_id.currency_id")
    state = fields.Selection(related="strategy_id.state")
    owner_id = fields.Many2one(related="objective_id.owner_id")
    name = fields.Char(string="Measure", required=True, translate=True)
    sequence = fields.Integer(default=10)
    source = fields.Selection(
        [(source.key, source.label) for source in SOURCES],
        string="Computed From",
        help="Empty: entered manually, month by month.",
    )
    missing_note = fields.Char(
        string="Why It Is Entered", compute="_compute_missing_note"
    )
    unit = fields.Selection(
        UNITS,
        required=True,
        compute="_compute_unit",
        store=True,
        precompute=True,
        readonly=False,
    )
    direction = fields.Selection(
        DIRECTIONS,
        required=True,
        compute="_compute_unit",
        store=True,
        precompute=True,
        readonly=False,
    )
    leading = fields.Boolean(help="It moves before the result does.")
    soft = fields.Boolean(help="An opinion, not a count: asked, not measured.")
    weight = fields.Float(
        default=1.0, aggregator=None, help="In the score of its objective."
    )
    initiative = fields.Text(
        string="Initiative to Propose",
        translate=True,
        help="What is proposed when the measure is off target two months in a row.",
    )
    goal_ids = fields.One2many(
        "crm.value.measure.goal", "measure_id", string="Goals", copy=True
    )
    month_ids = fields.One2many(
        "crm.value.measure.month", "measure_id", string="Months", copy=False
    )
    previous_id = fields.Many2one(
        "crm.value.measure",
        string="In the Previous Version",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    light = fields.Selection(LIGHTS, string="Signal", compute="_compute_latest")
    score = NullableFloat(
        string="Latest Score", compute="_compute_latest", aggregator=None
    )
    off_target = fields.Boolean(
        readonly=True,
        copy=False,
        help="Below its goal in the last two months that are known.",
    )

    _weighs = models.Constraint("CHECK (weight >= 0)", "A weight is not negative.")

    @api.depends("source")
    def _compute_unit(self):
        """Take what the source is in; who enters it says so."""
        for measure in self:
            source = BY_KEY.get(measure.source)
            measure.unit = source.unit if source else measure.unit or "number"
            measure.direction = (
                source.direction if source else measure.direction or "up"
            )

    @api.depends("source")
    def _compute_missing_note(self):
        sources = self.env["crm.value.measure.source"]
        for measure in self:
            measure.missing_note = sources._say_missing(measure.source)

    @api.depends("month_ids.score")
    def _compute_latest(self):
        months = self.env["crm.value.measure.month"]
        latest = months._latest(self)
        for measure in self:
            month = latest.get(measure, months)
            measure.score = month.score if month else False
            measure.light = month.light if month else "none"

    def write(self, vals):
        """Refuse to make another figure of one whose months are closed."""
        said = FIXED & vals.keys()
        other = self.filtered(lambda one: any(one[key] != vals[key] for key in said))
        if other._has_closed():
            raise UserError(
                self.env._(
                    "Months of this measure are closed: what it is stays. Add another "
                    "measure, or make a new version of the strategy."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if self._has_closed():
            raise UserError(
                self.env._("Months of this measure are closed: its history stays.")
            )

    def _has_closed(self):
        months = self.env["crm.value.measure.month"].sudo()  # whoever reads them
        closed = [("measure_id", "in", self.ids), ("closed", "=", True)]
        return bool(months.search_count(closed, limit=1))
