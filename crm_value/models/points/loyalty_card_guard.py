from odoo import models
from odoo.exceptions import UserError

# Whoever could change these could move points, invent or hide them.
OWNED = {"active", "company_id", "partner_id", "program_id", "value_ledger"}


class LoyaltyCard(models.Model):
    """Whose a ledger card is, and whether it counts, is for managers to change.

    Odoo lets salespeople write to cards.
    """

    _inherit = "loyalty.card"

    def write(self, vals):
        if OWNED & vals.keys():
            self._value_check_owned(vals)
        return super().write(vals)

    def _value_check_owned(self, vals):
        # Who sells may not read every program.
        program = self.env["loyalty.program"].sudo().browse(vals.get("program_id"))
        into = program.value_ledger or vals.get("value_ledger")
        cards = self if into else self.filtered("value_ledger")
        if cards and not self.env.su:
            self.env["loyalty.history"]._value_check_manager()
        if "program_id" in vals:
            moved = cards.filtered(lambda card: card.program_id != program)
            moved.sudo()._value_check_movable()
        if "active" in vals and not vals["active"]:
            cards.filtered("active").sudo()._value_check_empty()

    def _value_check_movable(self):
        promised = self.env["crm.value.promise"].search_count(
            [("card_id", "in", self.ids)], limit=1
        )
        if promised or self.history_ids or any(self.mapped("points")):
            raise UserError(
                self.env._(
                    "A card with points stays in its program. Create another card in "
                    "the other program."
                )
            )

    def _value_check_empty(self):
        """Refuse to archive a card that has points, or to which some will come."""
        waiting = self._value_waiting()
        for card in self:
            if card.points or card.value_locked_points or card in waiting:
                raise UserError(
                    self.env._(
                        "The card %(code)s of %(customer)s still has points, or orders "
                        "that will earn some. Invoice these orders or cancel them, "
                        "bring the balance to zero, then archive the card.",
                        code=card.code,
                        customer=card.partner_id.display_name,
                    )
                )

    def _value_waiting(self):
        """Return those of these cards with orders that are not invoiced in full."""
        promises = self.env["crm.value.promise"].search(
            [
                ("card_id", "in", self.ids),
                ("superseded", "=", False),
                ("order_id.state", "=", "sale"),
                ("amount", ">", 0),
            ]
        )
        return promises.filtered(
            lambda promise: (
                round(sum(promise.earning_ids.mapped("own_points")), 2)
                < round(promise.points, 2)
            )
        ).card_id
