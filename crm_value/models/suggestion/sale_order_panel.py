from datetime import timedelta

import numpy as np

from odoo import models

from ...analytics.suggestion import cycle
from ...const import to_day
from ..desk.crm_value_panel import USUAL
from .const import LOOK_BACK_DAYS

PLACE, RANK = 50, 70
NAMED = 3  # products


class SaleOrder(models.Model):
    """A quotation says which products its customer is due to order again."""

    _inherit = "sale.order"

    def _value_panel_lines(self):
        """Add what is due by the customer's own cycle, and is not on the quotation."""
        lines = super()._value_panel_lines()
        asked = self._value_asked()
        due = asked._value_due_products()
        for order in asked:
            missing = [
                product
                for product in due.get(order._value_customer(), ())
                if product not in order.order_line.product_id.ids
            ]
            if missing:
                lines[order].append(order._value_due_line(missing[:NAMED]))
        return lines

    def _value_due_products(self):
        """Return {(company id, customer id): ids of due products, the surest first}."""
        found = {}
        for company, orders in self.grouped("company_id").items():
            customers = orders.partner_id.commercial_partner_id
            today = self.env["crm.value.run"]._today(company)
            items = self.env["crm.value.facts"]._gather_items(
                company, today - timedelta(days=LOOK_BACK_DAYS), today, customers.ids
            )
            for customer in customers:
                rows = items["partner"] == customer.id
                own = cycle.cycles(items["product"][rows], items["day"][rows])
                surely = cycle.due(own["last"], own["gap"], to_day(today))
                best = np.argsort(-surely, kind="stable")[: np.count_nonzero(surely)]
                found[company.id, customer.id] = own["product"][best].tolist()
        return found

    def _value_due_line(self, products):
        names = self.env["product.product"].browse(products).mapped("display_name")
        said = self.env._("Due to be ordered again: %(products)s.", products=names)
        first = self.env._("Ask whether %(product)s is needed again.", product=names[0])
        return self._value_panel_line(
            PLACE, "suggestion", said, first=(RANK, first), part=USUAL
        )
