from odoo import fields, models

from ..scoring.crm_value_badge import shown


class CrmValueBadge(models.AbstractModel):
    """Shows the customer's tier on documents."""

    _inherit = "crm.value.badge"

    value_tier_id = fields.Many2one(
        "crm.value.tier", string="Customer Tier", **shown("tier_id")
    )
