from odoo import api, models

RELEVANT = {"state", "partner_id", "date_order"}


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "crm.value.badge"]

    def write(self, vals):
        """Confirming, cancelling or moving an order makes its customer stale."""
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
        """Return the confirmed and cancelled orders among these."""
        return self.filtered(lambda order: order.state in ("sale", "cancel"))

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self.env["crm.value.stale"]._mark_documents(self._value_documents())
