from odoo import fields, models

from .const import ASSET_STATES


class CrmValueFigures(models.AbstractModel):
    """Asset status of a customer."""

    _inherit = "crm.value.figures"

    asset_state = fields.Selection(
        ASSET_STATES,
        string="Record Status",
        help="Whether the customer counts as an asset: it has bought, can be reached, "
        "has consented to contact, and its record is complete.",
    )
