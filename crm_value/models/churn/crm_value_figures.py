from odoo import fields, models

from ...const import RISK_STATES
from ...fields import NullableFloat


class CrmValueFigures(models.AbstractModel):
    """How likely the customer is to decline, and by which signs."""

    _inherit = "crm.value.figures"

    decline_risk = NullableFloat(
        string="Churn Risk",
        aggregator="avg",
        help="Probability that an active customer does not buy again in time.",
    )
    risk_state = fields.Selection(
        RISK_STATES,
        string="Risk",
        help="At risk: the risk of decline is at the limit of the policy or above.",
    )
    season_overdue = NullableFloat(
        string="Silent for (rhythms, by Season)",
        aggregator="avg",
        help="Days since the last purchase, each counted by how busy everybody was on "
        "it a year before, in units of the customer's own rhythm.",
    )
    category_overdue = NullableFloat(
        string="Category Silent for (rhythms)",
        aggregator="avg",
        help="Days since the last purchase of the category, in units of the usual time "
        "between two.",
    )
    category_share = NullableFloat(
        string="Share of the Category",
        aggregator="avg",
        help="Of all money spent on products whose category is known.",
    )
    overdue_category_id = fields.Many2one(
        "product.category",
        string="Category Not Bought",
        ondelete="set null",
        help="Of the categories bought three times or more, the one whose silence, "
        "times its share of the money, is longest.",
    )
