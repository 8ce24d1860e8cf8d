from odoo import fields, models

from ...const import USER


class HelpdeskTicket(models.Model):
    """A ticket knows the call that it came from."""

    _inherit = "helpdesk.ticket"

    value_call_id = fields.Many2one(
        "crm.value.call",
        string="Call",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=USER,
    )
