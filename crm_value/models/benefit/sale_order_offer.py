from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

from ...const import USER
from ...fields import NullableFloat

# Computed for new quotations only: what was offered before is not known.
NEW_COLUMNS = ("value_quoted_tier_id", "value_tier_pricelist_id")


class SaleOrder(models.Model):
    """Applies the conditions of the customer's tier to new quotations.

    What was offered stays: neither a change of tier nor of its benefits touches a
    quotation that exists, and nothing touches a confirmed order.
    """

    _inherit = "sale.order"

    value_quoted_tier_id = fields.Many2one(
        "crm.value.tier",
        string="Tier When Quoted",
        compute="_compute_value_offer",
        store=True,
        precompute=True,
        ondelete="restrict",
        groups=USER,
    )
    value_tier_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Tier Pricelist",
        compute="_compute_value_offer",
        store=True,
        precompute=True,
        ondelete="set null",
        groups=USER,
        help="Pricelist applied to the quotation because of the customer's tier.",
    )
    value_confirmed_tier_id = fields.Many2one(
        "crm.value.tier",
        string="Tier When Confirmed",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups=USER,
    )
    value_points_rate = NullableFloat(
        string="Points Rate When Confirmed", copy=False, readonly=True, groups=USER
    )

    def _auto_init(self):
        for name in NEW_COLUMNS:
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, "int4")
        return super()._auto_init()

    @api.depends("partner_id", "company_id")
    def _compute_value_offer(self):
        drafts = self.filtered(lambda order: order.state == "draft")
        tiers = drafts._value_current_tiers()
        for order in drafts:
            tier = tiers[order]
            order.value_quoted_tier_id = tier
            order.value_tier_pricelist_id = tier._pricelist_for(order.partner_id)
        for order in self - drafts:
            # One that changes hands after it was sent was not made to its owner.
            kept = order if order.state != "sent" else order.browse()
            order.value_quoted_tier_id = kept.value_quoted_tier_id
            order.value_tier_pricelist_id = kept.value_tier_pricelist_id

    @api.depends("value_tier_pricelist_id")
    def _compute_pricelist_id(self):
        """Start from the pricelist of the customer's tier, if it gives one."""
        result = super()._compute_pricelist_id()
        for order in self:
            if order.state == "draft" and order.value_tier_pricelist_id:
                order.pricelist_id = order.value_tier_pricelist_id
        return result

    def action_confirm(self):
        """Note the tier that counts for this order from now on."""
        self.filtered(lambda order: order.state != "sale")._value_note_tier()
        return super().action_confirm()

    def _value_note_tier(self):
        tiers = self._value_current_tiers()
        for tier, orders in self.grouped(lambda order: tiers[order]).items():
            orders.sudo().write(  # nobody chooses them, whoever confirms
                {
                    "value_confirmed_tier_id": tier.id,
                    "value_points_rate": tier.points_rate if tier else 1.0,
                }
            )

    def _value_current_tiers(self):
        """Return the tier that each order's customer is in now."""
        tier = self.env["crm.value.tier"].sudo()
        found = tier._by_customer(self.company_id, self.partner_id)
        return {
            order: found.get(
                (order.company_id.id, order.partner_id.commercial_partner_id.id), tier
            )
            for order in self
        }

    def _value_tiers(self):
        """Return the tiers whose programs are open to the order.

        A quotation keeps what was offered, and gets what the customer has earned since.
        """
        self.ensure_one()
        order = self.sudo()  # the price does not depend on who looks at it
        if order.state in ("sale", "cancel"):
            return order.value_quoted_tier_id | order.value_confirmed_tier_id
        return order.value_quoted_tier_id | self._value_current_tiers()[self]

    def _value_points_rate(self, program):
        """Return the points rate of the tier, that at confirmation once confirmed."""
        self.ensure_one()
        rate = self.sudo().value_points_rate  # points do not depend on who looks
        if self.state == "sale" and rate is not False:
            return rate
        tier = self._value_current_tiers()[self]
        return tier.points_rate if tier else 1.0

    def _get_program_domain(self):
        """Leave out the programs of tiers that the customer is not in."""
        return super()._get_program_domain() + self._value_tier_domain("value_tier_ids")

    def _get_trigger_domain(self):
        """Leave out the codes of tiers that the customer is not in."""
        return super()._get_trigger_domain() + self._value_tier_domain(
            "program_id.value_tier_ids"
        )

    def _value_tier_domain(self, path):
        return ["|", (path, "=", False), (path, "in", self._value_tiers().ids)]
