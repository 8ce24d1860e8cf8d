from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...analytics.quotation import rhythm
from ...analytics.suggestion import likeness
from ...const import to_day
from .const import DUE, NEW, NEW_DAYS, SIMILAR

SOME = 30  # candidates of a kind that are ranked by what they bring
UNKNOWN = float("nan")


class CrmValueOffer(models.Model):
    """Finds what a customer may want: due again, bought as well, new in a category.

    A candidate is a dict of columns of the offer, with ``worth`` (margin of a purchase,
    NaN unknown) and ``relevance`` (1 for the best of its kind).
    """

    _inherit = "crm.value.offer"

    @api.model
    def _candidates(self, company, customer, given, today):
        """Return the candidates of a customer with some products on the quotation.

        What the customer has bought is suggested again when it is due, not before.
        """
        items = self.env["crm.value.facts"]._gather_items(company, today, customer.ids)
        own = rhythm.rhythms(items["partner"], items["product"], items["day"])
        basket = sorted({*own["product"].tolist(), *given})
        found = {}
        for one in (
            *self._due(items, own, to_day(today)),
            *self._similar(company, basket),
            *self._new(company, own, basket, today),
        ):
            found.setdefault(one["product_id"], one)
        return list(found.values())

    @api.model
    def _due(self, items, own, today):
        """Return what the customer's own cycle says is due, the quantity as last."""
        relevance = rhythm.due(own["last"], own["gap"], today)
        found = []
        for at in np.flatnonzero(relevance > 0):
            rows = items["product"] == own["product"][at]
            margins = items["margin"][rows]
            known = margins[~np.isnan(margins)]
            found.append(
                {
                    "product_id": int(own["product"][at]),
                    "kind": DUE,
                    "since_days": int(today - own["last"][at]),
                    "cycle_days": round(float(own["gap"][at])),
                    "quantity": float(items["quantity"][rows][-1]),
                    "worth": float(known.mean()) if known.size else UNKNOWN,
                    "relevance": float(relevance[at]),
                }
            )
        return found

    @api.model
    def _similar(self, company, basket):
        """Return what customers of the same products buy, and what says most for it."""
        self.env["crm.value.likeness"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product_id, other_id, shared, buyers, likeness, worth
                  FROM crm_value_likeness
                 WHERE company_id = %s AND product_id = ANY(%s) AND other_id <> ALL(%s)
                """,
                company.id,
                basket,
                basket,
            )
        )
        other, alike = (np.array([row[at] for row in rows]) for at in (1, 4))
        products, scores, reasons = likeness.scored(other, alike)
        found = []
        for at, score in enumerate(scores[:SOME]):
            because, _other, shared, buyers, _likeness, worth = rows[reasons[at]]
            found.append(
                {
                    "product_id": int(products[at]),
                    "kind": SIMILAR,
                    "because_id": because,
                    "hits": shared,
                    "base": buyers,
                    "quantity": 1.0,
                    "worth": UNKNOWN if worth is None else worth,
                    "relevance": float(score / scores[0]),
                }
            )
        return found

    @api.model
    def _new(self, company, own, basket, today):
        """Return new products of the categories that the customer buys."""
        bought = self.env["product.product"].browse(own["product"].tolist())
        times = {}
        for product, count in zip(bought, own["times"].tolist(), strict=True):
            category = product.categ_id.id
            times[category] = times.get(category, 0) + count
        products = self.env["product.product"].search(
            [
                ("categ_id", "in", [*filter(None, times)]),
                ("create_date", ">=", today - timedelta(days=NEW_DAYS)),
                ("id", "not in", basket),
                ("sale_ok", "=", True),
            ],
            order="create_date DESC, id DESC",
            limit=SOME,
        )
        total = sum(times.values())
        return [
            {
                "product_id": product.id,
                "kind": NEW,
                "hits": times[product.categ_id.id],
                "base": total,
                "quantity": 1.0,
                "worth": product.lst_price - product.standard_price
                if product.standard_price
                else UNKNOWN,
                "relevance": times[product.categ_id.id] / total,
            }
            for product in products
        ]
