from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

LATER = timedelta(minutes=15)


class LoyaltyCard(models.Model):
    """Batch jobs on cards: settle, expire, notify, reconcile, merge."""

    _inherit = "loyalty.card"

    def _value_settle(self):
        self.env["crm.value.points"]._settle(self)

    def _value_expire(self):
        if cards := self._value_with_an_end():
            self.env["crm.value.points"]._expire(cards)

    def _value_plan_notices(self):
        if cards := self._value_with_an_end():
            self.env["crm.value.points"]._plan_notices(cards)

    def _value_with_an_end(self):
        """Return the cards with points that expire one day."""
        return self.filtered(
            lambda card: card.points > 0 and card.program_id.value_expiry != "none"
        )

    def _value_check(self):
        self.env["crm.value.points"]._check(self)

    @api.model
    def _try_again(self):
        """Queue another round for later; a running one would swallow a call now."""
        cron = self.env.ref("crm_value.ir_cron_points").sudo()
        cron._trigger(fields.Datetime.now() + LATER)

    @api.model
    def _trigger(self):
        # Whoever works on a document need not be allowed to edit crons.
        self.env.ref("crm_value.ir_cron_points").sudo()._trigger()

    def _fail(self, error):
        """Report a card that does not follow its documents."""
        self.env["crm.value.points.issue"]._report(
            [(card.id, "failed", 0, 0) for card in self], message=str(error)
        )

    @api.model
    def _value_gather_astray(self):
        """Merge cards of contacts that now belong to a company into its card."""
        self.env.flush_all()
        cards = self.browse(row[0] for row in self.env.execute_query(SQL(ASTRAY)))
        if cards:
            customers = cards.partner_id.commercial_partner_id
            companies = self.search(
                [
                    ("program_id", "in", cards.program_id.ids),
                    ("partner_id", "in", customers.ids),
                ]
            )
            (cards | companies)._value_combine_by_customer()

    # --- Two cards of a customer become one: lines, balances and documents add up ---

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
                    "Card %(code)s of %(customer)s was merged into this one.",
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


ASTRAY = """
    SELECT card.id
      FROM loyalty_card card
      JOIN res_partner holder ON holder.id = card.partner_id
     WHERE card.value_ledger AND card.active
       AND holder.commercial_partner_id <> holder.id
"""
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
       SET points = ROUND((COALESCE(points, 0) + moved) * 100) / 100
      FROM (SELECT pair.new, SUM(COALESCE(points, 0)) AS moved
              FROM loyalty_card JOIN %(pairs)s ON loyalty_card.id = pair.old
             GROUP BY pair.new) source
     WHERE card.id = source.new
    """,
    "UPDATE loyalty_card SET points = 0 WHERE id = ANY(%(old)s)",
)
