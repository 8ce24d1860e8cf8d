from odoo import fields, models

from ...fields import NullableFloat
from .const import RISK_LEVELS, RISK_STATES


class CrmValueFigures(models.AbstractModel):
    """Churn risk of a customer, and the figures it is predicted from."""

    _inherit = "crm.value.figures"

    decline_risk = NullableFloat(
        string="Churn Risk",
        aggregator="avg",
        help="Probability that an active customer does not buy again within the churn "
        "risk horizon of the policy. Empty where such probabilities have not proved "
        "right on past data.",
    )
    risk_level = fields.Selection(
        RISK_LEVELS,
        string="Churn Risk Level",
        help="High: at or above the limit of the policy. Medium: at or above half of "
        "it. Low as well: the purchase cycle of the customer is not over. Medium at "
        "least: silent for five of its own purchase cycles or more, unless such "
        "pauses mostly ended in the past.",
    )
    risk_state = fields.Selection(
        RISK_STATES,
        string="Churn Risk Status",
        help="At risk: the churn risk is at or above the limit of the policy, and the "
        "purchase cycle of the customer is over.",
    )
    season_overdue = NullableFloat(
        string="Overdue Ratio (Seasonal)",
        aggregator="avg",
        help="Overdue ratio in which each day without a purchase is weighted by how "
        "much all customers bought around that day a year before.",
    )
    category_overdue = NullableFloat(
        string="Category Overdue Ratio",
        aggregator="avg",
        help="Days since the last purchase in the category, divided by the usual "
        "number of days between two.",
    )
    category_share = NullableFloat(
        string="Share of the Category",
        aggregator="avg",
        help="Share of all spending on products whose category is known.",
    )
    overdue_category_id = fields.Many2one(
        "product.category",
        string="Lapsed Category",
        ondelete="set null",
        help="Of the categories bought three times or more, the one with the highest "
        "overdue ratio times share of spending.",
    )
