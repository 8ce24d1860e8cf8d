from odoo import models


class SaleOrder(models.Model):
    """An order spends points at once, and promises those that its invoices earn."""

    _inherit = "sale.order"

    def _value_points_rate(self, program):
        """Return by how much the points of this order are multiplied."""
        return 1.0
