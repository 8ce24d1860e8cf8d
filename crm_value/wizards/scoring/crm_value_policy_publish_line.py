from odoo import fields, models

from ...models.scoring.const import QUADRANTS


class CrmValuePolicyPublishLine(models.TransientModel):
    _name = "crm.value.policy.publish.line"
    _inherit = ["crm.value.guarded"]
    _description = "Customers Affected"

    wizard_id = fields.Many2one(
        "crm.value.policy.publish", required=True, ondelete="cascade"
    )
    quadrant_from = fields.Selection(QUADRANTS, string="Now")
    quadrant_to = fields.Selection(QUADRANTS, string="Then")
    count = fields.Integer(string="Customers")
