from odoo import models
from odoo.exceptions import UserError

from .const import ADDED, DISMISSED, REASONS


class SaleOrder(models.Model):
    """A quotation takes a suggested product by a click, or says why it does not."""

    _inherit = "sale.order"

    def action_add_suggestion(self, offer_id):
        """Put a suggested product on the quotation, once."""
        offer = self._value_offered(offer_id)
        if offer.product_id not in self.order_line.product_id:
            self.env["sale.order.line"].create(
                {
                    "order_id": self.id,
                    "product_id": offer.product_id.id,
                    "product_uom_qty": offer.quantity or 1.0,
                    "sequence": self._get_new_line_sequence("order_line", False),
                }
            )
        # Nobody edits what was suggested; who writes the quotation has answered it.
        offer.sudo().write({"outcome": ADDED, "reason": False, "order_id": self.id})

    def action_dismiss_suggestion(self, offer_id, reason):
        """Keep that a product is not for this customer, and why."""
        offer = self._value_offered(offer_id)
        if reason not in dict(REASONS):
            raise UserError(self.env._("Say why it is dismissed."))
        # As above: by who writes the quotation.
        offer.sudo().write(
            {"outcome": DISMISSED, "reason": reason, "order_id": self.id}
        )

    def _value_offered(self, offer_id):
        """Return a suggestion of this quotation that its author may see."""
        self.ensure_one().check_access("write")
        self.env["crm.value.offer"].check_access("read")
        if self.state not in ("draft", "sent"):
            raise UserError(self.env._("The quotation is an order, or cancelled."))
        offer = self.env["crm.value.offer"]._given("crm.value.offer", offer_id)
        if (
            not offer
            or offer.is_held_out
            or offer.company_id != self.company_id
            or offer.partner_id != self.partner_id.commercial_partner_id
        ):
            raise UserError(self.env._("This is no suggestion for this customer."))
        return offer
