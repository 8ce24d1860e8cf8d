from odoo import models


class SaleOrder(models.Model):
    """An order shows the value of its customer."""

    _name = "sale.order"
    _inherit = ["sale.order", "crm.value.badge"]
