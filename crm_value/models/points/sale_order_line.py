from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...const import OURS

COSTS = {"points_cost", "coupon_id", "reward_id", "product_uom_qty"}
# What ties a discount to the points it takes: Odoo's reward flow writes these.
TIES = {"coupon_id", "points_cost", "reward_id", "reward_identifier_code"}
PROMISES = {"price_unit", "product_uom_qty", "discount", "product_id", "tax_ids"}


class SaleOrderLine(models.Model):
    """Changed lines of a confirmed order update its redemption and its accrual."""

    _inherit = "sale.order.line"

    _value_coupon_idx = models.Index("(coupon_id) WHERE coupon_id IS NOT NULL")

    @api.constrains("coupon_id")
    def _check_value_card(self):
        """Refuse to redeem points of another customer."""
        for line in self:
            card = line.coupon_id.sudo()  # who sells to one may not see others' cards
            customer = line.order_id.partner_id.commercial_partner_id
            if card.value_ledger and card.partner_id.commercial_partner_id != customer:
                raise ValidationError(
                    line.env._("These points belong to another customer.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._value_refuse_by_hand()  # now that defaults have been filled in
        confirmed = lines.filtered(lambda line: line.state == "sale")
        confirmed.filtered("coupon_id").order_id._value_book_spent(check=True)
        confirmed.order_id._value_accrue_again()
        return lines

    def write(self, vals):
        self._value_refuse_ties(vals)
        result = super().write(vals)
        confirmed = self.filtered(lambda line: line.state == "sale").order_id
        if COSTS & vals.keys():
            confirmed.filtered("order_line.coupon_id")._value_book_spent(check=True)
        if PROMISES & vals.keys():
            confirmed._value_accrue_again()
        return result

    def unlink(self):
        """Keep what an invoice gives for points, also where Odoo drops all rewards."""
        confirmed = self.filtered(lambda line: line.state == "sale").order_id
        billed = self._value_billed_rewards()
        billed._value_refuse_loss()
        lines = self - billed
        result = super(SaleOrderLine, lines).unlink()
        confirmed.exists()._value_book_spent()
        confirmed.exists()._value_accrue_again()
        return result

    def _value_billed_rewards(self):
        """Return rewards that invoices give though their order is not confirmed."""
        billed = self.sudo().filtered(
            lambda line: (
                line.state != "sale"
                and line.coupon_id.program_id.value_ledger
                and (line.qty_invoiced_posted > 0 or line.untaxed_amount_invoiced)
            )
        )
        return billed.sudo(self.env.su)

    def _value_refuse_loss(self):
        """Refuse to delete by hand what an invoice gives: points would come back."""
        in_flow = (
            self.env.context.get("value_rewards") is OURS
            or self.env.context.get("value_keep_lines") is OURS
        )
        if self and not in_flow:
            raise UserError(
                self.env._(
                    "An invoice gives this reward. Credit the invoice; then its points "
                    "come back."
                )
            )

    def _reset_loyalty(self, complete=False):
        in_flow = self.with_context(value_rewards=OURS)
        lines = in_flow - in_flow._value_billed_rewards()
        super(SaleOrderLine, lines)._reset_loyalty(complete)
        return self

    # --- A discount and the points it takes stay together ---

    def _value_refuse_ties(self, vals):
        """Refuse to loosen or tie by hand what takes points from a ledger card."""
        ties = {
            name: self._fields[name].convert_to_cache(vals[name], self)
            for name in TIES & vals.keys()
        }
        if not ties:
            return
        changed = self.filtered(
            lambda line: any(
                line._fields[name].convert_to_cache(line[name], line) != value
                for name, value in ties.items()
            )
        )
        changed._value_refuse_by_hand()
        if changed:
            # A line as it would be: of that card, of that reward.
            changed.new(ties)._value_refuse_by_hand()

    def _value_refuse_by_hand(self):
        by_hand = self.env.context.get("value_rewards") is not OURS
        if by_hand and not self.env.su and self._value_takes_points():
            raise AccessError(
                self.env._(
                    "The points of a reward follow from the reward and cannot be "
                    "entered. Use Reward on the order, or set the quantity of the "
                    "reward to zero."
                )
            )

    def _value_takes_points(self):
        lines = self.sudo()  # who sells may not read every program
        programs = lines.coupon_id.program_id | lines.reward_id.program_id
        return any(programs.mapped("value_ledger"))
