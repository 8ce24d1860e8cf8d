from odoo import fields, models

from ...const import TIER_STATES
from ...fields import NullableFloat, NullableMoney


class CrmValueFigures(models.AbstractModel):
    """Which loyalty tier a customer is in, and until when."""

    _inherit = "crm.value.figures"

    tier_id = fields.Many2one(
        "crm.value.tier",
        ondelete="restrict",
        help="A manual tier if one is in force, else the earned one.",
    )
    tier_computed_id = fields.Many2one(
        "crm.value.tier", string="Earned Tier", ondelete="restrict"
    )
    tier_since = fields.Date(string="In Tier Since")
    tier_until = fields.Date(
        string="In Tier until",
        help="The last day of the membership, unless it is renewed. A grace period "
        "may follow.",
    )
    tier_state = fields.Selection(
        TIER_STATES,
        string="Tier Is",
        help="Secured: the limits to keep it are met today. Not secured: they are not, "
        "and the period runs. In grace: the period is over.",
    )
    tier_revenue = NullableMoney(
        string="Qualifying Revenue",
        aggregator="sum",
        help="In the qualifying window of the tiers.",
    )
    tier_margin = NullableMoney(
        string="Qualifying Margin",
        aggregator="sum",
        groups="crm_value.group_officer",
        help="In the qualifying window of the tiers.",
    )
    tier_points = NullableFloat(
        string="Qualifying Points",
        aggregator="sum",
        help="Earned in the qualifying window of the tiers.",
    )
    tier_purchases = NullableFloat(
        string="Qualifying Purchases",
        aggregator="sum",
        help="In the qualifying window of the tiers.",
    )
