from odoo import api, fields, models
from odoo.tools import formatLang

from ... import words
from ...const import OFFICER
from .const import APPROVED, ASKED, NEEDED, OPEN, PART_USERS, REFUSED, STATES


class SaleOrder(models.Model):
    """A quotation says whether it needs an approval, and why."""

    _inherit = "sale.order"

    value_approval_ids = fields.One2many(
        "crm.value.approval", "order_id", string="Discount Approvals", groups=PART_USERS
    )
    value_approval_count = fields.Integer(
        string="Approvals", compute="_compute_value_approval_count", groups=PART_USERS
    )
    value_approval_state = fields.Selection(
        STATES,
        string="Discount Approval",
        compute="_compute_value_approval_state",
        compute_sudo=False,
        groups=PART_USERS,
    )
    value_approval_text = fields.Text(
        string="Why an Approval Is Needed",
        compute="_compute_value_approval_state",
        compute_sudo=False,
        groups=PART_USERS,
    )
    value_may_approve = fields.Boolean(
        string="May Approve",
        compute="_compute_value_may_approve",
        compute_sudo=False,
        groups=PART_USERS,
    )

    @api.depends("value_approval_ids")
    def _compute_value_approval_count(self):
        counts = dict(
            self.env["crm.value.approval"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.value_approval_count = counts.get(order._origin, 0)

    @api.depends(
        "state",
        "partner_id",
        "company_id",
        "user_id",
        "pricelist_id",
        "currency_id",
        "date_order",
        "fiscal_position_id",
        "order_line.product_id",
        "order_line.product_uom_id",
        "order_line.product_uom_qty",
        "order_line.price_unit",
        "order_line.discount",
        "order_line.tax_ids",
        "order_line.purchase_price",
        "value_approval_ids.state",
    )
    @api.depends_context("uid", "lang")
    def _compute_value_approval_state(self):
        open_ = self.filtered(lambda order: order.state in OPEN)
        breaches = open_._value_breaches()
        for order in self:
            breach = breaches.get(order)
            order.value_approval_state = order._value_approval_stand(breach)
            order.value_approval_text = order._value_say_stand(breach)

    @api.depends("value_approval_state")
    @api.depends_context("uid")
    def _compute_value_may_approve(self):
        for order in self:
            waits = order._origin and order.value_approval_state in (NEEDED, ASKED)
            order.value_may_approve = waits and order._value_may_approve(self.env.user)

    def _value_approval_stand(self, breach):
        """Return where the order's approval stands."""
        if self.state not in OPEN:
            return False
        if not breach:
            return APPROVED if self._value_approval(APPROVED) else False
        last = self._origin.sudo().value_approval_ids.sorted("id")[-1:]
        return last.state if last.state in (ASKED, REFUSED) else NEEDED

    def _value_say_stand(self, breach):
        """Return in words what needs an approval, or who has given it."""
        if breach:
            told = [*self._value_say_breach(breach), self._value_say_asked()]
            return "\n".join(filter(None, told))
        approval = self._value_approval(APPROVED)
        if self.state not in OPEN or not approval:
            return False
        return self.env._(
            "%(name)s has approved this quotation, as long as it gets no worse.",
            name=approval.decided_by_id.name,
        )

    def _value_say_asked(self):
        """Return who asks for an approval and why: whoever decides goes by it."""
        asked = self._value_approval(ASKED)
        return asked and self.env._(
            "%(name)s asks for it: %(reason)s",
            name=asked.user_id.name,
            reason=asked.reason,
        )

    def _value_say_breach(self, breach):
        """Return one sentence for each line and for the margin; figures of it only to
        who may see them."""
        told = [
            self._value_say_line(line, percent, breach)
            for line, percent in breach.lines.items()
        ]
        if breach.margin and self.env.user.has_group(OFFICER):
            told.append(
                self.env._(
                    "Margin of %(margin)s, at least %(floor)s asked for",
                    margin=self._value_say_percent(breach.prices.margin),
                    floor=self._value_say_percent(breach.limits.margin),
                )
            )
        elif breach.margin:
            told.append(self.env._("The margin is below what is asked for"))
        return told

    def _value_say_line(self, line, percent, breach):
        """Return what is taken off a line's price in all, and what may be."""
        full = breach.prices.references[line]
        prices = {"price": full * (1 - percent / 100), "full": full}
        return self.env._(
            "%(product)s: %(price)s instead of %(full)s, which is %(given)s off; "
            "%(allowed)s allowed",
            product=line.product_id.sudo(False).display_name,
            given=self._value_say_percent(percent),
            allowed=self._value_say_percent(breach.limits.discount),
            **{
                name: formatLang(self.env, price, currency_obj=self.currency_id)
                for name, price in prices.items()
            },
        )

    @api.model
    def _value_say_percent(self, percent):
        """Return it with decimals only where it has some: 12 % is not 12.01 %."""
        digits = 0 if percent == round(percent) else 2
        return words.percent(self.env, percent / 100, digits)

    def action_value_open_approvals(self):
        """Open what was asked for on this order, and the answers."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_approval_action"
        )
        return {**action, "domain": [("order_id", "=", self.id)], "context": {}}
