from odoo import fields, models

from ...const import OFFICER
from ...fields import NullableFloat
from .const import GRADES


class CrmValueFigures(models.AbstractModel):
    """How a customer pays lately, and the grade that follows from it."""

    _inherit = "crm.value.figures"
    _field_part = "selling"

    credit_grade = fields.Selection(
        GRADES,
        help="How surely the customer pays in time, from explained points. Empty where "
        "no invoice has come due yet, or where the latest invoice alone told better.",
    )
    credit_points = NullableFloat(
        aggregator="avg",
        groups=OFFICER,
        help="0–100: days paid late and their trend, what is overdue, disputes, "
        "turnover and age. What is not known counts neither way.",
    )
    days_late_recent = NullableFloat(
        string="Days Paid Late, Last Year",
        aggregator="avg",
        help="Average days after the due date, weighted by amount, of what came due in "
        "the last 365 days; else of everything before.",
    )
    last_days_late = NullableFloat(
        string="Latest Invoice, Days Late",
        aggregator="avg",
        help="How late the latest invoice that came due was paid, or is by now.",
    )
    overdue_count = fields.Integer(string="Overdue Amounts")
    overdue_since = fields.Date(help="The day on which the oldest of them was due.")
