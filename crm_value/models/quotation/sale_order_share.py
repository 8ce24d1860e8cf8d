import numpy as np

from odoo import models

from ...analytics.quotation.share import left_over
from ..purchases.crm_value_facts_delivery import PAYMENT_PROGRAMS


class SaleOrder(models.Model):
    """An order is lowered by discounts of the whole: they are the lines' as well."""

    _inherit = "sale.order"

    def _value_left_over(self):
        """Return {order: what is left of a price after discounts of the whole order}.

        What lowers an order has a negative price; what it is paid with does not count.
        """
        asked, taken = np.zeros(len(self)), np.zeros(len(self))
        for at, order in enumerate(self):
            for line in order.order_line:
                if line.display_type or line.is_downpayment or line._value_pays():
                    continue
                if line.price_unit < 0:
                    taken[at] -= line.price_subtotal
                else:
                    asked[at] += line.price_subtotal
        shares = left_over(asked, taken).tolist()
        return dict(zip(self, shares, strict=True))


class SaleOrderLine(models.Model):
    """A line may be what the order is paid with."""

    _inherit = "sale.order.line"

    def _value_pays(self):
        """Return whether the line is a payment by gift card or eWallet."""
        program = self.reward_id.sudo().program_id  # its kind is no secret
        return program.program_type in PAYMENT_PROGRAMS
