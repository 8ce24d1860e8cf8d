from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .const import ACTIVITY, APPROVED, ASKED, MANAGER, OPEN, REFUSED


class SaleOrder(models.Model):
    """Asks for an approval, gives it or refuses it."""

    _inherit = "sale.order"

    # --- asking ---

    def _value_approvers(self):
        """Return who may decide on the order, the leader of its team first."""
        self.ensure_one()
        groups = ("sales_team.group_sale_manager", MANAGER)
        users = self.env["res.users"].sudo()
        for group in groups:
            users |= self.env.ref(group).sudo().all_user_ids
        company, asking = self.company_id, self.env.user
        candidates = self.team_id.sudo().user_id | users.sorted("id")
        return candidates.filtered(
            lambda user: (
                user.active
                and user != asking
                and user._is_internal()
                and company in user.company_ids
                and self._value_may_approve(user)
            )
        ).sudo(False)

    def _value_ask_approval(self, reason, approver):
        """Ask a colleague to allow what the order gives."""
        self.check_access("write")
        breach = self._value_open_breach()
        if not self._value_approval(ASKED).user_id <= self.env.user:
            raise UserError(self.env._("A colleague has asked for it already."))
        if approver not in self._value_approvers():
            raise UserError(
                self.env._("%(name)s may not decide on this.", name=approver.name)
            )
        self._value_withdraw_approval()
        self._value_keep_approval(breach, reason=reason, approver_id=approver.id)
        self.sudo().activity_schedule(  # an activity for somebody else
            ACTIVITY,
            note=reason,
            summary=self.env._("%(name)s asks for a discount", name=self.env.user.name),
            user_id=approver.id,
        )

    def _value_open_breach(self):
        """Return what needs an approval on an open order, or say that nothing does."""
        self.ensure_one()
        breach = self.state in OPEN and self._value_breaches().get(self)
        if not breach:
            raise UserError(
                self.env._("Nothing on %(order)s needs an approval.", order=self.name)
            )
        return breach

    def _value_withdraw_approval(self):
        """Take back what was asked before and not decided."""
        waiting = self.sudo().value_approval_ids.filtered(
            lambda approval: approval.state == ASKED
        )
        if waiting:
            waiting.order_id.activity_unlink([ACTIVITY])
            waiting.unlink()

    def _value_keep_approval(self, breach, **values):
        """Keep what an order gives and what is said of it; nobody writes it by hand."""
        told = {
            "order_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "user_id": self.env.uid,
        }
        vals = {**told, **self._value_approval_figures(breach), **values}
        return self.env["crm.value.approval"].sudo().create(vals)

    def _value_approval_figures(self, breach):
        """Return the figures of an approval: what the order gives, what is allowed."""
        prices, limits = breach.prices, breach.limits
        worst = {}
        for line, percent in prices.discounts.items():
            key = str(line.product_id.id)
            if percent is not None:
                worst[key] = max(percent, worst.get(key, percent))
        return {
            "discounts": worst,
            "discount": max(worst.values(), default=None),
            "allowed_discount": limits.discount,
            "margin": prices.margin,
            "margin_floor": limits.margin,
        }

    # --- deciding ---

    def action_value_approve(self):
        """Allow what the quotation gives, as it is now."""
        for order in self:
            order._value_decide_approval(APPROVED)

    def _value_decide_approval(self, decision, note=False):
        """Answer what was asked; what a manager allows unasked is kept as well."""
        self.check_access("write")
        breach = self._value_open_breach()
        user = self.env.user
        if not self._value_may_approve(user):
            raise AccessError(
                self.env._("Somebody else decides on %(order)s.", order=self.name)
            )
        decided = {
            "state": decision,
            "decided_by_id": user.id,
            "decided_at": fields.Datetime.now(),
            "note": note,
        }
        asked = self._value_approval(ASKED)
        if asked and decision == APPROVED:
            self._value_check_asked(asked, breach)
        if asked:  # the figures are those of now, not of when it was asked
            asked.write({**decided, **self._value_approval_figures(breach)})
        else:
            reason = self.env._("Decided without having been asked")
            self._value_keep_approval(
                breach, user_id=self.user_id.id, reason=reason, **decided
            )
        self._value_tell_decision(decision, note)

    def _value_check_asked(self, asked, breach):
        """Refuse to approve more than what was asked for: nobody has seen it yet."""
        more = any(
            not asked._allows(line.product_id, percent)
            for line, percent in breach.lines.items()
        )
        margin, had = breach.prices.margin, asked.margin
        if more or (breach.margin and had is not False and margin < had):
            raise UserError(
                self.env._(
                    "%(order)s gives more than when it was asked for. Have it asked "
                    "for again.",
                    order=self.name,
                )
            )

    def _value_tell_decision(self, decision, note):
        """Close the activity and tell who waits for it."""
        approval = self.sudo().value_approval_ids.sorted("id")[-1:]
        name = self.env.user.name
        said = (
            self.env._("%(name)s has approved the discounts.", name=name)
            if decision == APPROVED
            else self.env._("%(name)s has refused the discounts.", name=name)
        )
        body = f"{said} {note}" if note else said
        self.sudo().activity_feedback([ACTIVITY])
        if waiting := (approval.user_id - self.env.user).partner_id:
            self.message_notify(partner_ids=waiting.ids, subject=self.name, body=body)
        self.message_post(body=body, subtype_xmlid="mail.mt_note")

    def action_value_ask(self):
        """Open the dialog that asks for an approval."""
        return self._value_approval_dialog(ASKED)

    def action_value_refuse(self):
        """Open the dialog that asks why it is refused."""
        return self._value_approval_dialog(REFUSED)

    def _value_approval_dialog(self, kind):
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_approval_dialog_action"
        )
        context = {"default_order_id": self.id, "default_kind": kind}
        titles = {
            ASKED: self.env._("Ask for Approval"),
            REFUSED: self.env._("Refuse the Discounts"),
        }
        return {**action, "name": titles[kind], "context": context}
