from odoo import api, fields, models
from odoo.tools import SQL

from ...const import OFFICER
from ...fields import NullableFloat, NullableMoney
from .const import IMPORT, OFFICE, ONLINE, POS

# What cannot be counted in each month, and what says where it can.
TOLD_WHERE = {
    "kept_id:count_distinct": "is_followed",
    "back_id:count_distinct": "is_followed",
    "lost_id:count_distinct": "is_ended",
}


class CrmValueMonthFact(models.Model):
    """What a customer bought in a month, in one category, by one channel and seller.

    Written by the months that close, for pivots and graphs. ``origin_id`` tells
    customers apart, also once they are erased. Money adds up over any rows; customers
    are counted by their ids, which stand in each of their rows.
    """

    _name = "crm.value.month.fact"
    _inherit = ["crm.value.guarded"]
    _description = "Monthly Fact"
    _is_result = True
    _log_access = False
    _order = "month DESC, revenue DESC, id"
    _rec_name = "partner_id"

    # --- what a row is about ---
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, help="Its first day.")
    # Nobody, once the customer is erased: the month keeps its figures.
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index=True, ondelete="set null"
    )
    origin_id = fields.Integer(
        string="Customer ID at the Time", required=True, aggregator=None
    )
    number = fields.Integer(
        string="Row of the Customer", required=True, aggregator=None
    )
    categ_id = fields.Many2one(
        "product.category", string="Product Category", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        ondelete="set null",
        help="Of the documents, not of the customer today.",
    )
    channel = fields.Selection(
        [
            (ONLINE, "Online Shop"),
            (POS, "Point of Sale"),
            (IMPORT, "Imports"),
            (OFFICE, "Back Office"),
        ],
        required=True,
    )
    country_id = fields.Many2one(
        "res.country", ondelete="set null", help="Of the customer at the month's end."
    )
    state_id = fields.Many2one(
        "res.country.state",
        string="State or Province",
        ondelete="set null",
        help="Of the customer at the month's end.",
    )
    age = fields.Selection(
        [("first", "First Year"), ("later", "Later Years")],
        string="Year as a Customer",
        help="The first year is the month of the first purchase and the eleven after.",
    )
    size = fields.Selection(
        [("ten", "Ten Largest"), ("rest", "All Others")],
        string="Largest Customers",
        required=True,
        help="By revenue in the twelve months that end with this one.",
    )
    is_running = fields.Boolean(
        string="Running Month", help="Not over yet: up to the last night."
    )
    is_followed = fields.Boolean(
        string="Kept and Back Known",
        help="The month end before is kept, so that who is kept or back can be told.",
    )
    is_ended = fields.Boolean(
        string="Lost Known",
        help="Both month ends are kept, so that who was lost in it can be told.",
    )

    # --- what adds up ---
    revenue = fields.Monetary(help="Without tax, as the ledger has it.")
    margin = NullableMoney(
        groups=OFFICER,
        aggregator="sum",
        help="Where the cost is known, less what was written off; empty where it is "
        "not known. See the revenue with known cost.",
    )
    costed = fields.Monetary(
        string="Revenue with Known Cost",
        groups=OFFICER,
        help="The part of the revenue that the margin is of.",
    )
    discount = fields.Monetary(
        string="Discounts", help="List price waived, price reductions included."
    )
    returned = fields.Monetary(
        string="Returns", help="Money for what came back, counted where it was bought."
    )
    quantity = NullableFloat(
        aggregator="sum",
        help="Goods less what came back, in the unit of each product.",
    )
    purchases = fields.Integer(
        string="Number of Purchases",
        help="Days on which a customer bought. One of several categories, channels or "
        "salespeople counts where most of it was bought.",
    )

    # --- different customers: they do not add up over groups, their total is right ---
    buyer_id = fields.Integer(
        string="Customers",
        aggregator="count_distinct",
        help="Different customers who bought. Who is in two groups counts in both, "
        "and once in the total.",
    )
    new_id = fields.Integer(
        string="New Customers",
        aggregator="count_distinct",
        help="Different customers whose first purchase was in the month. In the first "
        "months of your documents all are new: nobody knows what was before.",
    )
    kept_id = fields.Integer(
        string="Customers Kept",
        aggregator="count_distinct",
        help="Different customers who bought again, and were not lost at the end of "
        "the month before. Empty where that month end is not kept.",
    )
    back_id = fields.Integer(
        string="Customers Back",
        aggregator="count_distinct",
        help="Different customers who bought, and were lost at the end of the month "
        "before. Empty where that month end is not kept.",
    )
    lost_id = fields.Integer(
        string="Customers Lost",
        aggregator="count_distinct",
        help="Different customers who were lost at the month's end, and not at the "
        "end of the month before. Empty where either month end is not kept.",
    )

    # A customer's month cannot be stored twice.
    _once = models.UniqueIndex("(company_id, month, origin_id, number)")

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Count nobody only where somebody could have been: unknown is empty."""
        counted = super()._read_group_select(aggregate_spec, query)
        known = TOLD_WHERE.get(aggregate_spec)
        if not known:
            return counted
        column = self._field_to_sql(self._table, known, query)
        return SQL("CASE WHEN BOOL_OR(%s) THEN %s END", column, counted)

    @api.model
    def _read_group_empty_value(self, spec):
        return False if spec in TOLD_WHERE else super()._read_group_empty_value(spec)
