from odoo import fields, models

from ..scoring.crm_value_badge import shown


class CrmValueBadge(models.AbstractModel):
    """Documents show the tier of their customer."""

    _inherit = "crm.value.badge"

    value_tier_id = fields.Many2one(
        "crm.value.tier", string="Customer Tier", **shown("tier_id")
    )
