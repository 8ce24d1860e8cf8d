from odoo import api, fields, models
from odoo.tools import SQL

from ...const import OFFICER
from ...fields import NullableFloat, NullableMoney


class CrmValueFigures(models.AbstractModel):
    """The stored figures of one customer in one company, as facts and scores.

    The profile holds today's, a snapshot those of a past day. A column added here by
    another add-on is gathered, stored and kept in the history like the others.
    """

    _name = "crm.value.figures"
    _inherit = ["crm.value.parted"]
    _description = "Customer Value Figures"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    first_purchase_date = fields.Date(string="First Purchase")
    last_purchase_date = fields.Date(string="Last Purchase")
    next_purchase_date = fields.Date(
        string="Next Purchase Expected",
        help="Last purchase plus the customer's own purchase cycle.",
    )
    purchase_count = fields.Integer(
        string="Purchases", help="Number of days on which the customer has ever bought."
    )
    repeat_count = fields.Integer(
        string="Repeat Purchases in Window",
        help="Purchases in the value window, not counting the very first one.",
    )
    recency_days = NullableFloat(aggregator="avg", string="Days Since Last Purchase")
    median_gap_days = NullableFloat(
        aggregator="avg",
        string="Purchase Cycle (days)",
        help="Median number of days between two purchases.",
    )
    recent_count = fields.Integer(
        string="Purchases of the Last Quarter",
        help="Purchases within the last 91 days; the forecast goes on from them.",
    )
    season_count = NullableFloat(
        string="Same Season Last Year (purchases)",
        aggregator="sum",
        help="Purchases a year ago in the season that is now to be predicted.",
    )
    product_count = fields.Integer(string="Different Products")
    # Money
    revenue = fields.Monetary(help="Net revenue in the value window, without tax.")
    revenue_previous = fields.Monetary(
        string="Previous Revenue",
        help="Net revenue in the window before the value window.",
    )
    revenue_total = fields.Monetary(string="All-Time Revenue")
    refund_total = fields.Monetary(string="All-Time Returns")
    margin = fields.Monetary(groups=OFFICER, help="Gross margin in the value window.")
    margin_total = fields.Monetary(
        string="All-Time Margin",
        groups=OFFICER,
        help="As a share of all-time revenue, the margin rate, it counts between "
        "-100% and 100%.",
    )
    cost_known_share = NullableFloat(
        aggregator="avg",
        string="Cost Coverage",
        groups=OFFICER,
        help="Share of the money for goods whose cost is known, 0 to 100%. The "
        "policy's default margin is used for the rest. Discounts and goodwill cost "
        "nothing.",
    )
    rfm_frequency = fields.Integer(string="Purchases in RFM Window")
    rfm_money = fields.Monetary(string="Monetary Value in RFM Window", groups=OFFICER)
    first_spend = NullableMoney(string="Amount of First Purchase", aggregator="avg")
    repeat_spend = NullableMoney(
        string="Average Repeat Purchase",
        aggregator="avg",
        help="Average amount of a purchase, not counting the first one.",
    )
    # Behaviour
    growth = NullableFloat(
        aggregator="avg",
        help="Change of revenue against the previous window. Empty where purchases are "
        "not known back to its beginning, unless nothing has come since.",
    )
    return_rate = NullableFloat(
        aggregator="avg",
        help="Returned amount as a share of the amount bought, 0 to 100%. A credit "
        "below the price invoiced is a price reduction, not a return.",
    )
    discount_rate = NullableFloat(
        aggregator="avg",
        string="Discount Granted",
        help="Share of the list price granted as a discount, 0 to 100%: discounts of "
        "lines and orders, coupons, rewards and price reductions. What is paid with, "
        "such as gift cards and points, is none.",
    )
    order_count = fields.Integer(string="Orders")
    cancelled_order_count = fields.Integer(string="Cancelled Orders")
    kept_rate = NullableFloat(
        aggregator="avg",
        string="Agreements Kept",
        help="Share of agreed sales that was neither returned, cancelled nor written "
        "off.",
    )
    written_off_share = NullableFloat(
        aggregator="avg",
        string="Written Off",
        help="Share of what was invoiced that was never paid and booked as a loss.",
    )
    days_late = NullableFloat(
        aggregator="avg",
        string="Days Paid Late",
        help="Average days after the due date, weighted by amount.",
    )
    overdue_share = NullableFloat(
        aggregator="avg",
        string="Overdue Receivable",
        help="Share of the open receivable that is past its due date.",
    )

    @api.model
    def _codes(self, name):
        """Return the values of a selection, in the order of their numbers in arrays."""
        return self._fields[name].get_values(self.env)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort what is not known last, whichever way a list is sorted."""
        field = self._fields.get(field_name)
        if isinstance(field, NullableFloat) and not nulls:
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
