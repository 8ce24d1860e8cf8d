from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ...const import USER


class SaleOrder(models.Model):
    """Day on which an order was fully delivered, which triggers invitations."""

    _inherit = "sale.order"

    value_delivered_on = fields.Date(
        string="Fully Delivered On",
        compute="_compute_value_delivered_on",
        store=True,
        copy=False,
        index="btree_not_null",
        groups=USER,
        help="Day on which the last order line was fully delivered. Later changes "
        "to the lines do not move it.",
    )

    def _auto_init(self):
        """Date the orders of before, by their lines: no order becomes new by this."""
        before = column_exists(self.env.cr, self._table, "value_delivered_on")
        if not before:
            create_column(self.env.cr, self._table, "value_delivered_on", "date")
            self.env.cr.execute(DELIVERED_BEFORE)
        return super()._auto_init()

    @api.depends(
        "state",
        "order_line.qty_delivered",
        "order_line.product_uom_qty",
        "order_line.display_type",
        "order_line.is_downpayment",
    )
    def _compute_value_delivered_on(self):
        today = self.env["crm.value.run"]._today
        for order in self:
            delivered = order.state == "sale" and order._value_is_delivered()
            order.value_delivered_on = delivered and (
                order.value_delivered_on or today(order.company_id)
            )

    def _value_is_delivered(self):
        lines = self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and line.product_uom_qty > 0
            )
        )
        return bool(lines) and all(
            line.qty_delivered >= line.product_uom_qty for line in lines
        )


DELIVERED_BEFORE = """
    UPDATE sale_order SET value_delivered_on = line.day
      FROM (SELECT order_id, MAX(write_date)::date AS day
              FROM sale_order_line
             WHERE display_type IS NULL AND is_downpayment IS NOT TRUE
               AND product_uom_qty > 0
          GROUP BY order_id
            HAVING bool_and(qty_delivered >= product_uom_qty)) line
     WHERE line.order_id = sale_order.id AND sale_order.state = 'sale'
"""
