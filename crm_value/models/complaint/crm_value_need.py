from odoo import fields, models


class CrmValueNeed(models.Model):
    """What customers need; complaints are marked with what nothing of ours meets."""

    _name = "crm.value.need"
    _inherit = ["crm.value.shared"]
    _description = "Need"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer()
    active = fields.Boolean(default=True)
