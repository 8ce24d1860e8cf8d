from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def write(self, vals):
        """A payment that settles invoices without an entry changes them as well."""
        result = super().write(vals)
        if {"state", "invoice_ids"} & vals.keys():
            invoices = self.invoice_ids
            self.env["crm.value.stale"]._mark_documents(invoices._value_documents())
        return result
