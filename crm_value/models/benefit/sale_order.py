from odoo import api, fields, models
from odoo.exceptions import UserError

from .crm_value_benefit_row import CONTACT, CREDIT, TERMS

OFFER = "offer"


class SaleOrder(models.Model):
    """Shows which benefits of the customer's tier the order has, and why."""

    _name = "sale.order"
    _inherit = ["sale.order", "crm.value.benefit.row"]

    value_benefits = fields.Json(
        compute="_compute_value_benefits",
        compute_sudo=False,
        groups="crm_value.group_user",
    )

    @api.depends(
        "partner_id",
        "company_id",
        "state",
        "pricelist_id",
        "payment_term_id",
        "user_id",
        "order_line.reward_id",
    )
    @api.depends_context("uid", "lang")
    def _compute_value_benefits(self):
        now = self._value_current_tiers()
        for order in self:
            order.value_benefits = order._value_show_benefits(now[order])

    def _value_show_benefits(self, now):
        """Return the tier that counts for the order and its benefits as plain data."""
        open_ = self.state in ("draft", "sent")
        tier = self._value_shown_tier(now)
        if not tier or self.state == "cancel":
            return False
        moved = open_ and tier != now
        return {
            "tier": tier.name,
            "color": tier.color,
            "note": self._value_moved_note(tier, now) if moved else "",
            "can_renew": moved and self.has_access("write"),
            "rows": [
                *self._value_price_row(tier),
                *self._value_program_rows(tier | now if open_ else tier),
                *self._value_rate_row(now if open_ else tier, open_),
                *self._terms_row(tier, self.payment_term_id, open_),
                *self._credit_row(tier, self.partner_id.commercial_partner_id),
                *self._value_contact_row(tier, open_),
            ],
        }

    def _value_shown_tier(self, now):
        """Return the tier that counts: the one quoted or confirmed, else today's."""
        if self.state == "sale":
            return self.value_confirmed_tier_id.sudo()
        return self.value_quoted_tier_id.sudo() or now

    def _value_moved_note(self, tier, now):
        if not now:
            return self.env._(
                "The customer no longer holds %(tier)s. The quotation keeps the "
                "conditions offered.",
                tier=tier.name,
            )
        return self.env._(
            "The customer's tier is now %(now)s. The quotation keeps the conditions"
            " offered for %(tier)s.",
            now=now.name,
            tier=tier.name,
        )

    def _value_price_row(self, tier):
        """Return the row of the pricelist, whether it prices this order or not."""
        quoted = self.value_tier_pricelist_id.sudo()
        pricelist = quoted or tier.pricelist_id
        if not pricelist:
            return []
        label = self.env._("Pricelist: %(name)s", name=pricelist.name)
        applied = bool(quoted) and self.pricelist_id == quoted
        return [
            self._benefit_row(
                "pricelist", label, applied, "" if applied else self._value_why(tier)
            )
        ]

    def _value_why(self, tier):
        """Return why the order has not the price of the tier."""
        if self.value_tier_pricelist_id:
            return self.env._("Another pricelist was chosen on this order.")
        return tier._why_not_priced(self.partner_id.sudo()) or self.env._(
            "The order is older than this benefit, or a copy; it stays unchanged."
        )

    def _value_rate_row(self, tier, open_):
        """Return the row of the points rate; it is today's until the confirmation."""
        why = self.env._("Applies once the order is confirmed.") if open_ else ""
        return self._rate_row(tier, why) if tier else []

    def _value_program_rows(self, tiers):
        """Return one row for each program that is open to the tiers today."""
        today = fields.Date.context_today(self)
        used = self.sudo().order_line.reward_id.program_id
        rows = []
        for program in tiers.program_ids.filtered("active"):
            begins, ends = program.date_from, program.date_to
            over = (begins and begins > today) or (ends and ends < today)
            if program in used or not over:
                why = (
                    ""
                    if program in used
                    else self.env._("Not used yet; add it with Reward or Promotions.")
                )
                rows.append(
                    self._benefit_row(
                        f"program {program.id}", program.name, program in used, why
                    )
                )
        return rows

    def _value_contact_row(self, tier, open_):
        """Return the row of the dedicated contact; no salesperson is replaced."""
        contact = tier.contact_user_id
        if not contact:
            return []
        partner = self.partner_id
        other = partner.user_id or partner.commercial_partner_id.user_id
        label = self.env._("Dedicated contact: %(name)s", name=contact.name)
        applied = self.user_id == contact
        why = ""
        if not applied and other:
            why = self.env._(
                "%(name)s is already the salesperson of the customer.", name=other.name
            )
        elif not applied:
            why = self.env._("Suggested as salesperson of this order.")
        return [self._benefit_row(CONTACT, label, applied, why, open_ and not other)]

    def _value_contact(self):
        """Return the contact to name on documents, unless the salesperson is that."""
        self.ensure_one()
        order = self.sudo()  # customers print their documents as well
        tier = order._value_shown_tier(order._value_current_tiers()[order])
        return (tier.contact_user_id - order.user_id).partner_id

    # --- one click ---

    def action_apply_benefit(self, code):
        """Apply what a tier only suggests."""
        self.ensure_one()
        tier = self._value_shown_tier(self._value_current_tiers()[self])
        if code == CREDIT:
            return self._apply_credit(tier, self.partner_id.commercial_partner_id)
        if self.state not in ("draft", "sent"):
            raise UserError(self.env._("A confirmed order keeps its conditions."))
        if code == TERMS:
            self.payment_term_id = tier.payment_term_id
        elif code == CONTACT:
            self.user_id = tier.contact_user_id
        elif code == OFFER:
            self._value_renew_offer()
        return None

    def _value_renew_offer(self):
        """Make the quotation anew at the conditions of today's tier."""
        tier = self._value_current_tiers()[self]
        pricelist = tier._pricelist_for(self.partner_id.sudo())
        self.sudo().write(  # who may write the quotation may renew it
            {"value_quoted_tier_id": tier.id, "value_tier_pricelist_id": pricelist.id}
        )
        customer = self.with_company(self.company_id).partner_id
        self.pricelist_id = pricelist or customer.property_product_pricelist
        self.action_update_prices()
