from odoo import fields, models

from ...const import USER


class CrmLead(models.Model):
    """A lead knows the call that it came from."""

    _inherit = "crm.lead"

    value_call_id = fields.Many2one(
        "crm.value.call",
        string="Call",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=USER,
    )
