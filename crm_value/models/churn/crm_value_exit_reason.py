from odoo import fields, models


class CrmValueExitReason(models.Model):
    """Why a customer left, as its owner learnt it."""

    _name = "crm.value.exit.reason"
    _description = "Exit Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char(
        translate=True, help="How to tell this reason from the others."
    )
