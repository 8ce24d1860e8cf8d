from odoo import api, models

RELEVANT = {"state", "partner_id", "invoice_date", "reversed_entry_id", "move_type"}


class AccountMove(models.Model):
    _inherit = "account.move"

    def write(self, vals):
        """Posting, resetting or moving an invoice makes its customer's value stale."""
        if not RELEVANT & vals.keys():
            return super().write(vals)
        before = self._value_documents()
        self.env["crm.value.stale"]._mark_documents(before)
        result = super().write(vals)
        after = self._value_documents()
        self.env["crm.value.stale"]._mark_documents(after - before)
        if "partner_id" in vals:
            self.env["crm.value.stale"]._mark_documents(after)
        return result

    def _value_documents(self):
        """Return the posted customer invoices and credit notes among these."""
        return self.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type in ("out_invoice", "out_refund")
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self.env["crm.value.stale"]._mark_documents(self._value_documents())
