from odoo import api, fields, models


class LoyaltyCard(models.Model):
    """Shows which points of a card are open, and until when."""

    _inherit = "loyalty.card"

    value_lot_ids = fields.One2many(
        "loyalty.history", compute="_compute_value_lot_ids", string="Open Points"
    )

    @api.depends("history_ids", "points")
    def _compute_value_lot_ids(self):
        cards = self._origin.filtered("value_ledger")
        lots, _beyond = self.env["crm.value.points"]._open_lots(cards)
        lines = self.env["loyalty.history"].browse(lot["line"] for lot in lots)
        found = lines.grouped("card_id")
        for card in self:
            card.value_lot_ids = found.get(card._origin, False)
