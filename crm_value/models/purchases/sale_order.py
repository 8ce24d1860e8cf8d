from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column


class SaleOrder(models.Model):
    """Remembers that an order was confirmed: only then cancelling it breaks a word."""

    _inherit = "sale.order"

    value_confirmed = fields.Boolean(
        string="Was Confirmed",
        groups="base.group_user",
        readonly=True,
        copy=False,
        help="Confirmed at least once, whatever became of it since.",
    )

    def _auto_init(self):
        """Find the orders of the past that were confirmed, once."""
        if not column_exists(self.env.cr, self._table, "value_confirmed"):
            create_column(self.env.cr, self._table, "value_confirmed", "boolean")
            self.env.cr.execute(CONFIRMED)
        return super()._auto_init()

    @api.model_create_multi
    def create(self, vals_list):
        """An order can come confirmed, from an import for example."""
        return super().create([self._with_confirmed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_confirmed(vals))

    @api.model
    def _with_confirmed(self, vals):
        sold = vals.get("state") == "sale"
        return {**vals, "value_confirmed": True} if sold else vals


# Odoo logs each confirmation under a subtype of its own; an order that came confirmed
# has no such message, but maybe an invoice.
CONFIRMED = """
    UPDATE sale_order SET value_confirmed = TRUE
     WHERE state = 'sale'
        OR EXISTS (SELECT FROM mail_message message
                     JOIN ir_model_data data ON data.res_id = message.subtype_id
                      AND data.model = 'mail.message.subtype'
                      AND data.module = 'sale' AND data.name = 'mt_order_confirmed'
                    WHERE message.model = 'sale.order'
                      AND message.res_id = sale_order.id)
        OR EXISTS (SELECT FROM sale_order_line line
                     JOIN sale_order_line_invoice_rel link
                       ON link.order_line_id = line.id
                    WHERE line.order_id = sale_order.id)
"""
