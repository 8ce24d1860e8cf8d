from odoo import models

from ...const import SOLD


class AccountMove(models.Model):
    """Posting, resetting or moving an invoice changes its customer's value."""

    _name = "account.move"
    _inherit = ["account.move", "crm.value.document"]

    _value_fields = frozenset(
        {"state", "partner_id", "invoice_date", "reversed_entry_id", "move_type"}
    )

    def _value_documents(self):
        return self.filtered(
            lambda move: move.state == "posted"
            and move.move_type in (*SOLD, "out_refund")
        )
