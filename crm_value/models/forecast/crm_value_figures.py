from odoo import fields, models

from ...const import CONFIDENCES, OFFICER, RELATIONS
from ...fields import NullableFloat, NullableMoney


class CrmValueFigures(models.AbstractModel):
    """What is to be expected of the customer."""

    _inherit = "crm.value.figures"

    p_alive = NullableFloat(
        string="Still a Customer",
        aggregator="avg",
        help="Probability that the customer has not left. Empty where the data do not "
        "show that customers leave, or are too few to tell.",
    )
    expected_purchases = NullableFloat(
        string="Purchases Expected",
        aggregator="sum",
        help="Over the horizon of the policy.",
    )
    expected_spend = NullableMoney(
        string="Money per Purchase Expected", aggregator="avg"
    )
    expected_revenue = NullableMoney(
        string="Revenue Expected",
        aggregator="sum",
        help="Over the horizon of the policy, not discounted.",
    )
    clv = NullableMoney(
        string="Lifetime Value",
        aggregator="sum",
        groups=OFFICER,
        help="Customer lifetime value: the margin expected over the horizon of the "
        "policy, at its present value.",
    )
    clv_low = NullableMoney(
        string="Lifetime Value at Least",
        aggregator=None,
        groups=OFFICER,
        help="Eight of ten customers end up between this and the upper figure.",
    )
    clv_high = NullableMoney(
        string="Lifetime Value at Most", aggregator=None, groups=OFFICER
    )
    clv_confidence = fields.Selection(CONFIDENCES, string="Confidence")
    relation = fields.Selection(
        RELATIONS,
        help="Lost: less likely to be still a customer than the policy's limit, or "
        "silent for more than a year where that probability is not known.",
    )
