from odoo import api, fields, models

from ...analytics.price.ruler import differ
from ...const import OFFICER, USER


class SaleOrderLine(models.Model):
    """A line knows its net price, its floor, and whether something is wrong with it."""

    _inherit = "sale.order.line"

    value_price = fields.Json(
        string="Price at a Glance",
        compute="_compute_value_price",
        compute_sudo=False,
        groups=USER,
    )

    @api.depends(
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "price_subtotal",
        "purchase_price",
        "order_id.partner_id",
        "order_id.pricelist_id",
        "order_id.state",
    )
    @api.depends_context("uid")
    def _compute_value_price(self):
        self.value_price = False
        clashes = self.order_id._value_clashes(self)
        other = {c.line for found in clashes.values() for c in found if c.differs}
        priced = self._value_priced()
        shares = priced.order_id._value_left_over()
        for line, floor in priced._value_floors().items():
            price = line._value_net_price(shares[line.order_id])
            low = floor is not None and price < floor
            rounding = line.currency_id.rounding
            is_low = low and differ(price, floor, rounding)
            wrong = "floor" if is_low else "conflict" if line in other else ""
            told = {"wrong": wrong, "floor": floor, "price": price}
            line.value_price = {**told, "is_cost": line._value_is_cost(floor)}

    def _value_priced(self):
        """Return the lines of quotations that have a price of their own."""
        return self.filtered(
            lambda line: (
                line.product_id
                and line.order_id.state in ("draft", "sent")
                and not line.is_downpayment
                and not line.reward_id
                and not line.combo_item_id
                and line.product_id.type != "combo"
                and line.price_unit >= 0
            )
        )

    def _value_net_price(self, share):
        """Return the price of a unit, without tax and after all discounts.

        :param share: what is left of a price after the discounts of the whole order
        """
        if self.product_uom_qty:
            return self.price_subtotal / self.product_uom_qty * share
        base_line = self._prepare_base_line_for_taxes_computation(quantity=1.0)
        company = self.company_id or self.env.company
        self.env["account.tax"]._add_tax_details_in_base_line(base_line, company)
        return base_line["tax_details"]["raw_total_excluded_currency"] * share

    def _value_own_price(self, share):
        """Return the net price of the product's own unit."""
        return self.product_uom_id._compute_price(
            self._value_net_price(share), self.product_id.uom_id
        )

    # --- the floor ---

    def _value_floors(self):
        """Return {line: lowest net price of its unit}, None where nobody set any.

        The pricelist's is for everybody. Officers are told the cost too: it is theirs.
        """
        officer = self.env.user.has_group(OFFICER)
        floors = self._value_pricelist_floors(officer)
        for line in self if officer else ():
            if line.purchase_price:
                floors[line] = max(floors[line] or 0, line.purchase_price)
        return floors

    def _value_is_cost(self, floor):
        """Return whether a floor is no rule of the pricelist but the cost alone."""
        officer = self.env.user.has_group(OFFICER)
        return officer and floor is not None and floor == self.purchase_price

    def _value_pricelist_floors(self, officer):
        """Return {line: least price by the pricelist's rule}, of rules with a margin.

        A rule that starts from the cost would tell it to whoever reads the floor.
        """
        floors = dict.fromkeys(self)
        for order, lines in self.grouped("order_id").items():
            rules = lines._value_floor_rules(order) if order.pricelist_id else ()
            for line, rule in rules:
                if rule.price_min_margin and (officer or rule.base == "list_price"):
                    floors[line] = line._value_floor_of(rule, order)
        return floors

    def _value_floor_rules(self, order):
        """Yield each line with the rule of the pricelist that prices it."""
        when = order.date_order or fields.Datetime.now()
        rules = order.pricelist_id._get_applicable_rules(self.product_id, when)
        if not any(rules.mapped("price_min_margin")):
            return
        for line in self:
            product = line.product_id
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty or 1.0, product.uom_id, raise_if_failure=False
            )
            fitting = (r for r in rules if r._is_applicable_for(product, quantity))
            if rule := next(fitting, None):
                yield line, rule

    def _value_floor_of(self, rule, order):
        """Return the base price of a rule and its least margin, in the line's unit."""
        when = order.date_order or fields.Datetime.now()
        unit = self.product_uom_id
        least = self.product_id.uom_id._compute_price(rule.price_min_margin, unit)
        base = rule._compute_base_price(
            self.product_id, self.product_uom_qty or 1.0, unit, when, rule.currency_id
        )
        return rule.currency_id._convert(
            base + least, order.currency_id, order.company_id, when, round=False
        )
