from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, formatLang

from ... import words
from ...analytics.price.ruler import differ, places
from ...const import USER
from ..quotation.crm_value_sold import INVOICE, ORDER

BIGGEST = 2**31  # no id is
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
        ids, lines = self._value_order_ids(order), self._value_lines_asked(lines)
        self.check_access("read")
        if not self.env.user.has_group(USER):
            raise AccessError(self.env._("Prices are told to who sells."))
        company = self.env.companies.filtered(lambda c: c.id == ids["company_id"])
        customer = self.env["res.partner"].browse(ids["partner_id"])
        customer.check_access("read")
        currency = self.env["res.currency"].browse(ids["currency_id"]).exists()
        if not company or not currency:
            raise UserError(self.env._("This quotation cannot be read."))
        asked = (company, currency, customer.commercial_partner_id)
        return self._value_rulers(ids["id"], asked, lines)

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
        found = told.get(name) or 0 if isinstance(told, dict) else None
        if type(found) is not int or not 0 <= found < BIGGEST:
            raise UserError(self.env._("This quotation cannot be read."))
        return found

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

    # --- the ruler ---

    @api.model
    def _value_rulers(self, order_id, asked, lines):
        company, currency, customer = asked
        memory = self.env["crm.value.price.memory"]
        products = [line["product"].id for line in lines]
        theirs = memory._theirs(*asked, products)
        alike = memory._alike(*asked, products)
        offers = memory._offers(company, currency, customer, products)
        return {
            line["key"]: self._value_ruler(
                line,
                currency,
                theirs.get(line["product"].id, {}),
                alike.get(line["product"].id),
                [
                    offer
                    for offer in offers.get((customer.id, line["product"].id), ())
                    if offer["document_id"] != order_id
                ],
            )
            for line in lines
        }

    @api.model
    def _value_ruler(self, line, currency, theirs, alike, offers):
        """Return what is drawn and said of one line, in its unit, as plain data."""
        own = line["product"].uom_id

        def money(price):
            return formatLang(self.env, price, currency_obj=currency)

        def in_unit(price):
            known = price is not None
            return own._compute_price(price, line["unit"]) if known else None

        kinds = [theirs[kind] for kind in (INVOICE, ORDER) if kind in theirs]
        last = max(kinds, key=lambda row: row["day"], default=None)
        prices = {
            "low": in_unit(min((row["low"] for row in kinds), default=None)),
            "last": in_unit(last and last["price"]),
            "high": in_unit(max((row["high"] for row in kinds), default=None)),
            "from": in_unit(alike and alike["low"]),
            "to": in_unit(alike and alike["high"]),
            "offer": in_unit(offers[0]["price"] if offers else None),
            "floor": line["floor"],
            "typed": line["price"],
        }
        at = dict(zip(prices, places([*prices.values()]), strict=True))
        return {
            "product": line["product"].display_name,
            "unit": line["unit"].display_name,
            "at": at,
            "texts": {
                name: money(price) if price is not None else ""
                for name, price in prices.items()
            },
            "rows": [self._value_memory_row(row, in_unit, money) for row in kinds],
            "alike": self._value_say_alike(alike, prices, money),
            "says": [
                *self._value_say_last(last, in_unit, money),
                *(
                    self._value_say_offer(offer, in_unit, money, line, currency)
                    for offer in offers
                ),
            ],
        }

    @api.model
    def _value_memory_row(self, row, in_unit, money):
        labels = {
            INVOICE: self.env._("Invoiced"),
            ORDER: self.env._("Ordered"),
        }
        return {
            "label": labels[row["kind"]],
            "count": words.number(self.env, row["count"]),
            "date": format_date(self.env, row["day"]),
            **{name: money(in_unit(row[name])) for name in ("price", "low", "high")},
        }

    @api.model
    def _value_say_alike(self, alike, prices, money):
        if not alike:
            return self.env._("No comparable customer bought it within a year.")
        count = words.customers(self.env, alike["count"])
        if alike["low"] is None:
            return self.env._(
                "Bought by %(customers)s like this one: too few to compare.",
                customers=count,
            )
        return self.env._(
            "Of %(customers)s like this one, the middle half pays %(low)s to %(high)s.",
            customers=count,
            low=money(prices["from"]),
            high=money(prices["to"]),
        )

    @api.model
    def _value_say_last(self, last, in_unit, money):
        if not last:
            return []
        texts = {
            "salesperson": self.env["res.users"].sudo().browse(last["user_id"]).name,
            "price": money(in_unit(last["price"])),
            "date": format_date(self.env, last["day"]),
        }
        if texts["salesperson"]:
            said = self.env._(
                "%(salesperson)s sold it to them at %(price)s on %(date)s.", **texts
            )
        else:
            said = self.env._("It was sold to them at %(price)s on %(date)s.", **texts)
        return [{"text": said, "tone": ""}]

    @api.model
    def _value_say_offer(self, offer, in_unit, money, line, currency):
        other = self.sudo().browse(offer["document_id"])  # its name, and whose it is
        price = in_unit(offer["price"])
        is_same = line["price"] is not None and not differ(
            price, line["price"], currency.rounding
        )
        said = self.env._(
            "%(salesperson)s offers it at %(price)s in %(order)s.",
            salesperson=other.user_id.name or other.name,
            price=money(price),
            order=other.name,
        )
        return {"text": said, "tone": "" if is_same else "danger"}
