from operator import itemgetter

from odoo import api, models
from odoo.tools import SQL, groupby

from ...analytics.points import points

SETTLED = ("paid", "in_payment", "reversed", "invoicing_legacy")


class CrmValuePoints(models.AbstractModel):
    """Reads from invoices and credit notes how many points orders earn."""

    _inherit = "crm.value.points"

    @api.model
    def _lots(self, cards):
        """Return the lots of all accruals of some cards.

        :return: list of dicts with ids of ``promise`` and ``move``, ``date``, money
            ``amount`` and ``credited``, hundredths ``own_points`` and ``points``, and
            whether the invoice is ``settled``
        """
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(DOCUMENTS, cards=cards.ids, settled=list(SETTLED))
        )
        lots = []
        for promise, documents in groupby(rows, itemgetter("promise")):
            lots += self._lots_of(promise, documents)
        return lots

    @api.model
    def _lots_of(self, promise, documents):
        """Return the lots of one accrual; ``documents`` stand in order of their ids."""
        at = {document["move"]: n for n, document in enumerate(documents)}
        parents = [at.get(document["reverses"], -1) for document in documents]
        left = points.standing(
            [document["amount"] for document in documents],
            parents,
            [  # what is invoiced again counts again once it is paid
                document["settled"] or parent < 0 or document["amount"] < 0
                for document, parent in zip(documents, parents, strict=True)
            ],
        )
        lots = sorted(
            (n for n, d in enumerate(documents) if parents[n] < 0 and d["amount"] > 0),
            key=lambda n: (documents[n]["date"], documents[n]["move"]),
        )
        direct, loose = self._credit(documents, parents, left)
        own = [documents[n]["amount"] for n in lots]
        credited = points.allot(own, [direct.get(n, 0.0) for n in lots], loose)
        head = documents[0]
        invoiced, entitled = points.entitlements(
            round(head["points"] * 100), head["base"], own, credited
        )
        return [
            {
                "promise": promise,
                "move": documents[n]["move"],
                "date": documents[n]["date"],
                "amount": own[i],
                "credited": float(credited[i]),
                "own_points": int(invoiced[i]),
                "points": int(entitled[i]),
                "settled": documents[n]["settled"],
            }
            for i, n in enumerate(lots)
        ]

    @api.model
    def _credit(self, documents, parents, left):
        """Return (money credited by position of the invoice, money of the others)."""
        direct, loose = {}, 0.0
        for n, parent in enumerate(parents):
            if documents[n]["amount"] >= 0:
                continue
            if parent >= 0 and documents[parent]["amount"] > 0 > left[n]:
                direct[parent] = direct.get(parent, 0.0) - left[n]
            elif parent < 0:
                loose -= left[n]
        return direct, loose


# A line of an invoice counts for one order. A credit note may have lines of no order,
# say for goodwill: they count against its invoice, and there by the order's share.
DOCUMENTS = """
    WITH promise AS (
        SELECT promise.id, promise.order_id, promise.amount AS base,
               CASE orders.state WHEN 'sale' THEN promise.points ELSE 0 END AS points,
               orders.currency_id, COALESCE(orders.currency_rate, 1) AS rate
          FROM crm_value_promise promise
          JOIN sale_order orders ON orders.id = promise.order_id
         WHERE promise.card_id = ANY(%(cards)s)
    ), own AS (
        SELECT item.promise, item.move_id, SUM(item.amount) AS amount
          FROM (SELECT DISTINCT ON (promise.id, item.id)
                       promise.id AS promise, item.move_id,
                       CASE item.currency_id WHEN promise.currency_id
                           THEN -item.amount_currency
                           ELSE -item.balance * promise.rate END AS amount
                  FROM promise
                  JOIN sale_order_line line ON line.order_id = promise.order_id
                  JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
                  JOIN account_move_line item ON item.id = rel.invoice_line_id
                 WHERE line.reward_id IS NULL AND line.is_downpayment IS NOT TRUE
                   AND item.display_type = 'product' AND item.parent_state = 'posted'
               ) item
         GROUP BY item.promise, item.move_id
    ), other AS (
        SELECT own.promise, credit.id AS move_id,
               own.amount * SUM(-item.amount_currency) / NULLIF(whole.amount, 0)
                   AS amount
          FROM own
          JOIN account_move credit ON credit.reversed_entry_id = own.move_id
          JOIN account_move_line item ON item.move_id = credit.id
          JOIN LATERAL (
               SELECT SUM(-part.amount_currency) AS amount
                 FROM account_move_line part
                WHERE part.move_id = own.move_id AND part.display_type = 'product'
                  AND part.is_downpayment IS NOT TRUE) whole ON TRUE
         WHERE credit.state = 'posted' AND credit.move_type = 'out_refund'
           AND item.display_type = 'product'
           AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                            WHERE rel.invoice_line_id = item.id)
         GROUP BY own.promise, own.amount, credit.id, whole.amount
    )
    SELECT promise.id AS promise, promise.points, promise.base, move.id AS move,
           COALESCE(move.invoice_date, move.date) AS date,
           move.reversed_entry_id AS reverses,
           move.payment_state = ANY(%(settled)s) AS settled,
           SUM(part.amount)::float8 AS amount
      FROM (TABLE own UNION ALL TABLE other) part
      JOIN promise ON promise.id = part.promise
      JOIN account_move move ON move.id = part.move_id
     GROUP BY promise.id, promise.points, promise.base, move.id
    HAVING SUM(part.amount) <> 0
     ORDER BY promise.id, move.id
"""
