import numpy as np

from odoo import api, models
from odoo.tools import SQL, date_utils

from ... import bulk
from ...analytics.months import monthly
from ...const import from_day
from .const import CHANNELS, LARGEST

KEYS = ("number", "partner", "category", "user", "channel", "age")
COUNTED = ("purchases", "buyer", "new", "kept", "back", "gone", "followed", "ended")
MONEY = ("amount", "margin", "costed", "discount", "returned", "quantity")
STAGED = {
    "month": "date",
    **dict.fromkeys((*KEYS, *COUNTED), "int4"),
    **dict.fromkeys(MONEY, "float8"),
}
NEXT = 11  # months after one whose largest customers depend on it


class CrmValueMonthFact(models.Model):
    """Storing: whole months, or all months of some customers, in one transaction."""

    _inherit = "crm.value.month.fact"

    @api.model
    def _store_month(self, company, rows, month, is_running):
        """Store one month of all customers; what was there of it goes.

        :param rows: of monthly.monthly
        :param month: its first day
        """
        self._stage(rows, rows["month"] == monthly.months_of(_number(month)))
        # Those of customers who were erased are nobody's, and stay.
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_value_month_fact WHERE company_id = %s AND month = %s"
                " AND partner_id IS NOT NULL",
                company.id,
                month,
            )
        )
        self._insert(company, month if is_running else None)

    @api.model
    def _store_customers(self, company, rows, partner_ids, running):
        """Store all months of some customers; return the months whose revenue changed.

        :param running: first day of the month that is not over
        """
        self._stage(rows, np.ones(rows["month"].size, bool))
        changed = self.env.execute_query(
            SQL(
                CHANGED,
                company=company.id,
                partners=list(partner_ids),
            )
        )
        were_large = self.env.execute_query(
            SQL(
                "DELETE FROM crm_value_month_fact"
                " WHERE company_id = %s AND partner_id = ANY(%s)"
                " RETURNING month, origin_id, size = 'ten'",
                company.id,
                list(partner_ids),
            )
        )
        self._insert(company, running)
        self._keep_largest(company, {row[:2] for row in were_large if row[2]})
        return sorted(month for (month,) in changed)

    @api.model
    def _stage(self, rows, which):
        some = {name: rows[name][which] for name in STAGED if name != "month"}
        some["month"] = monthly.first_days(rows["month"][which]).astype(float)
        bulk.stage(self.env.cr, "crm_value_month_incoming", some, STAGED)

    @api.model
    def _insert(self, company, running):
        """Move what is staged into the table, each row with the region of its month."""
        self.env["res.partner"].flush_model(["country_id", "state_id"])
        self.env["crm.value.month.past"].flush_model()
        self.env.cr.execute(
            SQL(INSERT, company=company.id, running=running, channels=list(CHANNELS))
        )
        self.invalidate_model()

    @api.model
    def _keep_largest(self, company, known):
        """Say of rows stored anew that their customers were among the largest.

        :param known: (month, id of the customer) of some of them
        """
        if not known:
            return
        months, customers = zip(*known, strict=True)
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_month_fact SET size = 'ten'
                 WHERE company_id = %s AND (month, origin_id) IN (
                       SELECT * FROM unnest(%s::date[], %s::int[]))
                """,
                company.id,
                list(months),
                list(customers),
            )
        )

    @api.model
    def _mark_largest(self, company, months):
        """Say anew who is among the largest customers, in some months."""
        self.env.cr.execute(
            SQL(
                MARK_LARGEST,
                company=company.id,
                months=list(months),
                many=self.env["res.partner"]._value_crowd_ids(),
                largest=LARGEST,
            )
        )
        self.invalidate_model(["size"])

    @api.model
    def _depending(self, months, last):
        """Return these months and those after them that look back on them."""
        found = {
            date_utils.add(month, months=after)
            for month in months
            for after in range(NEXT + 1)
        }
        return sorted(month for month in found if month <= last)


def _number(day):
    return np.array((day - from_day(0)).days)


CHANGED = """
    WITH stored AS (
        SELECT month, origin_id, revenue::float8
          FROM crm_value_month_fact
         WHERE company_id = %(company)s AND partner_id = ANY(%(partners)s)
    ), incoming AS (
        SELECT month, partner, amount FROM crm_value_month_incoming
    )
    SELECT DISTINCT month FROM (
        (TABLE stored EXCEPT ALL TABLE incoming)
        UNION ALL
        (TABLE incoming EXCEPT ALL TABLE stored)
    ) AS different
"""
# A customer that is no contact any more, or a category that is gone, is unknown.
INSERT = """
    INSERT INTO crm_value_month_fact (
        company_id, month, is_running, partner_id, origin_id, number, categ_id, user_id,
        channel, country_id, state_id, age, size, revenue, margin, costed, discount,
        returned, quantity, purchases, buyer_id, new_id, kept_id, back_id, lost_id,
        is_followed, is_ended)
    SELECT %(company)s, fresh.month, fresh.month IS NOT DISTINCT FROM %(running)s::date,
           fresh.partner, fresh.partner, fresh.number, category.id, seller.id,
           (%(channels)s::varchar[])[fresh.channel + 1],
           CASE WHEN past.id IS NULL THEN partner.country_id ELSE past.country_id END,
           CASE WHEN past.id IS NULL THEN partner.state_id ELSE past.state_id END,
           (ARRAY['first', 'later'])[fresh.age], 'rest', fresh.amount,
           NULLIF(fresh.margin, 'NaN'), fresh.costed, fresh.discount, fresh.returned,
           NULLIF(fresh.quantity, 'NaN'), fresh.purchases, NULLIF(fresh.buyer, 0),
           NULLIF(fresh.new, 0), NULLIF(fresh.kept, 0), NULLIF(fresh.back, 0),
           NULLIF(fresh.gone, 0), fresh.followed = 1, fresh.ended = 1
      FROM crm_value_month_incoming fresh
      JOIN res_partner partner ON partner.id = fresh.partner
 LEFT JOIN product_category category ON category.id = fresh.category
 LEFT JOIN res_users seller ON seller.id = fresh.user
 LEFT JOIN LATERAL (
            SELECT former.id, former.country_id, former.state_id
              FROM crm_value_month_past former
             WHERE former.partner_id = fresh.partner
               AND former.until >= fresh.month + interval '1 month'
          ORDER BY former.until, former.id
             LIMIT 1) past ON TRUE
"""
MARK_LARGEST = """
    WITH bought AS (
        SELECT asked.month, fact.origin_id, SUM(fact.revenue) AS revenue
          FROM unnest(%(months)s::date[]) AS asked(month)
          JOIN crm_value_month_fact fact
            ON fact.company_id = %(company)s AND fact.month <= asked.month
           AND fact.month > asked.month - interval '12 months'
         WHERE fact.origin_id <> ALL(%(many)s)
      GROUP BY 1, 2
        HAVING SUM(fact.revenue) > 0
    ), placed AS (
        SELECT month, origin_id, row_number() OVER (
                   PARTITION BY month ORDER BY revenue DESC, origin_id) AS place
          FROM bought
    ), largest AS (
        SELECT month, origin_id FROM placed WHERE place <= %(largest)s
    )
    UPDATE crm_value_month_fact fact
       SET size = CASE fact.size WHEN 'ten' THEN 'rest' ELSE 'ten' END
     WHERE fact.company_id = %(company)s AND fact.month = ANY(%(months)s)
       AND (fact.size = 'ten')
           <> ((fact.month, fact.origin_id) IN (SELECT month, origin_id FROM largest))
"""
