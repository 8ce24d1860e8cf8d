from typing import NamedTuple

import numpy as np

from odoo import models

from ...analytics.authority import discount
from ...analytics.quotation.share import left_over


class Prices(NamedTuple):
    """What an order really gives: percent by line, percent of margin.

    None where it is not known.

    :param references: {line: price of a unit without any discount, without tax}
    """

    discounts: dict
    margin: float | None
    references: dict


class SaleOrder(models.Model):
    """Adds up all discounts of an order, however they were given."""

    _inherit = "sale.order"

    def _value_discounts(self):
        """Return {order: Prices}, in a few queries for all of them.

        They do not depend on who looks: who may not see margins is told none.
        """
        orders = self.sudo()
        rules = orders._value_pricelist_rules()
        sold = orders.order_line.filtered(lambda line: line._value_is_sold())
        at = {order: number for number, order in enumerate(orders)}
        asked, taken, free = np.zeros((3, len(orders)))
        rows, lines = [], []
        for line in sold:
            place = at[line.order_id]
            price = line._value_unit_price()
            quantity = line.product_uom_qty
            if price * quantity < 0 or (price < 0 and not quantity):
                taken[place] -= price * quantity
                continue
            reference = line._value_reference_price(rules[line.order_id.pricelist_id])
            if line.reward_id:  # a product given for nothing, or for less
                free[place] += reference * quantity
                taken[place] -= price * quantity
                continue
            asked[place] += price * quantity
            rows.append((place, quantity, price, reference, line._value_unit_cost()))
            lines.append(line)
        return orders._value_judged(lines, rows, left_over(asked, taken, free))

    def _value_judged(self, lines, rows, share):
        """Return {order: Prices} of some lines, from their prices."""
        columns = np.array(rows, float).reshape(-1, 5).T  # None becomes NaN
        arrays = discount.Lines(*columns)
        given = discount.discounts(arrays, share)
        margins = discount.margins(arrays, share)
        found = {
            order: Prices({}, _known(margin), {})
            for order, margin in zip(self, margins, strict=True)
        }
        for line, percent, reference in zip(
            lines, given, arrays.reference, strict=True
        ):
            prices = found[line.order_id]
            prices.discounts[line] = _known(percent)
            prices.references[line] = float(reference)
        return found

    def _value_pricelist_rules(self):
        """Return {pricelist: its rules for the products of the orders}."""
        items = self.env["product.pricelist.item"]
        templates = self.order_line.product_id.product_tmpl_id
        found = items.search(
            [
                ("pricelist_id", "in", self.pricelist_id.ids),
                "|",
                ("product_tmpl_id", "=", False),
                ("product_tmpl_id", "in", templates.ids),
            ]
        ).grouped("pricelist_id")
        return {
            pricelist: found.get(pricelist._origin, items)
            for pricelist in [*self.pricelist_id, self.env["product.pricelist"]]
        }


def _known(percent):
    """Return a share in percent as people say it: 12.00 and 12.01 are not the same."""
    return None if np.isnan(percent) else round(float(percent), 2)
