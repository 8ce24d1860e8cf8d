from odoo import models


class SaleOrder(models.Model):
    """Confirming, cancelling or moving an order changes its customer's value."""

    _name = "sale.order"
    _inherit = ["sale.order", "crm.value.document", "crm.value.badge"]

    _value_fields = frozenset({"state", "partner_id", "company_id", "date_order"})

    def _value_documents(self):
        return self.filtered(lambda order: order.state in ("sale", "cancel"))
