from odoo import fields, models

from ...const import OFFICER
from ...fields import NullableMoney
from .const import ASSET_STATES


class CrmValueFigures(models.AbstractModel):
    """Asset status of a customer, and its last month end's value by today's model."""

    _inherit = "crm.value.figures"

    asset_state = fields.Selection(
        ASSET_STATES,
        string="Record Status",
        help="Whether the customer counts as an asset: it has bought, can be reached, "
        "has consented to contact, and its record is complete.",
    )
    clv_restated = NullableMoney(
        string="Lifetime Value at the Last Month End, Re-estimated",
        aggregator="sum",
        groups=OFFICER,
        help="What was known of the customer at the month end before, valued by the "
        "model and the policy of this run.",
    )
