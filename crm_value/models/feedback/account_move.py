from odoo import models

from ...const import SOLD


class AccountMove(models.Model):
    """Triggers survey invitations when an invoice is posted."""

    _inherit = "account.move"

    def _post(self, soft=True):
        """Plan the invitations of what was posted; they go out by the cron."""
        posted = super()._post(soft)
        sold = posted.filtered(lambda move: move.move_type in SOLD)
        for company, moves in sold.grouped("company_id").items():
            self.env["crm.value.invitation"]._plan("invoiced", company, moves.ids)
        return posted
