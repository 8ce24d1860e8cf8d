from odoo import fields, models

from ...const import SATISFACTION_QUADRANTS
from ...fields import NullableFloat


class CrmValueFigures(models.AbstractModel):
    """How satisfied a customer is, as its contacts answered."""

    _inherit = "crm.value.figures"

    satisfaction_score = NullableFloat(
        string="Satisfaction",
        aggregator="avg",
        help="0–100: the satisfaction index, or else the mean answer to single "
        "questions. Newer answers and those of deciding roles count more; empty "
        "without an answer of the time that the policy sets.",
    )
    csi = NullableFloat(
        string="Satisfaction Index",
        aggregator="avg",
        help="0–100: mean of the answers to the questions that measure satisfaction.",
    )
    csat = NullableFloat(
        string="CSAT",
        aggregator="avg",
        help="Percent of the answers after single events that were satisfied: the two "
        "best of five.",
    )
    nps = NullableFloat(
        string="Recommendation",
        aggregator="avg",
        help="Mean of 0–10: how likely its contacts are to recommend us. The net "
        "promoter score is one of many customers; 0 is an answer.",
    )
    answer_count = fields.Integer(
        string="Surveys Answered",
        help="By the customer's contacts, in the time that the policy sets.",
    )
    answer_date = fields.Date(string="Answered Last")
    satisfaction_quadrant = fields.Selection(
        SATISFACTION_QUADRANTS,
        string="Satisfaction and Loyalty",
        help="High satisfaction and loyal behaviour: apostle; satisfied, but not "
        "loyal: mercenary; loyal, but not satisfied: hostage; neither: defector.",
    )
    score_satisfaction = NullableFloat(aggregator="avg", string="Satisfaction Score")
