from odoo import fields, models

from ..scoring.crm_value_badge import shown


class CrmValueBadge(models.AbstractModel):
    """Documents show the lifecycle stage of their customer."""

    _inherit = "crm.value.badge"

    value_stage_id = fields.Many2one(
        "crm.value.stage", string="Customer Stage", **shown("stage_id")
    )
