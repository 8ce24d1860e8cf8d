from odoo import api, models
from odoo.tools import SQL, date_utils

from .crm_value_measure_source import INVOICED


class CrmValueMeasureSource(models.AbstractModel):
    """Figures of customers, by months that are stored and month ends that are kept."""

    _inherit = "crm.value.measure.source"

    # --- months that are stored ---

    @api.model
    def _facts(self, company, months, aggregates, *domain):
        """Return {month: sums} of the stored months that are over."""
        first, last = self._span(months)
        return self._by_month(
            "crm.value.month.fact",
            [
                ("company_id", "=", company.id),
                ("month", ">=", first),
                ("month", "<=", last),
                ("is_running", "=", False),
                *domain,
            ],
            aggregates,
            day="month",
        )

    @api.model
    def _source_margin(self, company, months):
        """Margin of what was bought, as far as its cost is known."""
        sums = ["margin:sum", "margin:count", "buyer_id:count_distinct"]
        found = self._facts(company, months, sums)
        return {
            month: (margin, buyers)
            for month, (margin, known, buyers) in found.items()
            if known
        }

    @api.model
    def _source_concentration(self, company, months):
        """Revenue of the ten largest of the twelve months that end with this one."""
        sums = ["revenue:sum", "buyer_id:count_distinct"]
        ten = self._facts(company, months, sums, ("size", "=", "ten"))
        return self._share(ten, self._facts(company, months, sums))

    @api.model
    def _source_first_year(self, company, months):
        """Customers in their first year among those who bought."""
        counts = ["buyer_id:count_distinct"]
        young = self._facts(company, months, counts, ("age", "=", "first"))
        all_of = self._facts(company, months, counts)
        wholes = {month: (buyers, buyers) for month, (buyers,) in all_of.items()}
        return self._share(young, wholes)

    @api.model
    def _source_channels(self, company, months):
        """Channels by which anything was sold."""
        counts = ["channel:count_distinct", "buyer_id:count_distinct"]
        found = self._facts(company, months, counts, ("revenue", ">", 0))
        return {month: tuple(counted) for month, counted in found.items()}

    @api.model
    def _source_cross_selling(self, company, months):
        """Different product categories that a customer bought in the month."""
        self.env["crm.value.month.fact"].flush_model()
        first, last = self._span(months)
        rows = self.env.execute_query(
            SQL(CATEGORIES, company=company.id, first=first, last=last)
        )
        return {month: (float(mean), n) for month, mean, n in rows}

    # --- month ends that are kept ---

    @api.model
    def _ends(self, months):
        return [date_utils.end_of(month, "month") for month in months]

    @api.model
    def _source_equity(self, company, months):
        """Lifetime value of all customers at the end of the month."""
        domain = [
            ("company_id", "=", company.id),
            ("month_end", "=", True),
            ("date", "in", self._ends(months)),
        ]
        sums = ["clv:sum", "clv:count"]
        found = self._by_month("crm.value.snapshot", domain, sums)
        return {month: (worth, n) for month, (worth, n) in found.items() if n}

    @api.model
    def _source_retention(self, company, months):
        """Of those who were customers a year before, who still is one."""
        self.env["crm.value.snapshot"].flush_model()
        rows = self.env.execute_query(
            SQL(RETAINED, company=company.id, ends=self._ends(months))
        )
        return {month: (100 * kept / n, n) for month, kept, n in rows}

    # --- products ---

    @api.model
    def _source_new_products(self, company, months):
        """Revenue of products first invoiced within the twelve months before.

        In the first year of the documents every product is new: nobody knows.
        """
        self.env["account.move.line"].flush_model()
        first, last = self._span(months)
        rows = self.env.execute_query(
            SQL(
                NEW_PRODUCTS,
                company=company.id,
                kinds=list(INVOICED),
                first=first,
                last=last,
            )
        )
        return {month: (100 * new / whole, n) for month, new, whole, n in rows}


CATEGORIES = """
SELECT month, COUNT(DISTINCT (origin_id, categ_id))::float
              / COUNT(DISTINCT origin_id), COUNT(DISTINCT origin_id)
  FROM crm_value_month_fact
 WHERE company_id = %(company)s AND month BETWEEN %(first)s AND %(last)s
   AND is_running IS NOT TRUE AND revenue > 0
 GROUP BY month
"""

RETAINED = """
SELECT date_trunc('month', month_end.day)::date,
       COUNT(*) FILTER (WHERE now.relation = 'active'), COUNT(*)
  FROM (SELECT DISTINCT date AS day FROM crm_value_snapshot
         WHERE company_id = %(company)s AND month_end AND date = ANY(%(ends)s)
       ) month_end
  JOIN crm_value_snapshot past
    ON past.company_id = %(company)s AND past.month_end AND past.relation = 'active'
   AND past.date = (date_trunc('month', month_end.day) - INTERVAL '11 months'
                    - INTERVAL '1 day')::date
  LEFT JOIN crm_value_snapshot now
    ON now.company_id = %(company)s AND now.month_end
   AND now.origin_id = past.origin_id AND now.date = month_end.day
 GROUP BY month_end.day
"""

NEW_PRODUCTS = """
WITH line AS (
    SELECT item.product_id AS product, date_trunc('month', item.date)::date AS month,
           -item.balance AS amount, item.date AS day,
           MIN(item.date) OVER (PARTITION BY item.product_id) AS first,
           MIN(item.date) OVER () AS beginning
      FROM account_move_line item
      JOIN account_move move ON move.id = item.move_id
     WHERE item.company_id = %(company)s AND item.parent_state = 'posted'
       AND move.move_type = ANY(%(kinds)s) AND item.display_type = 'product'
       AND item.product_id IS NOT NULL AND item.date <= %(last)s)
SELECT month, COALESCE(SUM(amount) FILTER (
           WHERE first >= month - INTERVAL '11 months'), 0)::float,
       SUM(amount)::float, COUNT(DISTINCT product)
  FROM line
 WHERE month >= %(first)s AND month >= beginning + INTERVAL '12 months'
 GROUP BY month
HAVING SUM(amount) > 0
"""
