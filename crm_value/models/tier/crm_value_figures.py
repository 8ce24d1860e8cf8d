from odoo import fields, models

from ...fields import NullableFloat, NullableMoney
from .const import TIER_STATES


class CrmValueFigures(models.AbstractModel):
    """Which loyalty tier a customer is in, and until when."""

    _inherit = "crm.value.figures"
    _field_part = "loyalty"

    tier_id = fields.Many2one(
        "crm.value.tier",
        ondelete="restrict",
        help="The manual tier if one is in force, otherwise the tier the customer "
        "qualifies for.",
    )
    tier_computed_id = fields.Many2one(
        "crm.value.tier", string="Qualified Tier", ondelete="restrict"
    )
    tier_since = fields.Date(string="In Tier Since")
    tier_until = fields.Date(
        string="Tier Valid Until",
        help="Last day of the tier unless it is renewed. A grace period may follow.",
    )
    tier_state = fields.Selection(
        TIER_STATES,
        string="Tier Status",
        help="Secured: the customer already qualifies to retain the tier. Not "
        "secured: it does not yet, and the tier is still valid. In grace "
        "period: the tier has run out but is kept a little longer.",
    )
    tier_revenue = NullableMoney(
        string="Qualifying Revenue",
        aggregator="sum",
        help="Within the qualifying period for tiers.",
    )
    tier_margin = NullableMoney(
        string="Qualifying Margin",
        aggregator="sum",
        groups="crm_value.group_officer",
        help="Within the qualifying period for tiers.",
    )
    tier_points = NullableFloat(
        string="Qualifying Points",
        aggregator="sum",
        help="Points earned within the qualifying period for tiers.",
    )
    tier_purchases = NullableFloat(
        string="Qualifying Purchases",
        aggregator="sum",
        help="Within the qualifying period for tiers.",
    )
