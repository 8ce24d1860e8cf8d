from odoo import fields, models
from odoo.tools import SQL

from ...const import (
    ASSET_STATES,
    CONFIDENCES,
    PARETO_CLASSES,
    QUADRANTS,
    RELATIONS,
    RISK_STATES,
    WORKLISTS,
)
from ...fields import NullableFloat, NullableMoney

OFFICER = "crm_value.group_officer"


class CrmValueFigures(models.AbstractModel):
    """The stored figures of one customer in one company, as facts and scores.

    The profile holds today's, a snapshot those of a past day. A column added here by
    another add-on is gathered, stored and kept in the history like the others.
    """

    _name = "crm.value.figures"
    _description = "Customer Value Figures"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    # Purchases
    first_purchase_date = fields.Date(string="First Purchase")
    last_purchase_date = fields.Date(string="Last Purchase")
    next_purchase_date = fields.Date(
        string="Next Purchase Expected",
        help="Last purchase plus the customer's own rhythm.",
    )
    purchase_count = fields.Integer(
        string="Purchases", help="Days on which the customer bought, since ever."
    )
    repeat_count = fields.Integer(
        string="Repeat Purchases",
        help="Purchases in the value window, not counting the very first one.",
    )
    recency_days = NullableFloat(aggregator="avg", string="Days Since Last Purchase")
    median_gap_days = NullableFloat(
        aggregator="avg",
        string="Rhythm (days)",
        help="Median number of days between two purchases.",
    )
    season_count = NullableFloat(
        string="Same Season a Year Ago",
        aggregator="sum",
        help="Purchases a year ago in what is now the time to predict.",
    )
    product_count = fields.Integer(string="Different Products")
    # Money
    revenue = fields.Monetary(help="Net revenue in the value window, without tax.")
    revenue_previous = fields.Monetary(
        string="Revenue Before",
        help="Net revenue in the window before the value window.",
    )
    revenue_total = fields.Monetary(string="Revenue Since Ever")
    refund_total = fields.Monetary(string="Returned Since Ever")
    margin = fields.Monetary(groups=OFFICER, help="Gross margin in the value window.")
    margin_total = fields.Monetary(string="Margin Since Ever", groups=OFFICER)
    cost_known_share = NullableFloat(
        aggregator="avg",
        string="Cost Known For",
        groups=OFFICER,
        help="Share of all revenue whose cost is known. The default margin of the "
        "policy stands in for the rest.",
    )
    rfm_frequency = fields.Integer(string="Purchases in RFM Window")
    rfm_money = fields.Monetary(string="Money in RFM Window", groups=OFFICER)
    repeat_spend = NullableMoney(
        string="Average Repeat Purchase",
        aggregator="avg",
        help="Mean money of a purchase, the first one left out.",
    )
    # Behaviour
    growth = NullableFloat(
        aggregator="avg", help="Revenue against the window before, minus one."
    )
    return_rate = NullableFloat(
        aggregator="avg", help="Money returned for each unit of money bought."
    )
    discount_rate = NullableFloat(
        aggregator="avg",
        string="Discount Granted",
        help="Share of the list price that was waived.",
    )
    order_count = fields.Integer(string="Orders")
    cancelled_order_count = fields.Integer(string="Cancelled Orders")
    kept_rate = NullableFloat(
        aggregator="avg",
        string="Agreements Kept",
        help="Share of what was agreed that stood: not returned, not cancelled.",
    )
    days_late = NullableFloat(
        aggregator="avg",
        string="Days Paid Late",
        help="Average days after the due date, weighted by money.",
    )
    overdue_share = NullableFloat(
        aggregator="avg",
        string="Overdue",
        help="Share of the open receivable that is past its due date.",
    )
    # Service
    ticket_count = fields.Integer(string="Tickets in Window")
    service_cost = NullableMoney(string="Cost to Serve", groups=OFFICER)
    resolution_days = NullableFloat(
        aggregator="avg",
        string="Days to Close a Ticket",
        help="Average, in the value window.",
    )
    slow_ticket_count = NullableFloat(
        string="Slow Tickets in Window",
        aggregator="sum",
        help="Tickets that took more than a week, or have been open for longer.",
    )
    # Future
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
    asset_state = fields.Selection(
        ASSET_STATES,
        string="Record",
        help="Whether the customer counts as an asset: bought, can be reached, may be "
        "addressed, and the record is complete.",
    )
    # Lifecycle
    stage_id = fields.Many2one(
        "crm.value.stage",
        ondelete="restrict",
        help="A manual stage if one is in force, else the computed one.",
    )
    stage_computed_id = fields.Many2one(
        "crm.value.stage", string="Computed Stage", ondelete="restrict"
    )
    stage_since = fields.Date(string="In Stage Since")
    overdue = NullableFloat(
        string="Silent for (rhythms)",
        aggregator="avg",
        help="Days since the last purchase, in units of the customer's own rhythm.",
    )
    window_trend = NullableFloat(
        string="Window Against a Year Before",
        aggregator="avg",
        help="Revenue of the lifecycle window against the same window a year before, "
        "or the window before it, minus one.",
    )
    decline_risk = NullableFloat(
        string="Risk of Decline",
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
    # Scores of the indicators
    score_margin = NullableFloat(aggregator="avg", string="Margin Score")
    score_volume = NullableFloat(aggregator="avg", string="Volume Score")
    score_service = NullableFloat(aggregator="avg", string="Cost to Serve Score")
    score_loyalty = NullableFloat(aggregator="avg", string="Loyalty Score")
    score_trust = NullableFloat(aggregator="avg", string="Trust Score")
    score_credit = NullableFloat(aggregator="avg", string="Credit Score")
    score_growth = NullableFloat(aggregator="avg", string="Growth Score")
    score_clv = NullableFloat(aggregator="avg", string="Lifetime Value Score")
    score_benefit = NullableFloat(aggregator="avg", string="Benefits Score")
    score_support = NullableFloat(aggregator="avg", string="Support Score")
    # RFM
    rfm_r = fields.Integer(string="R", aggregator="avg", help="Recency, 1–5, 5 best.")
    rfm_f = fields.Integer(string="F", aggregator="avg", help="Frequency, 1–5, 5 best.")
    rfm_m = fields.Integer(string="M", aggregator="avg", help="Money, 1–5, 5 best.")
    rfm_segment = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", ondelete="set null"
    )
    # Value
    current_value_score = NullableFloat(string="Current Value", aggregator="avg")
    potential_value_score = NullableFloat(string="Potential Value", aggregator="avg")
    value_score = NullableFloat(aggregator="avg")
    received_value_score = NullableFloat(
        string="Received Value",
        aggregator="avg",
        help="What the company gives the customer, as far as it is known.",
    )
    quadrant = fields.Selection(
        QUADRANTS, help="A manual quadrant if one is in force, else the computed one."
    )
    quadrant_computed = fields.Selection(QUADRANTS, string="Computed Quadrant")
    pareto_rank = fields.Integer(
        string="Revenue Rank",
        aggregator=None,
        help="Position by revenue since ever, at the last full run.",
    )
    pareto_class = fields.Selection(
        PARETO_CLASSES,
        help="A: the customers who together make the first 80 % of revenue "
        "(the policy sets the share). B: the next 15 %. C: the rest.",
    )

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort what is not known last, whichever way a list is sorted."""
        field = self._fields.get(field_name)
        if isinstance(field, NullableFloat) and not nulls:
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
