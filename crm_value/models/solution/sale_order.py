from odoo import api, fields, models

from .const import SELLING


class SaleOrder(models.Model):
    """A quotation takes the needs of its lead over, and the contact keeps them."""

    _inherit = "sale.order"

    value_need_line_ids = fields.One2many(
        "crm.value.need.line", "order_id", string="Needs", groups=SELLING
    )
    value_solution_ids = fields.Many2many(
        "sale.order.template",
        "crm_value_solution_rel",
        "order_id",
        "template_id",
        string="Solutions Offered",
        copy=False,
        groups=SELLING,
        help="Templates that a look for solutions put on the quotation.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Take over what the leads need."""
        orders = super().create(vals_list)
        given = ["value_need_line_ids" in vals for vals in vals_list]
        plain = [order for order, known in zip(orders, given, strict=True) if not known]
        # Whoever makes a quotation of a lead need not see its needs.
        self.browse([order.id for order in plain]).sudo()._value_take_needs()
        return orders

    def _value_take_needs(self):
        """Note the needs of the leads on their quotations and contacts."""
        rows = []
        for order in self:
            customer = order.partner_id.commercial_partner_id
            for line in order.opportunity_id.value_need_line_ids:
                told = line._told(order.company_id)
                rows.append({**told, "order_id": order.id})
                rows.append({**told, "partner_id": customer.id})
        self.env["crm.value.need.line"]._note(rows)

    def action_value_solutions(self):
        """Look for what meets the needs of the quotation's customer."""
        return self.env["crm.value.solution"]._open(self)
