from typing import NamedTuple

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...analytics.price.ruler import differ
from ...const import USER

DIALOG = "crm_value.crm_value_price_face_action"


class Clash(NamedTuple):
    """A line of a quotation, and an offer of the same product in another open one."""

    line: models.BaseModel
    document: int
    user: int | None
    price: float  # of the product's own unit, as `own`
    own: float
    differs: bool

    @property
    def key(self):
        product = self.line.product_id.id
        return f"{self.document}:{product}:{self.price:.4f}:{self.own:.4f}"


class SaleOrder(models.Model):
    """One face to the customer: two open offers of one product do not go out unseen.

    What counts is the customer with all its contacts, in the order's company. Asked is
    who works in the company; customers who sign or pay are never held up, nor is what
    the system does by itself.
    """

    _inherit = "sale.order"

    value_face_answered = fields.Char(
        string="Other Offers Answered For", copy=False, readonly=True, groups=USER
    )

    # --- what clashes ---

    def _value_clashes(self, lines=None):
        """Return {order: clashes}, by one query for each company and currency.

        :param lines: those that are asked about, default: all
        """
        found = {order: [] for order in self}
        asked = self._value_asked()
        lines = (asked.order_line if lines is None else lines)._value_priced()
        shares = asked._value_left_over()
        grouped = asked.grouped(lambda order: (order.company_id, order.currency_id))
        for (company, currency), orders in grouped.items():
            theirs = lines.filtered(lambda line, among=orders: line.order_id in among)
            if theirs and company and currency:
                offers = self.env["crm.value.price.memory"]._offers(
                    company,
                    currency,
                    orders.partner_id.commercial_partner_id,
                    theirs.product_id.ids,
                )
                for line in theirs:
                    order = line.order_id
                    found[order] += line._value_clashes(offers, shares[order])
        return found

    def _value_say_clash(self, clash):
        """Return a clash in words, with the price of the unit of the line."""
        self.ensure_one()
        line = clash.line
        other = self.sudo().browse(clash.document)  # who may not open it is told of it
        unit = line.product_id.uom_id
        price = unit._compute_price(clash.price, line.product_uom_id)
        texts = {
            "salesperson": other.user_id.name or other.name,
            "product": line.product_id.display_name,
            "price": formatLang(self.env, price, currency_obj=self.currency_id),
            "order": other.name,
        }
        if clash.differs:
            return self.env._(
                "%(salesperson)s offers %(product)s at %(price)s in %(order)s", **texts
            )
        return self.env._(
            "%(salesperson)s offers %(product)s at the same price in %(order)s", **texts
        )

    # --- sending ---

    def write(self, vals):
        """Let no draft go out before somebody has answered for a clash."""
        if vals.get("state") in ("sent", "sale"):
            self.filtered(lambda order: order.state == "draft")._value_keep_face()
        return super().write(vals)

    def action_quotation_send(self):
        return self._value_ask_face("send") or super().action_quotation_send()

    def action_quotation_sent(self):
        return self._value_ask_face("sent") or super().action_quotation_sent()

    def action_confirm(self):
        return self._value_ask_face("confirm") or super().action_confirm()

    def _value_ask_face(self, step):
        """Return the dialog that asks for a reason, None where nothing is to be asked.

        :param step: what is done afterwards, see the dialog
        """
        # What was sent already was asked about then.
        going = self.filtered(lambda o: step != "confirm" or o.state == "draft")
        clashing = going._value_unanswered()
        asked = (
            self.browse()
            .union(*clashing)
            .filtered(lambda order: order._value_face() != "warn")
        )
        if not asked:
            return None
        may_answer = self.env.user.has_group(USER) and len(self) == 1
        if not may_answer or asked._value_face() == "block":
            raise UserError(self._value_refuse(clashing))
        action = self.env["ir.actions.act_window"]._for_xml_id(DIALOG)
        context = {**self.env.context, "default_order_id": self.id}
        return {**action, "context": {**context, "default_step": step}}

    def _value_keep_face(self):
        """Refuse what nobody has answered for; note it where a warning is enough."""
        clashing = self._value_unanswered()
        held = {
            order: clashes
            for order, clashes in clashing.items()
            if order._value_face() != "warn"
        }
        if held:
            raise UserError(self._value_refuse(held))
        for order, clashes in clashing.items():
            order._value_answer(clashes)

    def _value_unanswered(self):
        """Return {order: clashes} of those that somebody has to answer for."""
        user = self.env.user
        if self.env.su or not user._is_internal() or not self:
            return {}
        if not self.env["res.groups"]._value_uses("selling"):
            return {}
        return {
            order: clashes
            for order, clashes in self._value_clashes().items()
            if clashes
            and order.sudo().value_face_answered != self._value_face_key(clashes)
        }

    def _value_face(self):
        return self.company_id.sudo().value_face

    def _value_face_key(self, clashes):
        return " ".join(sorted({clash.key for clash in clashes}))

    def _value_refuse(self, clashing):
        said = [
            f"{order.name}: {order._value_say_clash(clash)}"
            for order, clashes in clashing.items()
            for clash in clashes
        ]
        return self.env._(
            "The customer has another open offer. Agree on one first, or answer for it "
            "on the quotation itself.\n\n%(offers)s",
            offers="\n".join(said),
        )

    def _value_answer(self, clashes, reason=""):
        """Note on both quotations that somebody knew of the other, and why."""
        self.ensure_one()
        mine = [self._value_say_clash(clash) for clash in clashes]
        why = [self.env._("Reason: %(reason)s", reason=reason)] if reason else []
        head = self.env._("Sent knowing of another open offer to the customer:")
        bodies = {self.id: self._value_lines_of([head, *mine, *why])}
        for clash in clashes:
            said = self._value_say_own(clash)
            bodies.setdefault(clash.document, Markup())
            bodies[clash.document] += self._value_lines_of([said, *why])
        noted = self.sudo().browse(bodies)  # the other one is a colleague's
        noted._message_log_batch(bodies=bodies)
        self.sudo().value_face_answered = self._value_face_key(clashes)

    def _value_say_own(self, clash):
        line = clash.line
        unit = line.product_id.uom_id
        price = unit._compute_price(clash.own, line.product_uom_id)
        return self.env._(
            "%(salesperson)s now offers %(product)s to the same customer at %(price)s "
            "in %(order)s.",
            salesperson=self.user_id.name or self.env.user.name,
            product=line.product_id.display_name,
            price=formatLang(self.env, price, currency_obj=self.currency_id),
            order=self.name,
        )

    def _value_lines_of(self, texts):
        return Markup("<p>%s</p>") % Markup("<br/>").join(texts)


class SaleOrderLine(models.Model):
    """A line of a quotation beside the offers of the same product in others."""

    _inherit = "sale.order.line"

    def _value_clashes(self, offers, share):
        """Return the clashes of a line.

        :param offers: as ``crm.value.price.memory._offers()`` returns them
        """
        order = self.order_id
        customer = order.partner_id.commercial_partner_id
        own, rounding = self._value_own_price(share), order.currency_id.rounding
        clashes = []
        for offer in offers.get((customer.id, self.product_id.id), ()):
            differs = differ(own, offer["price"], rounding)
            is_other = offer["document_id"] != order._origin.id
            if is_other and (
                differs or (offer["user_id"] or False) != order.user_id.id
            ):
                clash = Clash(
                    self,
                    offer["document_id"],
                    offer["user_id"],
                    offer["price"],
                    own,
                    differs,
                )
                clashes.append(clash)
        return clashes
