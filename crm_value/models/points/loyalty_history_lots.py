from odoo import api, fields, models


class LoyaltyHistory(models.Model):
    """What is left of the points a line brought, and until when."""

    _inherit = "loyalty.history"

    value_left = fields.Float(
        string="Left",
        digits=(16, 2),
        compute="_compute_value_left",
        help="Of the points that the line brought; the oldest are used first.",
    )
    value_expires_on = fields.Date(
        string="Expires on",
        compute="_compute_value_left",
        help="The first day on which they can no longer be used.",
    )

    @api.depends("card_id.history_ids", "value_date")
    def _compute_value_left(self):
        cards = self.card_id.filtered("value_ledger")
        lots, _beyond = self.env["crm.value.points"]._open_lots(cards)
        found = {lot["line"]: lot for lot in lots}
        for line in self:
            lot = found.get(line._origin.id, {"left": 0, "expires_on": False})
            line.value_left = lot["left"] / 100
            line.value_expires_on = lot["expires_on"]
