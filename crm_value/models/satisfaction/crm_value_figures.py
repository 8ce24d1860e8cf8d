from odoo import fields, models

from ...fields import NullableFloat
from .const import SATISFACTION_QUADRANTS


class CrmValueFigures(models.AbstractModel):
    """A customer's satisfaction figures from its contacts' survey responses."""

    _inherit = "crm.value.figures"
    _field_part = "satisfaction"

    satisfaction_score = NullableFloat(
        string="Satisfaction",
        aggregator="avg",
        help="0–100: the satisfaction index, or otherwise the mean answer to single"
        " questions. Recent responses and those of decision makers count more."
        " Empty without a response within the period set in the policy.",
    )
    csi = NullableFloat(
        string="Satisfaction Index",
        aggregator="avg",
        help="0–100: mean score of the questions that measure satisfaction.",
    )
    csat = NullableFloat(
        string="CSAT",
        aggregator="avg",
        help="Percentage of satisfied responses after single events: the top two of"
        " five.",
    )
    nps = NullableFloat(
        string="Recommendation",
        aggregator="avg",
        help="Mean of 0–10: how likely the customer's contacts are to recommend us."
        " A net promoter score requires many customers. 0 is a valid response.",
    )
    answer_count = fields.Integer(
        string="Surveys Answered",
        help="By the customer's contacts, within the period set in the policy.",
    )
    answer_date = fields.Date(string="Last Response")
    satisfaction_quadrant = fields.Selection(
        SATISFACTION_QUADRANTS,
        string="Satisfaction and Loyalty",
        help="Satisfied and behaviourally loyal: apostle; satisfied but not loyal: "
        "mercenary; loyal but not satisfied: hostage; neither: defector.",
    )
    score_satisfaction = NullableFloat(aggregator="avg", string="Satisfaction Score")
