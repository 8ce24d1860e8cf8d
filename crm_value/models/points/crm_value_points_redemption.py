from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CrmValuePoints(models.AbstractModel):
    """Redemption: points spent by the reward lines of confirmed orders."""

    _inherit = "crm.value.points"

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


# A reward can be split over lines of several taxes, of which one has the cost: they
# count together. What a credit note gives back of it gives back its share of the
# points; of a free product, whose price is zero, by quantity. No reward costs less than
# nothing, whatever somebody writes on the line.
DUE = """
    SELECT line.order_id, line.card_id,
           ROUND(SUM(line.cost * (1 - LEAST(GREATEST(COALESCE(
               billed.credited / NULLIF(billed.invoiced, 0), 0), 0), 1)))::numeric, 2
           ) AS points
      FROM (SELECT line.order_id, line.coupon_id AS card_id,
                   SUM(CASE line.product_uom_qty WHEN 0 THEN 0
                       ELSE GREATEST(line.points_cost, 0) END) AS cost,
                   ARRAY_AGG(line.id) AS ids
              FROM sale_order_line line
              JOIN sale_order orders ON orders.id = line.order_id
              JOIN loyalty_card card ON card.id = line.coupon_id
             WHERE card.value_ledger AND line.reward_id IS NOT NULL
               AND orders.state = 'sale'
             GROUP BY line.order_id, line.coupon_id, line.reward_identifier_code) line
      LEFT JOIN LATERAL (
           SELECT SUM(part.weight) FILTER (WHERE NOT part.credits) AS invoiced,
                  SUM(part.weight * part.direction) FILTER (WHERE part.credits)
                      AS credited
             FROM (SELECT move.move_type = 'out_refund' OR undone.id IS NOT NULL
                              AS credits,
                          CASE move.move_type WHEN 'out_refund' THEN 1 ELSE -1 END
                              AS direction,
                          CASE reward.reward_type WHEN 'product' THEN item.quantity
                              ELSE ABS(item.amount_currency) END AS weight
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
