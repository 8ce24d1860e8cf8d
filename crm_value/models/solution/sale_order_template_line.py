from odoo import fields, models
from odoo.tools import float_round

from .const import SELLING, Needs


class SaleOrderTemplateLine(models.Model):
    """A line of a template follows a need: so much of it for each that is needed."""

    _inherit = "sale.order.template.line"

    value_need_id = fields.Many2one(
        "crm.value.need",
        string="For the Need",
        index="btree_not_null",
        ondelete="restrict",
        groups=SELLING,
    )
    value_need_rate = fields.Float(
        string="Per Unit Needed",
        digits=(16, 4),
        default=1.0,
        groups=SELLING,
        help="How much of the product for each person, square metre or whatever the "
        "need is measured in. What is counted in pieces is rounded up to whole ones.",
    )
    value_need_minimum = fields.Float(
        string="At Least",
        digits="Product Unit",
        groups=SELLING,
        help="Least quantity, however little is needed.",
    )

    _value_need_some = models.Constraint(
        "CHECK (value_need_rate >= 0 AND value_need_minimum >= 0)",
        "Quantities for a need are not negative.",
    )

    def _prepare_order_line_values(self):
        """Take the quantity from what is needed, where a solution is being offered."""
        values = super()._prepare_order_line_values()
        needs = self.env.context.get("value_needs")
        if isinstance(needs, Needs) and not self._value_is_optional():
            amount = needs.get(self.sudo().value_need_id.id)  # whoever is offered it
            if amount:
                values["product_uom_qty"] = self._value_quantity(amount)
        return values

    def _value_is_optional(self):
        """Return whether the customer chooses the line in an optional section."""
        section = self.parent_id
        return section.is_optional or section.parent_id.is_optional

    def _value_quantity(self, amount):
        """Return the quantity for an amount of the need, rounded up in its unit."""
        line = self.sudo()  # as above
        unit = line.product_uom_id
        piece = self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_unit")
        pieces = unit._has_common_reference(unit.browse(piece))
        # What floats leave behind is no piece more.
        plain = float_round(amount * line.value_need_rate, precision_digits=6)
        step = 1.0 if pieces else unit.rounding
        needed = float_round(plain, precision_rounding=step, rounding_method="UP")
        return max(needed, line.value_need_minimum)
