from typing import NamedTuple

from odoo import SUPERUSER_ID, models

from ...const import OURS
from .const import APPROVED, ASKED, MANAGER, OPEN
from .crm_value_authority import Limits


class Breach(NamedTuple):
    """What an order gives beyond what is allowed.

    :param lines: {line: discount in percent}
    :param margin: whether the margin is below the floor
    """

    lines: dict
    margin: bool
    limits: Limits
    prices: NamedTuple


class SaleOrder(models.Model):
    """Holds the discounts of an order against what its authors may give."""

    _inherit = "sale.order"

    def _value_actor(self):
        """Return the colleague who is at work; nobody for a customer or the system.

        Money that comes in is never refused, whoever enters it.
        """
        user = self.env.user
        paying = self.env.context.get("value_paying") is OURS
        if paying or self.env.uid == SUPERUSER_ID or not user._is_internal():
            return user.browse()
        return user

    def _value_authors(self):
        """Return who has made the offer: salesperson, author, who priced each line.

        The salesperson alone would be anybody: whoever writes the order chooses it.
        """
        order = self._origin.sudo()
        users = self.user_id | order.create_uid | order.order_line.value_priced_by_id
        if not order:  # not saved yet
            users |= self.env.user
        return users._value_colleagues()

    def _value_is_own_cart(self):
        """Return whether a customer has filled the order in the shop, all alone.

        Its prices are what the shop asks of everybody; no colleague has given anything.
        """
        order = self._origin.sudo()
        if "website_id" not in order._fields or not order.website_id:
            return False
        makers = order.create_uid | order.order_line.value_priced_by_id
        return not makers._value_colleagues()

    def _value_breaches(self, user=None):
        """Return {order: Breach} of those that give more than is allowed.

        :param user: whose authority counts, if any; else that of each order's authors
        """
        authority = self.env["crm.value.authority"]._in_force(self.company_id)
        rules = authority.grouped("company_id")
        ruled = self.filtered(
            lambda order: order.company_id in rules and not order._value_is_own_cart()
        )
        if not ruled:
            return {}
        profiles = self.env["crm.value.profile"].sudo()
        found = profiles._by_customer(ruled.company_id, ruled.partner_id)
        prices, breaches = ruled._value_discounts(), {}
        for order in ruled:
            company = order.company_id
            customer = order.partner_id.commercial_partner_id._origin
            profile = found.get((company.id, customer.id), profiles)
            limits = rules[company]._strictest(user or order._value_authors(), profile)
            if user and limits.discount is None:  # named by no rule
                limits = rules[company]._strictest(order._value_authors(), profile)
            if breach := order._value_breach(limits, prices[order]):
                breaches[order] = breach
        return breaches

    def _value_breach(self, limits, prices):
        """Return what an order gives beyond some limits and its approval, or None."""
        approval = self._value_approval(APPROVED)
        lines = {
            line: percent
            for line, percent in prices.discounts.items()
            if limits.discount is not None
            and percent is not None
            and percent > round(limits.discount, 2)
            and not approval._allows(line.product_id, percent)
        }
        low = False
        if prices.margin is not None and limits.margin is not None:
            allowed = approval.margin
            floor = limits.margin if allowed is False else min(limits.margin, allowed)
            low = prices.margin < round(floor, 2)
        return Breach(lines, low, limits, prices) if lines or low else None

    def _value_approval(self, state):
        """Return the latest approval in a state, for the customer of today."""
        customer = self.partner_id.commercial_partner_id._origin
        found = self._origin.sudo().value_approval_ids.filtered(
            lambda approval: approval.state == state and approval.partner_id == customer
        )
        return found.sorted("id")[-1:]

    def _value_held(self):
        """Return those that no customer may accept before somebody allows them."""
        open_ = self.filtered(lambda order: order.state in OPEN)
        return self.browse().concat(*open_._value_breaches())

    def _value_may_approve(self, user):
        """Return whether a user may decide on what the order gives.

        Two pairs of eyes: nobody decides on what he asked for, and beyond his own
        authority only a manager does, on what others have made.
        """
        self.ensure_one()
        if self._value_approval(ASKED).user_id == user:
            return False
        if not self.with_user(user).has_access("write"):
            return False
        if not self._value_breaches(user):
            return True
        manager = user.has_group(MANAGER)
        return manager and user not in self._value_authors()
