from odoo import models


class SaleOrder(models.Model):
    """A quotation makes a prospect, an order a customer; losing one changes it too."""

    _name = "sale.order"
    _inherit = ["sale.order", "crm.value.document"]

    _value_fields = frozenset({"state", "partner_id", "company_id", "date_order"})
