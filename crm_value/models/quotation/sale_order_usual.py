from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL, format_date

from ... import words
from ...analytics.quotation.rhythm import rhythm
from ...const import OFFICER, from_day, to_day
from ..desk.crm_value_panel import ORDER, USUAL

YEARS = 2  # in which purchases are looked at
MOST = 5  # products that are named
BELOW = 0.05  # of the margin rate under the usual one that is worth a warning


class SaleOrder(models.Model):
    """What the customer usually buys and has not on the order, and at what margin."""

    _inherit = "sale.order"

    @api.depends("order_line.product_id", "margin", "margin_percent")
    def _compute_value_panel(self):
        return super()._compute_value_panel()

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        asked = self._value_asked()
        due = asked._value_due_products()
        products = self.env["product.product"].union(
            *(product for found in due.values() for product, _rhythm in found)
        )
        products.fetch(["display_name"])
        officer = self.env.user.has_group(OFFICER)
        for order in asked:
            for place, (product, habit) in enumerate(due[order][:MOST]):
                lines[order].append(order._value_usual_line(place, product, habit))
            if officer:
                lines[order] += order._value_margin_line()
        return lines

    # --- usual and due ---

    def _value_due_products(self):
        """Return {order: [(product, Rhythm)]} of what is due, the latest first."""
        found = {order: [] for order in self}
        for company, orders in self.grouped("company_id").items():
            company = company or self.env.company
            today = self.env["crm.value.run"]._today(company)
            theirs = orders._value_bought_days(company, today)
            products = orders.env["product.product"].browse(
                {product for _customer, product in theirs}
            )
            sold = products.filtered(lambda p: p.active and p.sale_ok)
            rhythms = defaultdict(list)
            for (customer, product), days in theirs.items():
                habit = rhythm(days, to_day(today))
                if habit and habit.is_due and product in sold._ids:
                    rhythms[customer].append((sold.browse(product), habit))
            for order in orders:
                customer = order.partner_id.commercial_partner_id.id
                here = order.order_line.product_id
                missing = [pair for pair in rhythms[customer] if pair[0] not in here]
                found[order] = sorted(
                    missing, key=lambda pair: (-pair[1].lateness, pair[0].id)
                )
        return found

    def _value_bought_days(self, company, today):
        """Return {(customer id, product id): days} of confirmed orders or invoices.

        An order and its invoice are one purchase: where a product is on both, the
        kind of document that knows more days counts.
        """
        for model in ("sale.order", "sale.order.line", "account.move"):
            self.env[model].flush_model()
        query = SQL(
            BOUGHT_DAYS,
            company=company.id,
            customers=self.partner_id.commercial_partner_id.ids,
            since=today - relativedelta(years=YEARS),
            zone=company._value_timezone(),
        )
        days = {}
        for customer, product, _kind, those in self.env.execute_query(query):
            known = days.setdefault((customer, product), [])
            if len(those) > len(known):
                days[customer, product] = [to_day(day) for day in those]
        return days

    def _value_usual_line(self, place, product, habit):
        today = self.env["crm.value.run"]._today(self.company_id or self.env.company)
        said = self.env._(
            "%(product)s: every %(days)s, last on %(date)s",
            product=product.display_name,
            days=words.days(self.env, habit.interval),
            date=format_date(self.env, from_day(to_day(today) - habit.since)),
        )
        first = self.env._(
            "Ask about %(product)s: it is due again.", product=product.display_name
        )
        rows = [
            ("product_id", "=", product.id),
            ("state", "=", "sale"),
            (
                "order_partner_id.commercial_partner_id",
                "=",
                self.partner_id.commercial_partner_id.id,
            ),
        ]
        opens = self._value_rows(product.display_name, "sale.order.line", rows)
        return self._value_panel_line(
            place, f"usual_{product.id}", said, (70, first), opens=opens, part=USUAL
        )

    # --- margin ---

    def _value_margin_line(self):
        """Return the order's margin rate beside the customer's, where both are known.

        A line whose cost nobody entered makes the order's margin unknown.
        """
        profile = self.value_profile_id
        goods = self.order_line.filtered(lambda line: line.price_subtotal > 0)
        usual = profile.revenue > 0 and profile.margin / profile.revenue
        if not goods or not usual or not all(goods.mapped("purchase_price")):
            return []
        said = self.env._(
            "Margin %(margin)s, usually %(usual)s with this customer",
            margin=words.percent(self.env, self.margin_percent, 1),
            usual=words.percent(self.env, usual, 1),
        )
        tone = "warning" if self.margin_percent < usual - BELOW else ""
        return [self._value_panel_line(40, "margin", said, tone=tone, part=ORDER)]


BOUGHT_DAYS = """
    SELECT customer.commercial_partner_id, line.product_id, 'order',
           array_agg(DISTINCT (sale_order.date_order AT TIME ZONE 'UTC'
                               AT TIME ZONE %(zone)s)::date)
      FROM res_partner customer
      JOIN sale_order_line line ON line.order_partner_id = customer.id
      JOIN sale_order ON sale_order.id = line.order_id
     WHERE customer.commercial_partner_id = ANY(%(customers)s)
       AND sale_order.company_id = %(company)s AND sale_order.state = 'sale'
       AND sale_order.date_order >= %(since)s
       AND line.product_id IS NOT NULL AND line.is_downpayment IS NOT TRUE
       AND line.reward_id IS NULL AND line.product_uom_qty > 0
       AND line.price_unit >= 0
  GROUP BY 1, 2
     UNION ALL
    SELECT customer.commercial_partner_id, line.product_id, 'invoice',
           array_agg(DISTINCT move.invoice_date)
      FROM res_partner customer
      JOIN account_move move ON move.partner_id = customer.id
      JOIN account_move_line line ON line.move_id = move.id
     WHERE customer.commercial_partner_id = ANY(%(customers)s)
       AND move.company_id = %(company)s AND move.state = 'posted'
       AND move.move_type IN ('out_invoice', 'out_receipt')
       AND move.payment_state <> 'reversed' AND move.invoice_date >= %(since)s
       AND line.display_type = 'product' AND line.product_id IS NOT NULL
       AND line.is_downpayment IS NOT TRUE AND line.quantity > 0
       AND line.price_unit >= 0
  GROUP BY 1, 2
"""
