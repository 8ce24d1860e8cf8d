from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request, route

from odoo.addons.sale.controllers.portal import PaymentPortal
from odoo.addons.sale_management.controllers.portal import CustomerPortal

ORDER = "sale.order"


class AuthorityPortal(CustomerPortal):
    """A customer neither pays nor changes behind our back what needs an approval."""

    @route("/my/orders/<int:order_id>", type="http", auth="public", website=True)
    def portal_order_page(self, order_id, access_token=None, **kw):
        """Show no payment form for an amount that the address asks for."""
        if kw.get("payment_amount") and self._value_is_held(order_id, access_token):
            kw["payment_amount"] = None
        return super().portal_order_page(order_id, access_token=access_token, **kw)

    @route(
        "/my/orders/<int:order_id>/update_line_dict",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_quote_option_update(self, order_id, *args, access_token=None, **kwargs):
        """Tell the salesperson when the customer's choice needs an approval."""
        before = self._value_is_held(order_id, access_token)
        result = super().portal_quote_option_update(
            order_id, *args, access_token=access_token, **kwargs
        )
        if not before and (held := self._value_is_held(order_id, access_token)):
            held._value_alert_held(
                request.env._("The customer's choice needs an approval to be signed.")
            )
        return result

    def _value_is_held(self, order_id, access_token):
        """Return the order if it may be read and needs an approval."""
        try:
            order = self._document_check_access(ORDER, order_id, access_token)
        except (AccessError, MissingError):
            return request.env[ORDER]
        return order._value_held()


class AuthorityPaymentPortal(PaymentPortal):
    """A quotation is not paid before the approval, whatever link was sent."""

    @route("/my/orders/<int:order_id>/transaction", type="jsonrpc", auth="public")
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Refuse to begin a payment; nothing has been paid yet."""
        try:
            order = self._document_check_access(ORDER, order_id, access_token)
        except (AccessError, MissingError):
            order = request.env[ORDER]  # refused below, in Odoo's words
        if order._value_held():
            raise ValidationError(
                request.env._(
                    "We are still checking this quotation. It can be paid as soon as "
                    "it is approved."
                )
            )
        return super().portal_order_transaction(order_id, access_token, **kwargs)
