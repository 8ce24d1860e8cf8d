from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import format_date

from ... import words
from ...analytics.quotation import rhythm
from ...const import OFFICER, from_day, to_day
from ..desk.crm_value_panel import ORDER, USUAL

RHYTHM = ("customer", "product", "last", "gap")
MOST = 5  # products that are named
BELOW = 0.05  # of the margin rate under the usual one that is worth a warning


class Habit(NamedTuple):
    """The usual days between two purchases, and the days since the last one."""

    interval: float
    since: int

    @property
    def lateness(self):
        """How many intervals have passed."""
        return self.since / self.interval


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
            *(product for found in due.values() for product, _habit in found)
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
        """Return {order: [(product, Habit)]} of what is due, the latest first."""
        found = {order: [] for order in self}
        for company, orders in self.grouped("company_id").items():
            habits = orders._value_habits(company or self.env.company)
            products = self.env["product.product"].browse(
                {product for theirs in habits.values() for product in theirs}
            )
            sold = products.filtered(lambda p: p.active and p.sale_ok)
            for order in orders:
                theirs = habits[order.partner_id.commercial_partner_id.id]
                missing = [
                    p for p in sold - order.order_line.product_id if p.id in theirs
                ]
                missing.sort(key=lambda p, of=theirs: (-of[p.id].lateness, p.id))
                found[order] = [(product, theirs[product.id]) for product in missing]
        return found

    def _value_habits(self, company):
        """Return {customer id: {product id: Habit}} of what is due."""
        today = self.env["crm.value.run"]._today(company)
        customers = self.partner_id.commercial_partner_id.ids
        facts = self.env["crm.value.facts"]
        items = facts._gather_items(company, today, customers)
        own = rhythm.rhythms(items["partner"], items["product"], items["day"])
        is_due = rhythm.due(own["last"], own["gap"], to_day(today)) > 0
        columns = (own[name][is_due].tolist() for name in RHYTHM)
        found = defaultdict(dict)
        for customer, product, last, gap in zip(*columns, strict=True):
            found[customer][product] = Habit(gap, to_day(today) - last)
        return found

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
