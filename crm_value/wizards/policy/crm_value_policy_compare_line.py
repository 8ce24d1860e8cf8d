from odoo import fields, models


class CrmValuePolicyCompareLine(models.TransientModel):
    _name = "crm.value.policy.compare.line"
    _inherit = ["crm.value.guarded"]
    _description = "Difference between Two Policy Versions"

    wizard_id = fields.Many2one("crm.value.policy.compare", ondelete="cascade")
    name = fields.Char(string="Rule")
    rule_before = fields.Char(string="Against")
    rule_after = fields.Char(string="Version")
