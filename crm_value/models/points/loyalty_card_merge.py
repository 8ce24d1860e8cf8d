from odoo import models
from odoo.tools import SQL


class LoyaltyCard(models.Model):
    """Two cards of a customer become one: lines, balances and documents add up."""

    _inherit = "loyalty.card"

    def _value_combine_by_customer(self, customer=None):
        """Give each card to the commercial partner of its holder; one card for each.

        The card of the customer itself stays, else the oldest one.

        :param customer: who gets all of them instead
        """
        customers = {
            card: customer or card.partner_id.commercial_partner_id for card in self
        }
        into = {}
        for cards in self.grouped(
            lambda card: (card.program_id, customers[card])
        ).values():
            own = cards.filtered(lambda card: card.partner_id == customers[card])
            final = (own or cards).sorted("id")[:1]
            into.update(dict.fromkeys(cards - final, final))
        self._value_combine(into)
        for card in self - self.browse(card.id for card in into):
            if card.partner_id != customers[card]:  # few: contacts that moved
                card.partner_id = customers[card]

    def _value_combine(self, into):
        """Move everything of some cards to others; ``into``: card → card that stays."""
        if not into:
            return
        self.env.flush_all()
        old = self.browse(card.id for card in into)
        pairs = SQL(
            "(SELECT UNNEST(%s) AS old, UNNEST(%s) AS new) pair",
            old.ids,
            [card.id for card in into.values()],
        )
        for table, column in REFERENCES:
            self._value_repoint(table, column, pairs)
        for statement in MOVES:
            self.env.cr.execute(SQL(statement, pairs=pairs, old=old.ids))
        self.env.invalidate_all()
        old.write({"active": False})
        old.flush_recordset(["active"])  # before the one that stays changes hands
        for card, final in into.items():
            final._message_log(
                body=self.env._(
                    "The card %(code)s of %(customer)s was joined to this one.",
                    code=card.code,
                    customer=card.partner_id.display_name,
                )
            )

    def _value_repoint(self, table, column, pairs):
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = pair.new FROM %(pairs)s"
                " WHERE %(column)s = pair.old",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                pairs=pairs,
            )
        )


REFERENCES = (
    ("loyalty_history", "card_id"),
    ("crm_value_promise", "card_id"),
    ("crm_value_earning", "card_id"),
    ("sale_order_line", "coupon_id"),
)
# All lines move, and the balances with them: each card is the sum of its lines.
MOVES = (
    """
    INSERT INTO loyalty_card_sale_order_rel (sale_order_id, loyalty_card_id)
    SELECT sale_order_id, pair.new
      FROM loyalty_card_sale_order_rel JOIN %(pairs)s ON loyalty_card_id = pair.old
    ON CONFLICT DO NOTHING
    """,
    "DELETE FROM loyalty_card_sale_order_rel WHERE loyalty_card_id = ANY(%(old)s)",
    "DELETE FROM sale_order_coupon_points WHERE coupon_id = ANY(%(old)s)",
    """
    UPDATE loyalty_card card
       SET points = ROUND((COALESCE(points, 0) + moved)::numeric, 2)
      FROM (SELECT pair.new, SUM(COALESCE(points, 0)) AS moved
              FROM loyalty_card JOIN %(pairs)s ON loyalty_card.id = pair.old
             GROUP BY pair.new) source
     WHERE card.id = source.new
    """,
    "UPDATE loyalty_card SET points = 0 WHERE id = ANY(%(old)s)",
)
