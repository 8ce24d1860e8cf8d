from odoo import models
from odoo.exceptions import UserError


class LoyaltyGenerateWizard(models.TransientModel):
    """Grants points to many customers at once through the ledger."""

    _inherit = "loyalty.generate.wizard"

    def generate_coupons(self):
        """Grant points of a ledger by one line each, on the card that is there.

        Odoo would make another card, and write the points both on it and as a line.
        """
        ledger = self.filtered("program_id.value_ledger")
        cards = self.env["loyalty.card"]
        if rest := self - ledger:
            cards += super(LoyaltyGenerateWizard, rest).generate_coupons()
        for wizard in ledger:  # one form
            cards += wizard._value_grant()
        return cards

    def _value_grant(self):
        customers = self._get_partners() if self.mode == "selected" else None
        if not customers:
            raise UserError(
                self.env._("Points belong to customers: choose who receives them.")
            )
        cards = self.env["loyalty.card"]._value_ensure_cards(self.program_id, customers)
        self.env["loyalty.history"].create(
            [
                {
                    "card_id": card.id,
                    "issued": self.points_granted,
                    "description": self.description or self.env._("Gift for customer"),
                }
                for card in cards
            ]
        )
        return cards
