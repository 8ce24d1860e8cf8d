from odoo import fields, models


class CrmValueDecisionReason(models.Model):
    """Why a customer is not worked although the figures propose it."""

    _name = "crm.value.decision.reason"
    _description = "Reason to Leave a Customer Off the Worklist"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
