from odoo import api, fields, models

PRICED = frozenset(
    ("product_id", "product_uom_qty", "price_unit", "discount", "purchase_price")
)


class SaleOrderLine(models.Model):
    """A line keeps who has priced it last; once confirmed, it gets no cheaper."""

    _inherit = "sale.order.line"

    value_priced_by_id = fields.Many2one(
        "res.users",
        string="Priced by",
        copy=False,
        readonly=True,
        ondelete="set null",
        groups="base.group_user",
        help="Colleague who has entered or changed the line last.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what makes a confirmed order worse than its author may."""
        numbers = {vals.get("order_id") for vals in vals_list}
        orders = self.env["sale.order"].browse(numbers - {None, False})
        author = {"value_priced_by_id": orders._value_actor().id}
        with orders._value_no_worse():
            return super().create([{**vals, **author} for vals in vals_list])

    def write(self, vals):
        """Refuse what makes a confirmed order worse than its author may."""
        vals = {key: vals[key] for key in vals if key != "value_priced_by_id"}
        if vals.keys().isdisjoint(PRICED):
            return super().write(vals)
        if actor := self.order_id._value_actor():
            vals["value_priced_by_id"] = actor.id
        with self.order_id._value_no_worse():
            return super().write(vals)

    def _value_take_over(self):
        """Note that who is at work answers for the prices of these lines."""
        actor = self.order_id._value_actor()
        return bool(actor) and super().write({"value_priced_by_id": actor.id})

    # --- what it costs ---

    def _value_is_sold(self):
        """Return whether the line is a product whose price can be judged."""
        return bool(
            self.product_id
            and not self.display_type
            and not self.is_downpayment
            and not self.is_expense
            and not self.combo_item_id
            and not self._is_delivery()
            and not self._value_pays()
        )

    def _value_priced_parts(self):
        """Return the lines that carry the price: a combo's is on its items."""
        if self.product_type != "combo":
            return self
        return self._get_linked_lines().filtered("combo_item_id")

    def _value_untaxed(self, price):
        """Return a unit price of the line without the taxes that it includes."""
        if not self.tax_ids:
            return price
        details = self.tax_ids._get_tax_details(
            price, 1.0, rounding_method="round_globally", product=self.product_id
        )
        return details["total_excluded"]

    def _value_unit_price(self):
        """Return what a unit costs by its own line, without tax."""
        weights = [
            part.product_uom_qty / self.product_uom_qty if self.product_uom_qty else 1
            for part in self._value_priced_parts()
        ]
        prices = [
            part._value_untaxed(part.price_unit * (1 - part.discount / 100))
            for part in self._value_priced_parts()
        ]
        return sum(w * price for w, price in zip(weights, prices, strict=True))

    def _value_unit_cost(self):
        """Return the cost of a unit, None where a part of it has none."""
        costs = [part.purchase_price for part in self._value_priced_parts()]
        return sum(costs) if costs and all(costs) else None

    def _value_reference_price(self, rules):
        """Return the price of a unit without any discount, without tax.

        It is the sales price, or that of the pricelist where it is higher.

        :param rules: the rules of the order's pricelist
        """
        order = self.order_id
        line = self.with_company(order.company_id)
        product = line.product_id.with_context(**line._get_product_price_context())
        kwargs = line._get_pricelist_kwargs()
        kwargs["uom"] = kwargs["uom"] or product.uom_id
        listed = product._price_compute(
            "list_price",
            kwargs["uom"],
            kwargs["currency"],
            order.company_id,
            kwargs["date"],
        )[product.id]
        rule = line._value_pricelist_rule(product, rules, kwargs)
        price = max(listed, rule._compute_price(product, **kwargs)) if rule else listed
        price += line._value_extras()
        taxes = product.taxes_id._filter_taxes_by_company(order.company_id)
        return line._value_untaxed(
            product._get_tax_included_unit_price_from_price(
                price, product_taxes=taxes, fiscal_position=order.fiscal_position_id
            )
        )

    def _value_pricelist_rule(self, product, rules, kwargs):
        """Return the first rule of the pricelist that fits."""
        date = kwargs["date"]
        quantity = kwargs["uom"]._compute_quantity(
            kwargs["quantity"], product.uom_id, raise_if_failure=False
        )
        for rule in rules:
            begun = not rule.date_start or rule.date_start <= date
            over = rule.date_end and rule.date_end < date
            if begun and not over and rule._is_applicable_for(product, quantity):
                return rule
        return rules.browse()

    def _value_extras(self):
        """Return what the chosen items of a combo cost more."""
        return sum(
            part.combo_item_id.extra_price
            + part.product_id._get_no_variant_attributes_price_extra(
                part.product_no_variant_attribute_value_ids
            )
            for part in self._value_priced_parts() - self
        )
