from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...const import USER
from ...given import number

MONEY = ("price", "floor")


class SaleOrder(models.Model):
    """Tells, for lines that may not be saved, what the customer paid before."""

    _inherit = "sale.order"

    @api.model
    @api.readonly
    def get_price_memory(self, order, lines):
        """Return {key of a line: its ruler}, by a few queries for all lines together.

        :param order: dict of id (0 before it is saved), partner_id, company_id and
            currency_id
        :param lines: dicts of key, product_id, product_uom_id, the net price of that
            unit that is typed, and its floor; both may be None
        """
        self.check_access("read")
        if not self.env.user.has_group(USER):
            raise AccessError(self.env._("Prices are told to who sells."))
        ids, lines = self._value_order_ids(order), self._value_lines_asked(lines)
        company = self.env.companies.filtered(lambda c: c.id == ids["company_id"])
        customer = self.env["res.partner"].browse(ids["partner_id"])
        customer.check_access("read")
        currency = self.env["res.currency"].browse(ids["currency_id"]).exists()
        if not company or not currency:
            raise UserError(self.env._("This quotation cannot be read."))
        return self.env["crm.value.price.ruler"]._rulers(
            company, currency, customer.commercial_partner_id, lines, ids["id"]
        )

    @api.model
    def _value_order_ids(self, order):
        """Return the ids of an order that a screen sends, after a look at them."""
        names = ("id", "partner_id", "company_id", "currency_id")
        ids = {name: self._value_id(order, name) for name in names}
        if not all(ids[name] for name in names[1:]):
            raise UserError(self.env._("Choose a customer first."))
        return ids

    @api.model
    def _value_id(self, told, name):
        found = told.get(name) if isinstance(told, dict) else told
        if found and not number(found):
            raise UserError(self.env._("This quotation cannot be read."))
        return number(found)

    @api.model
    def _value_lines_asked(self, lines):
        """Return the lines that a screen sends, with their products and units."""
        if not isinstance(lines, list):
            raise UserError(self.env._("This quotation cannot be read."))
        product, unit = self.env["product.product"], self.env["uom.uom"]
        asked = []
        for line in lines:
            money = [line.get(n) if isinstance(line, dict) else "" for n in MONEY]
            if any(type(one) not in (int, float, type(None)) for one in money):
                raise UserError(self.env._("This quotation cannot be read."))
            asked.append(
                {
                    "key": str(line.get("key")),
                    "product": product.browse(self._value_id(line, "product_id")),
                    "unit": unit.browse(self._value_id(line, "product_uom_id")),
                    **dict(zip(MONEY, money, strict=True)),
                }
            )
        products = product.union(*(line["product"] for line in asked)).exists()
        products.check_access("read")
        units = unit.union(*(line["unit"] for line in asked)).exists()
        return [
            {**line, "product": line["product"].with_prefetch(products._ids)}
            for line in asked
            if line["product"] in products and line["unit"] in units
        ]
