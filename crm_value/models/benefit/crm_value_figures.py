from odoo import fields, models

from ...const import OFFICER
from ...fields import NullableFloat


class CrmValueFigures(models.AbstractModel):
    """What loyalty gave the customer in the value window."""

    _inherit = "crm.value.figures"

    benefit_amount = fields.Monetary(
        string="Benefits Granted",
        groups=OFFICER,
        help="Prices of tiers, rewards and points in the value window, as far as their "
        "money is known.",
    )
    benefit_share = NullableFloat(
        string="Loyalty Benefits",
        aggregator="avg",
        groups=OFFICER,
        help="Benefits of the value window that no document shows as a discount, for "
        "each unit of revenue. Empty where the company grants none.",
    )
    score_granted = NullableFloat(aggregator="avg", string="Loyalty Benefits Score")
