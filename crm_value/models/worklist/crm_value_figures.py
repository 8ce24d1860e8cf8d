from odoo import fields, models

from ...const import OFFICER, WORKLISTS
from ...fields import NullableFloat, NullableMoney


class CrmValueFigures(models.AbstractModel):
    """What is open with the customer, and its place on the worklists."""

    _inherit = "crm.value.figures"

    lead_count = fields.Integer(string="Open Leads")
    quotation_count = fields.Integer(string="Open Quotations")
    open_amount = NullableMoney(
        string="Open Amount",
        aggregator="sum",
        help="Open quotations without tax, and what open leads are expected to bring "
        "as far as it is probable.",
    )
    open_since = fields.Date(string="Quotation Waits Since")
    open_until = fields.Date(
        help="The first day that an open quotation ends or a lead is to be closed.",
    )
    # Worklists
    worklist = fields.Selection(
        WORKLISTS, help="What the customer is to be worked for."
    )
    stake = NullableMoney(
        string="Money at Stake",
        aggregator="sum",
        groups=OFFICER,
        help="Margin that hangs on working the customer: margin times risk.",
    )
    stake_score = NullableFloat(
        string="Priority",
        aggregator="avg",
        help="0–100: share of all customers on the lists with less at stake.",
    )
    planned_date = fields.Date(
        string="Follow-up Planned",
        help="The first open activity on the customer, its leads and quotations.",
    )
    next_contact_date = fields.Date(
        string="Next Best Date",
        help="A working day: the follow-up that is planned; at once for who is to be "
        "retained; before a quotation ends; before the next purchase is expected.",
    )
