from odoo import fields, models

from ...const import OFFICER
from ...fields import NullableFloat


class CrmValueFigures(models.AbstractModel):
    """Figures of the benefits granted to a customer in the value window."""

    _inherit = "crm.value.figures"
    _field_part = "loyalty"

    benefit_amount = fields.Monetary(
        string="Benefits Granted",
        groups=OFFICER,
        help="Member prices, rewards and points granted in the value window, as far"
        " as their cost is known.",
    )
    benefit_share = NullableFloat(
        string="Loyalty Benefits",
        aggregator="avg",
        groups=OFFICER,
        help="Benefits granted in the value window and not already shown as a "
        "discount, per unit of revenue. Empty if the company grants none.",
    )
    score_granted = NullableFloat(aggregator="avg", string="Loyalty Benefits Score")
