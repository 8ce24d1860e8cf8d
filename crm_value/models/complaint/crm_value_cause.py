from odoo import fields, models

from .const import FAULTS


class CrmValueCause(models.Model):
    """Cause of complaints; whose fault it is decides whether one is upheld."""

    _name = "crm.value.cause"
    _inherit = ["crm.value.shared"]
    _description = "Cause of Complaints"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    fault = fields.Selection(
        FAULTS,
        string="Whose Fault",
        required=True,
        default="ours",
        help="What is our own or a supplier's fault costs the customer nothing: such "
        "complaints are upheld, and not in the cost to serve.",
    )
    description = fields.Char(
        translate=True, help="How to tell this cause from the others."
    )
