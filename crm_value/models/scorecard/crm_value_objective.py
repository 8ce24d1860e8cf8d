from odoo import api, fields, models

from ...const import OFFICER
from .const import PERSPECTIVES, PROCESSES


class CrmValueObjective(models.Model):
    """What a strategy wants in one of four perspectives, with an owner."""

    _name = "crm.value.objective"
    _inherit = ["crm.value.strategy.part"]
    _description = "Objective of a Strategy"
    _order = "strategy_id, sequence, id"

    strategy_id = fields.Many2one(
        "crm.value.strategy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="strategy_id.company_id", store=True)
    state = fields.Selection(related="strategy_id.state")
    name = fields.Char(string="Objective", required=True, translate=True)
    sequence = fields.Integer(default=10)
    perspective = fields.Selection(PERSPECTIVES, required=True, default="customer")
    theme = fields.Char(
        translate=True, help="Objectives that belong together across perspectives."
    )
    process = fields.Selection(
        PROCESSES,
        string="Customer Process",
        help="Which process with customers it is about, if one.",
    )
    owner_id = fields.Many2one(
        "res.users",
        copy=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref(OFFICER).ids)],
        help="Answers for it, is asked for what is entered manually and gets the "
        "initiatives.",
    )
    weight = fields.Float(
        default=1.0, aggregator=None, help="In the score of its perspective."
    )
    measure_ids = fields.One2many(
        "crm.value.measure", "objective_id", string="Scorecard Measures", copy=True
    )
    cause_ids = fields.One2many(
        "crm.value.objective.link", "effect_id", string="Driven By", copy=False
    )
    effect_ids = fields.One2many(
        "crm.value.objective.link", "cause_id", string="Drives", copy=False
    )

    _weighs = models.Constraint("CHECK (weight >= 0)", "A weight is not negative.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.measure_ids._unlink_except_closed()
