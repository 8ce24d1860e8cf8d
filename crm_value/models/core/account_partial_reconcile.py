from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        """A payment that settles an invoice makes its customer's value stale."""
        partials = super().create(vals_list)
        partials._mark_value_stale()
        return partials

    def unlink(self):
        """So does a payment taken back."""
        self._mark_value_stale()
        return super().unlink()

    def _mark_value_stale(self):
        moves = self.debit_move_id.move_id | self.credit_move_id.move_id
        self.env["crm.value.stale"]._mark_documents(moves._value_documents())
