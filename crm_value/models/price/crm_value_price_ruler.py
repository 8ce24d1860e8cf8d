from odoo import api, models
from odoo.tools import format_date, formatLang

from ... import words
from ...analytics.price.ruler import differ, places
from ..quotation.crm_value_sold import INVOICE, ORDER


class CrmValuePriceRuler(models.AbstractModel):
    """Puts what is known of a line's price on one scale, and into words.

    Whoever may not see the customer's profile is told what is offered to it now, and
    nothing of what it paid.
    """

    _name = "crm.value.price.ruler"
    _description = "Price Ruler"

    @api.model
    def _rulers(self, company, currency, customer, lines, order_id):
        """Return {key of a line: what is drawn and said}, as plain data.

        :param lines: dicts of key, product, unit, and price and floor of that unit
        :param order_id: the quotation they are of, which is no other offer
        """
        memory = self.env["crm.value.price.memory"]
        asked = (company, currency, customer, [line["product"].id for line in lines])
        closed = self._is_closed(company, customer)
        theirs = {} if closed else memory._theirs(*asked)
        alike = {} if closed else memory._alike(*asked)
        offers = memory._offers(company, currency, customer, asked[-1])
        rulers = {}
        for line in lines:
            product = line["product"].id
            others = [
                offer
                for offer in offers.get((customer.id, product), ())
                if offer["document_id"] != order_id
            ]
            known = {"currency": currency, "closed": closed, "offers": others}
            known |= {"theirs": theirs.get(product, {}), "alike": alike.get(product)}
            rulers[line["key"]] = self._ruler({**line, **known})
        return rulers

    @api.model
    def _is_closed(self, company, customer):
        """Return whether the customer's profile is closed to the reader."""
        profiles = self.env["crm.value.profile"]
        own = [("company_id", "=", company.id), ("partner_id", "=", customer.id)]
        known = profiles.sudo().search(own, limit=1)
        return bool(known) and not profiles.browse(known.id)._filtered_access("read")

    @api.model
    def _ruler(self, line):
        kinds = [line["theirs"][k] for k in (INVOICE, ORDER) if k in line["theirs"]]
        last = max(kinds, key=lambda row: row["day"], default=None)
        prices = self._prices(line, kinds, last)
        at = dict(zip(prices, places([*prices.values()]), strict=True))
        texts = {name: self._money(line, price) for name, price in prices.items()}
        return {
            "product": line["product"].display_name,
            "about": self.env._(
                "Net price per %(unit)s", unit=line["unit"].display_name
            ),
            "is_closed": line["closed"],
            "at": at,
            "texts": texts,
            "rows": [self._row(line, row) for row in kinds],
            "alike": self._say_alike(line, texts),
            "says": [
                *self._say_last(line, last),
                *(self._say_offer(line, offer) for offer in line["offers"]),
            ],
        }

    @api.model
    def _prices(self, line, kinds, last):
        """Return what stands on the scale, in the unit of the line; None: unknown."""
        alike = line["alike"] or {"low": None, "high": None}
        offer = line["offers"][0]["price"] if line["offers"] else None
        own = {
            "low": min((row["low"] for row in kinds), default=None),
            "last": last and last["price"],
            "high": max((row["high"] for row in kinds), default=None),
            "from": alike["low"],
            "to": alike["high"],
            "offer": offer,
        }
        prices = {name: self._in_unit(line, price) for name, price in own.items()}
        return {**prices, "floor": line["floor"], "typed": line["price"]}

    @api.model
    def _in_unit(self, line, price):
        own = line["product"].uom_id
        return None if price is None else own._compute_price(price, line["unit"])

    @api.model
    def _money(self, line, price):
        known = price is not None
        return (
            formatLang(self.env, price, currency_obj=line["currency"]) if known else ""
        )

    @api.model
    def _row(self, line, row):
        labels = {
            INVOICE: self.env._("Invoices"),
            ORDER: self.env._("Orders"),
        }
        prices = {
            name: self._money(line, self._in_unit(line, row[name]))
            for name in ("price", "low", "high")
        }
        return {
            "label": labels[row["kind"]],
            "count": words.number(self.env, row["count"]),
            "date": format_date(self.env, row["day"]),
            **prices,
        }

    @api.model
    def _say_alike(self, line, texts):
        if line["closed"]:
            return self.env._("What a colleague's customer paid is not shown to you.")
        if not line["alike"]:
            return self.env._("No comparable customer bought it within a year.")
        count = words.customers(self.env, line["alike"]["count"])
        if line["alike"]["low"] is None:
            return self.env._(
                "Bought by %(customers)s like this one: too few to compare.",
                customers=count,
            )
        return self.env._(
            "Of %(customers)s like this one, the middle half pays %(low)s to %(high)s.",
            customers=count,
            low=texts["from"],
            high=texts["to"],
        )

    @api.model
    def _say_last(self, line, last):
        if not last:
            return []
        texts = {
            "salesperson": self.env["res.users"].sudo().browse(last["user_id"]).name,
            "price": self._money(line, self._in_unit(line, last["price"])),
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
    def _say_offer(self, line, offer):
        # Of a colleague's quotation: its name, and whose it is.
        other = self.env["sale.order"].sudo().browse(offer["document_id"])
        price, typed = self._in_unit(line, offer["price"]), line["price"]
        rounding = line["currency"].rounding
        is_same = typed is not None and not differ(price, typed, rounding)
        said = self.env._(
            "%(salesperson)s offers it at %(price)s in %(order)s.",
            salesperson=other.user_id.name or other.name,
            price=self._money(line, price),
            order=other.name,
        )
        return {"text": said, "tone": "" if is_same else "danger"}
