from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

LATER = timedelta(minutes=15)


class LoyaltyCard(models.Model):
    """What crons do with a batch of cards."""

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
        """Begin another round, later: one at work would take up a call of now."""
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
        """Join the cards of contacts that belong to a company by now to its card."""
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


ASTRAY = """
    SELECT card.id
      FROM loyalty_card card
      JOIN res_partner holder ON holder.id = card.partner_id
     WHERE card.value_ledger AND card.active
       AND holder.commercial_partner_id <> holder.id
"""
