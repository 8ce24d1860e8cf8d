from odoo import models
from odoo.tools import SQL


class LoyaltyProgram(models.Model):
    """What happens when the ledger of a program with cards is switched on."""

    _inherit = "loyalty.program"

    def _value_gather_cards(self):
        """Give the cards of contacts to their companies, one card for each."""
        cards = self.env["loyalty.card"].search(
            [("program_id", "in", self.ids), ("partner_id", "!=", False)], order="id"
        )
        for program in self:  # a handful of programs, not customers
            mine = cards.filtered(
                lambda card, program=program: card.program_id == program
            )
            mine._value_combine_by_customer()

    def _value_open_ledger(self):
        """Make the lines of each card add up to its balance.

        Lines from before keep what they say; their points count from today, so that
        they do not expire on the day the ledger is opened. Orders that spent points
        without a line get one, so that they can give them back; the opening line is
        the rest.
        """
        if not self:
            return
        self.env.flush_all()
        params = {
            "programs": self.ids,
            "user": self.env.uid,
            "opening": self.env._("Balance when the ledger was opened"),
            "spent": self.env._("Spent before the ledger was opened"),
        }
        self.env.cr.execute(SQL(CLASSIFY, **params))
        self.env.cr.execute(SQL(SPENT, **params))
        self.env.cr.execute(SQL(OPENING, **params))
        self.env.invalidate_all()


CLASSIFY = """
    UPDATE loyalty_history line
       SET value_kind = CASE
               WHEN line.order_id IS NULL THEN 'manual'
               WHEN COALESCE(line.used, 0) = 0 THEN 'earned'
               WHEN COALESCE(line.issued, 0) = 0 THEN 'spent'
               ELSE 'other' END,
           issued = COALESCE(line.issued, 0),
           used = COALESCE(line.used, 0),
           value_order_id = orders.id,
           value_day = line.create_date::date,
           value_date = CURRENT_DATE
      FROM loyalty_history same
      JOIN loyalty_card card ON card.id = same.card_id
      LEFT JOIN sale_order orders
        ON orders.id = same.order_id AND same.order_model = 'sale.order'
     WHERE line.id = same.id
       AND line.value_kind IS NULL
       AND card.program_id = ANY(%(programs)s)
"""
# An order that was confirmed before Odoo kept lines has spent points as well.
SPENT = """
    INSERT INTO loyalty_history (card_id, description, issued, used, order_model,
        order_id, value_kind, value_order_id, value_key, value_day, value_date,
        create_uid, write_uid, create_date, write_date)
    SELECT cost.coupon_id, %(spent)s, 0, cost.points - COALESCE(booked.points, 0),
           'sale.order', cost.order_id, 'spent', cost.order_id,
           'opening:' || cost.order_id, CURRENT_DATE, CURRENT_DATE,
           %(user)s, %(user)s, NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM (SELECT line.order_id, line.coupon_id,
                   ROUND(SUM(line.points_cost)::numeric, 2) AS points
              FROM sale_order_line line
              JOIN sale_order orders ON orders.id = line.order_id
              JOIN loyalty_card card ON card.id = line.coupon_id
             WHERE card.program_id = ANY(%(programs)s) AND orders.state = 'sale'
             GROUP BY line.order_id, line.coupon_id) cost
      LEFT JOIN (SELECT value_order_id, card_id,
                        ROUND(SUM(CASE value_kind WHEN 'given_back' THEN -issued
                            ELSE used END)::numeric, 2) AS points
                   FROM loyalty_history
                  WHERE value_kind IN ('spent', 'given_back', 'other')
                  GROUP BY value_order_id, card_id) booked
        ON booked.value_order_id = cost.order_id AND booked.card_id = cost.coupon_id
     WHERE cost.points > COALESCE(booked.points, 0)
    ON CONFLICT DO NOTHING
"""
OPENING = """
    INSERT INTO loyalty_history (card_id, description, issued, used, value_kind,
        value_day, value_date, create_uid, write_uid, create_date, write_date)
    SELECT id, %(opening)s, GREATEST(missing, 0), GREATEST(-missing, 0), 'opening',
           CURRENT_DATE, CURRENT_DATE, %(user)s, %(user)s,
           NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM (SELECT card.id, ROUND((COALESCE(card.points, 0)
                   - COALESCE(SUM(line.issued - line.used), 0))::numeric, 2) AS missing
              FROM loyalty_card card
              LEFT JOIN loyalty_history line ON line.card_id = card.id
             WHERE card.program_id = ANY(%(programs)s)
             GROUP BY card.id) balance
     WHERE missing <> 0
"""
