from odoo import api, models
from odoo.tools.sql import column_exists, create_column

from ...fields import NullableFloat

NEW_COLUMNS = ("value_tier_price", "value_regular_price")


class SaleOrderLine(models.Model):
    """Keeps the member price and the regular price of a line as quoted."""

    _inherit = "sale.order.line"

    value_tier_price = NullableFloat(
        string="Member Price",
        compute="_compute_value_tier_price",
        store=True,
        precompute=True,
        groups="crm_value.group_user",
        help="Unit price in the currency of the order. Empty if no tier pricelist "
        "applies.",
    )
    value_regular_price = NullableFloat(
        string="Non-Member Price",
        compute="_compute_value_tier_price",
        store=True,
        precompute=True,
        groups="crm_value.group_user",
        help="Unit price by the pricelist that would otherwise apply to the customer.",
    )

    _value_tier_price_idx = models.Index(
        "(order_id) WHERE value_tier_price IS NOT NULL"
    )
    _value_reward_idx = models.Index("(order_id) WHERE reward_id IS NOT NULL")

    def _auto_init(self):
        for name in NEW_COLUMNS:  # older lines had no price of a tier
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, "float8")
        return super()._auto_init()

    @api.depends(
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "order_id.pricelist_id",
        "order_id.value_tier_pricelist_id",
    )
    def _compute_value_tier_price(self):
        for line in self:
            tier_list = line._value_tier_pricelist()
            line.value_tier_price = line._value_price_by(tier_list, bool(tier_list))
            customer = line.order_id.partner_id.with_company(line.company_id)
            line.value_regular_price = line._value_price_by(
                customer.property_product_pricelist, bool(tier_list)
            )

    def _value_tier_pricelist(self):
        """Return the pricelist of the tier if it prices this line."""
        order = self.order_id
        pricelist = order.value_tier_pricelist_id
        priced_apart = (
            self.display_type
            or self.reward_id
            or self.is_downpayment
            or self.combo_item_id
            or not self.product_id
        )
        if pricelist != order.pricelist_id or priced_apart:
            return pricelist.browse()
        return pricelist

    def _value_price_by(self, pricelist, known):
        """Return the price of a unit by a pricelist, if it is asked for."""
        if not known:
            return False
        line = self.with_company(self.company_id)
        return pricelist._get_product_price(
            line.product_id.with_context(**line._get_product_price_context()),
            **line._get_pricelist_kwargs(),
        )
