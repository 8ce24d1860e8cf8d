from operator import itemgetter

import numpy as np

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, groupby

from ...analytics.points import points

SETTLED = ("paid", "in_payment", "reversed", "invoicing_legacy")
# A line of an invoice counts for one order. A credit note may have lines of no order,
# say for goodwill: they count against the first document of its chain, and there by the
# order's share. Money of two currencies is compared in that of the company.
INVOICED = """sale.id IN (
    SELECT item.move_id
      FROM crm_value_promise promise
      JOIN sale_order_line line ON line.order_id = promise.order_id
      JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
      JOIN account_move_line item ON item.id = rel.invoice_line_id
     WHERE promise.card_id = ANY(%(cards)s))
"""
DOCUMENTS = """
    WITH RECURSIVE promise AS (
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
    ), chain AS (
        SELECT own.promise, own.move_id AS first, own.amount, credit.id AS move_id
          FROM own
          JOIN account_move invoice ON invoice.id = own.move_id
          JOIN account_move credit ON credit.reversed_entry_id = invoice.id
         WHERE invoice.move_type = 'out_invoice' AND credit.move_type = 'out_refund'
           AND credit.state = 'posted'
           AND NOT EXISTS (SELECT FROM own above
                            WHERE above.promise = own.promise
                              AND above.move_id = invoice.reversed_entry_id)
     UNION
        SELECT chain.promise, chain.first, chain.amount, again.id
          FROM chain
          JOIN account_move again ON again.reversed_entry_id = chain.move_id
         WHERE again.move_type IN ('out_invoice', 'out_refund')
           AND again.state = 'posted'
    ), other AS (
        SELECT chain.promise, chain.move_id,
               chain.amount * SUM(CASE item.currency_id WHEN invoice.currency_id
                   THEN item.amount_currency / NULLIF(whole.amount, 0)
                   ELSE item.balance / NULLIF(whole.balance, 0) END) AS amount
          FROM chain
          JOIN account_move invoice ON invoice.id = chain.first
          JOIN account_move_line item ON item.move_id = chain.move_id
          JOIN LATERAL (
               SELECT SUM(part.amount_currency) AS amount, SUM(part.balance) AS balance
                 FROM account_move_line part
                WHERE part.move_id = chain.first AND part.display_type = 'product'
                  AND part.is_downpayment IS NOT TRUE) whole ON TRUE
         WHERE item.display_type = 'product'
           AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                            WHERE rel.invoice_line_id = item.id)
         GROUP BY chain.promise, chain.amount, chain.first, chain.move_id
    )
    SELECT promise.id AS promise, promise.points, promise.base, move.id AS move,
           COALESCE(move.invoice_date, move.date) AS date,
           move.reversed_entry_id AS reverses,
           move.payment_state = ANY(%(settled)s) AS settled,
           COALESCE(written.share, 0) AS written, SUM(part.amount)::float8 AS amount
      FROM (TABLE own UNION ALL TABLE other) part
      JOIN promise ON promise.id = part.promise
      JOIN account_move move ON move.id = part.move_id
      LEFT JOIN (
           SELECT sale.id, (SUM(part.amount * loss.unpaid)
                      / NULLIF(ABS(sale.amount_total_signed), 0))::float8 AS share
             FROM (%(losses)s) loss
             JOIN account_move_line credit ON credit.move_id = loss.move_id
             JOIN account_partial_reconcile part ON part.credit_move_id = credit.id
             JOIN account_move_line due ON due.id = part.debit_move_id
             JOIN account_move sale ON sale.id = due.move_id
            GROUP BY sale.id) written ON written.id = move.id
     GROUP BY promise.id, promise.points, promise.base, move.id, written.share
    HAVING SUM(part.amount) <> 0
     ORDER BY promise.id, move.id
"""
# A reward can be split over lines of several taxes, of which one has the cost: they
# count together. What a credit note gives back of it gives back its share of the
# points; of a free product, whose price is zero, by quantity. What is billed beyond the
# order bills again what was credited. Taken off the order, with a quantity of zero, or
# with the order cancelled, it costs nothing, unless an invoice has it and keeps it. No
# reward costs less than nothing, whatever is on the line.
DUE = """
    SELECT line.order_id, line.card_id,
           ROUND(SUM(CASE WHEN billed.invoiced > 0 THEN line.cost
                          WHEN line.sold THEN line.live ELSE 0 END
               * (1 - LEAST(GREATEST(COALESCE(
               (billed.credited - GREATEST(billed.invoiced - line.ordered, 0))
               / NULLIF(LEAST(billed.invoiced, line.ordered), 0), 0), 0), 1))
               )::numeric, 2
           ) AS points
      FROM (SELECT line.order_id, line.coupon_id AS card_id,
                   SUM(GREATEST(line.points_cost, 0)) AS cost,
                   SUM(CASE line.product_uom_qty WHEN 0 THEN 0
                       ELSE GREATEST(line.points_cost, 0) END) AS live,
                   BOOL_AND(orders.state = 'sale') AS sold,
                   NULLIF(GREATEST(SUM(CASE reward.reward_type
                       WHEN 'product' THEN line.product_uom_qty
                       ELSE -line.price_subtotal END), 0), 0) AS ordered,
                   MIN(orders.currency_id) AS currency_id,
                   COALESCE(MIN(orders.currency_rate), 1) AS rate,
                   ARRAY_AGG(line.id) AS ids
              FROM sale_order_line line
              JOIN sale_order orders ON orders.id = line.order_id
              JOIN loyalty_card card ON card.id = line.coupon_id
              JOIN loyalty_reward reward ON reward.id = line.reward_id
             WHERE card.value_ledger
             GROUP BY line.order_id, line.coupon_id, line.reward_identifier_code) line
      LEFT JOIN LATERAL (
           SELECT SUM(part.given) FILTER (WHERE part.given > 0 AND NOT part.returns)
                      AS invoiced,
                  -SUM(part.given) FILTER (WHERE part.given < 0 OR part.returns)
                      AS credited
             FROM (SELECT move.move_type = 'out_refund' OR undone.id IS NOT NULL
                              AS returns,
                          CASE WHEN reward.reward_type = 'product' THEN item.quantity
                              * CASE move.move_type WHEN 'out_refund' THEN -1 ELSE 1 END
                              WHEN item.currency_id = line.currency_id
                              THEN item.amount_currency
                              ELSE item.balance * line.rate END AS given
                     FROM sale_order_line_invoice_rel rel
                     JOIN sale_order_line rewarded ON rewarded.id = rel.order_line_id
                     JOIN loyalty_reward reward ON reward.id = rewarded.reward_id
                     JOIN account_move_line item ON item.id = rel.invoice_line_id
                     JOIN account_move move ON move.id = item.move_id
                     LEFT JOIN account_move undone
                       ON undone.id = move.reversed_entry_id
                      AND undone.move_type = 'out_refund'
                    WHERE rel.order_line_id = ANY(line.ids)
                      AND item.display_type = 'product'
                      AND move.state = 'posted') part
           ) billed ON TRUE
     WHERE %(chosen)s
     GROUP BY line.order_id, line.card_id
"""
BOOKED = """
    SELECT line.order_id, line.card_id, COUNT(*) AS number,
           ROUND(SUM(CASE line.value_kind WHEN 'given_back' THEN -line.issued
               ELSE line.used END)::numeric, 2) AS points
      FROM (SELECT value_order_id AS order_id, card_id, value_kind, issued, used
              FROM loyalty_history
             WHERE value_kind IN ('spent', 'given_back', 'other')
               AND value_order_id IS NOT NULL) line
      JOIN loyalty_card card ON card.id = line.card_id AND card.value_ledger
     WHERE %(chosen)s
     GROUP BY line.order_id, line.card_id
"""
DIFFERENCES = """
    WITH due AS (%(due)s), booked AS (%(booked)s)
    SELECT order_id, card_id, orders.name,
           (COALESCE(due.points, 0) - COALESCE(booked.points, 0))::float8,
           COALESCE(booked.number, 0)
      FROM due FULL JOIN booked USING (order_id, card_id)
      JOIN sale_order orders ON orders.id = order_id
     WHERE COALESCE(due.points, 0) <> COALESCE(booked.points, 0)
     ORDER BY order_id, card_id
"""


