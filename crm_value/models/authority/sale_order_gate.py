from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError

from .const import APPROVED, ASKED, OPEN

# What changes the price of all lines, or what it is compared with.
REPRICED = frozenset(("pricelist_id", "currency_id", "fiscal_position_id"))


class SaleOrder(models.Model):
    """What gives too much is neither sent nor signed, paid or confirmed.

    A colleague is refused; a customer is told that it is being looked at. Where money
    has come already nothing is refused: a colleague is told, and the order waits.
    """

    _inherit = "sale.order"

    # --- colleagues ---

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to enter what was never allowed as sent or confirmed."""
        orders = super().create(vals_list)
        promised = orders.filtered(lambda order: order.state in ("sent", "sale"))
        promised._value_gate(asks=False)
        return orders

    def write(self, vals):
        """Refuse to send or confirm what needs an approval, whatever the way."""
        if not vals.keys().isdisjoint(REPRICED):
            self.order_line._value_take_over()
        no_promise = self.filtered(lambda order: order.state != "sale")
        result = super().write(vals)
        if vals.get("state") in ("sent", "sale"):
            no_promise._value_gate()
        elif vals.get("state") == "cancel":
            self._value_withdraw_approval()
        return result

    def action_quotation_send(self):
        """Refuse to write the mail already."""
        self.filtered(lambda order: order.state in OPEN)._value_check_authority()
        return super().action_quotation_send()

    def message_post(self, **kwargs):
        """Refuse to send again what has become worse."""
        if self.env.context.get("mark_so_as_sent"):
            self.filtered(lambda order: order.state == "sent")._value_gate()
        return super().message_post(**kwargs)

    def _value_gate(self, asks=True):
        """Refuse a colleague's act, or keep that it was within his authority.

        :param asks: whether the refusal offers to ask for an approval
        """
        allowed = self._value_check_authority(asks)
        if self._value_actor():
            self._value_withdraw_approval()  # nobody waits for it any more
        for order, breach in allowed.items():
            order._value_keep_approval(
                breach,
                state=APPROVED,
                user_id=order.user_id.id,
                decided_by_id=self.env.uid,
                decided_at=self.env.cr.now(),
                reason=self.env._("Sent or confirmed within own authority"),
            )

    def _value_check_authority(self, asks=True):
        """Refuse what is beyond its authors' authority and that of who is at work.

        :return: {order: what is within the authority of who is at work only}
        """
        user = self._value_actor()
        beyond = self._value_breaches() if user else {}
        breaches = self.browse().concat(*beyond)._value_breaches(user)
        if breaches:
            raise self._value_refusal(breaches, asks)
        return beyond

    def _value_refusal(self, breaches, asks):
        """Return what a colleague is told, with a button that asks for an approval."""
        message = "\n\n".join(
            "\n".join(
                [
                    self.env._("%(order)s needs an approval first.", order=order.name),
                    *order._value_say_breach(breach),
                ]
            )
            for order, breach in breaches.items()
        )
        order = next(iter(breaches))
        if not asks or len(breaches) > 1 or order._value_approval(ASKED):
            return UserError(message)
        action = self.env.ref("crm_value.crm_value_approval_dialog_action")
        context = {"default_order_id": order.id, "default_kind": ASKED}
        ask = self.env._("Ask for Approval")
        return RedirectWarning(message, action.id, ask, context)

    @contextmanager
    def _value_no_worse(self):
        """Refuse what makes a confirmed order worse than the colleague may."""
        user = self._value_actor()
        orders = self.filtered(lambda order: order.state == "sale")
        authority = self.env["crm.value.authority"]
        if not user or not orders or not authority._in_force(orders.company_id):
            yield
            return
        before = orders._value_discounts()
        yield
        for order, breach in orders._value_breaches(user).items():
            had = before[order].discounts
            worse = any(
                line not in had or had[line] is None or percent > had[line]
                for line, percent in breach.lines.items()
            )
            if worse:
                told = "\n".join(order._value_say_breach(breach))
                raise UserError(
                    self.env._(
                        "%(order)s is confirmed, and this is beyond your authority:\n"
                        "%(told)s",
                        order=order.name,
                        told=told,
                    )
                )

    # --- customers ---

    def action_confirm(self):
        """Leave for a colleague what customers or the system may not confirm."""
        held = self.browse() if self._value_actor() else self._value_held()
        held._value_alert_held(
            self.env._("Not confirmed: it gives more than is allowed. Decide on it.")
        )
        if held == self:
            return True
        return super(SaleOrder, self - held).action_confirm()

    def _has_to_be_signed(self):
        """Ask for no signature before the approval."""
        return super()._has_to_be_signed() and not self._value_held()

    def _has_to_be_paid(self):
        """Ask for no money before the approval."""
        return super()._has_to_be_paid() and not self._value_held()

    def _value_alert_held(self, summary):
        """Tell the salesperson of each order, once."""
        warning = self.env.ref("mail.mail_activity_data_warning")
        for order in self.sudo():
            known = order.activity_ids.filtered(
                lambda activity: activity.activity_type_id == warning
            )
            if summary not in known.mapped("summary"):
                order.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=summary,
                    user_id=(order.user_id or order.create_uid).id,
                )
