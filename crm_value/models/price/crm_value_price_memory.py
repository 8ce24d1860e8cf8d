from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ..quotation.crm_value_sold import INVOICE, OFFER, ORDER
from .const import ALIKE_MONTHS, LEAST, YEARS

SOLD = (INVOICE, ORDER)


class CrmValuePriceMemory(models.AbstractModel):
    """What a customer paid before, what others pay, and what else is offered to it.

    Each question is one query, whatever the number of products and customers.
    """

    _name = "crm.value.price.memory"
    _description = "Price Memory"

    @api.model
    def _theirs(self, company, currency, customer, products):
        """Return {product id: {kind: figures}} of a customer's invoices and orders.

        :return: figures: count, low, high, and of the last one price, quantity, day,
            user_id
        """
        sold = self.env["crm.value.sold"]
        since = self.env["crm.value.run"]._today(company) - relativedelta(years=YEARS)
        whose = SQL("customer.commercial_partner_id = %s", customer.id)
        lines = sold._sold(company, currency, products, whose, since, SOLD)
        found = defaultdict(dict)
        for row in self.env.execute_query_dict(SQL(SUMMED_UP, lines=lines)):
            found[row["product_id"]][row["kind"]] = row
        return found

    @api.model
    def _alike(self, company, currency, customer, products):
        """Return {product id: count, low, high} of comparable customers.

        They are of the customer's quadrant; each counts once, with its last price of
        the last twelve months. Of few of them nothing is told: their number alone.
        """
        profile = self.env["crm.value.profile"].sudo()  # of groups, not of anybody
        own = [("company_id", "=", company.id), ("partner_id", "=", customer.id)]
        quadrant = profile.search(own, limit=1).quadrant
        if not quadrant:
            return {}
        others = profile._search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "!=", customer.id),
                ("quadrant", "=", quadrant),
            ]
        ).subselect("partner_id")
        sold = self.env["crm.value.sold"]
        since = self.env["crm.value.run"]._today(company) - relativedelta(
            months=ALIKE_MONTHS
        )
        whose = SQL("customer.commercial_partner_id IN %s", others)
        lines = sold._sold(company, currency, products, whose, since, SOLD)
        rows = self.env.execute_query_dict(SQL(MIDDLE_HALF, lines=lines))
        return {
            row["product_id"]: row
            if row["count"] >= LEAST
            else {**row, "low": None, "high": None}
            for row in rows
        }

    @api.model
    def _offers(self, company, currency, customers, products):
        """Return {(customer id, product id): offers} in quotations that are open.

        An offer is a dict of document_id, user_id, day, quantity, price.
        """
        sold = self.env["crm.value.sold"]
        since = self.env["crm.value.run"]._today(company) - relativedelta(years=YEARS)
        whose = SQL("customer.commercial_partner_id = ANY(%s)", customers.ids)
        lines = sold._sold(company, currency, products, whose, since, (OFFER,))
        rows = self.env.execute_query_dict(
            SQL("%s ORDER BY line.day DESC, line.document_id DESC, price", lines)
        )
        found = defaultdict(list)
        for row in rows:
            found[row["customer_id"], row["product_id"]].append(row)
        return found


SUMMED_UP = """
    SELECT product_id, kind, COUNT(*) AS count,
           MIN(price) AS low, MAX(price) AS high,
           (array_agg(price ORDER BY day DESC, document_id DESC))[1] AS price,
           (array_agg(quantity ORDER BY day DESC, document_id DESC))[1] AS quantity,
           (array_agg(day ORDER BY day DESC, document_id DESC))[1] AS day,
           (array_agg(user_id ORDER BY day DESC, document_id DESC))[1] AS user_id
      FROM (%(lines)s) sold
  GROUP BY product_id, kind
"""
MIDDLE_HALF = """
    SELECT product_id, COUNT(*) AS count,
           percentile_cont(0.25) WITHIN GROUP (ORDER BY price) AS low,
           percentile_cont(0.75) WITHIN GROUP (ORDER BY price) AS high
      FROM (SELECT DISTINCT ON (product_id, customer_id) product_id, price
              FROM (%(lines)s) sold
          ORDER BY product_id, customer_id, day DESC, document_id DESC) last
  GROUP BY product_id
"""