class CrmValuePoints(models.AbstractModel):
    """What orders earn by their invoices, and what their reward lines spend."""

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
            SQL(
                DOCUMENTS,
                cards=cards.ids,
                settled=list(SETTLED),
                losses=self.env["crm.value.facts"]._write_offs(
                    self.env["res.company"]._value_all_scored(),
                    SQL(INVOICED, cards=cards.ids),
                ),
            )
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
        # What was written off was never paid: it earns no more than what is credited.
        unpaid = [documents[n]["written"] * documents[n]["amount"] for n in lots]
        credited = np.minimum(credited + unpaid, own)
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
        """Return (money credited by position of the invoice, money of the others).

        What exceeds an invoice that bills a credit note again is of the others, too.
        """
        direct, loose = {}, 0.0
        for n, parent in enumerate(parents):
            if documents[n]["amount"] >= 0:
                continue
            if parent >= 0 and documents[parent]["amount"] > 0 > left[n]:
                direct[parent] = direct.get(parent, 0.0) - left[n]
            elif parent < 0:
                loose -= left[n]
        for n, credited in direct.items():
            if parents[n] >= 0:
                loose += max(credited - documents[n]["amount"], 0.0)
        return direct, loose

    # --- points spent by the reward lines of confirmed orders ---

    @api.model
    def _settle_spent(self, cards=None, orders=None, check=False):
        """Book what rewards cost by the orders as they are, less what is booked.

        :param cards: settle all orders of these cards
        :param orders: settle these orders
        :param check: refuse to spend more than there is
        """
        self.env.flush_all()
        if orders is not None:
            chosen = SQL("line.order_id = ANY(%s)", orders.ids)
        else:
            chosen = SQL("line.card_id = ANY(%s)", cards.ids)
        due, booked = (SQL(query, chosen=chosen) for query in (DUE, BOOKED))
        rows = self.env.execute_query(SQL(DIFFERENCES, due=due, booked=booked))
        lines = self.env["loyalty.history"].create(
            [self._prepare_spent_vals(*row) for row in rows]
        )
        self._claw_back_from_refunds(lines)
        if check:
            self._check_spent(lines.filtered(lambda line: line.used > 0).card_id)

    @api.model
    def _prepare_spent_vals(self, order_id, card_id, name, points, number):
        """Return the transaction of points an order spends, or refunds if < 0."""
        return {
            "card_id": card_id,
            "issued": max(-points, 0),
            "used": max(points, 0),
            "value_kind": "spent" if points > 0 else "given_back",
            "value_key": f"spend:{order_id}:{card_id}:{number + 1}",
            "value_order_id": order_id,
            "order_model": "sale.order",
            "order_id": order_id,
            "description": self.env._("Order %(name)s", name=name),
        }

    @api.model
    def _check_spent(self, cards):
        for card in cards:
            if card.points < 0:
                raise ValidationError(
                    self.env._(
                        "%(customer)s does not have enough points for the rewards "
                        "of this order: %(missing)s more needed.",
                        customer=card.partner_id.display_name,
                        missing=card._format_points(-card.points),
                    )
                )
