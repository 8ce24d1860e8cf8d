from odoo import models


class PaymentLinkWizard(models.TransientModel):
    """Gives no link to pay a quotation that waits for an approval."""

    _inherit = "payment.link.wizard"

    def _compute_warning_message(self):
        result = super()._compute_warning_message()
        orders = self.env["sale.order"]
        for dialog in self.filtered(lambda one: one.res_model == orders._name):
            if orders.browse(dialog.res_id)._value_held():
                dialog.warning_message = self.env._(
                    "This quotation needs an approval before it is paid."
                )
        return result
