from odoo import fields, models


class CrmValueSolutionNeed(models.TransientModel):
    """A need that a solution is looked for, and how much of it."""

    _name = "crm.value.solution.need"
    _inherit = ["crm.value.guarded"]
    _description = "Need to Meet"

    solution_id = fields.Many2one(
        "crm.value.solution", required=True, index=True, ondelete="cascade"
    )
    need_id = fields.Many2one("crm.value.need", required=True, ondelete="cascade")
    amount = fields.Float(string="How Much", default=1.0, required=True)
    measure = fields.Char(related="need_id.measure")

    _some = models.Constraint("CHECK (amount > 0)", "An amount is more than nothing.")
