from odoo import fields, models


class CrmValueNeed(models.Model):
    """Need that complaints show and that no product of ours meets yet."""

    _name = "crm.value.need"
    _inherit = ["crm.value.shared"]
    _description = "Unmet Need"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer()
    active = fields.Boolean(default=True)
