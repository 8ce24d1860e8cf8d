from odoo import models

from ...const import OURS


class PaymentTransaction(models.Model):
    """Money for a quotation that may not be confirmed is kept, and somebody is told.

    An exception here would be logged and forgotten, and the order with it.
    """

    _inherit = "payment.transaction"

    def _post_process(self):
        """Refuse nothing that follows from a payment, whoever enters it."""
        paying = self.with_context(value_paying=OURS)
        return super(PaymentTransaction, paying)._post_process()

    def _check_amount_and_confirm_order(self):
        """Leave out the quotations that give more than is allowed."""
        held = self.sale_order_ids._value_held()
        held._value_alert_held(
            self.env._("Paid, but it gives more than is allowed. Decide on it.")
        )
        rest = self.filtered(lambda payment: not payment.sale_order_ids & held)
        return super(PaymentTransaction, rest)._check_amount_and_confirm_order()
