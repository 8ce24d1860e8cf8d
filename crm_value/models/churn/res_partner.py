from odoo import fields, models

from ...fields import NullableFloat
from ..scoring.crm_value_badge import shown
from .const import RISK_LEVELS, RISK_STATES


class ResPartner(models.Model):
    """Churn risk, shown on the contact."""

    _inherit = "res.partner"

    value_decline_risk = NullableFloat(
        string="Churn Risk",
        aggregator=None,
        help="Probability that the active customer does not buy again within the churn "
        "risk horizon of the policy.",
        **shown("decline_risk"),
    )
    value_risk_level = fields.Selection(
        RISK_LEVELS, string="Churn Risk Level", **shown("risk_level")
    )
    value_risk_state = fields.Selection(
        RISK_STATES, string="Churn Risk Status", **shown("risk_state")
    )
