from odoo import api, fields, models

from .const import SELLING


class SaleOrderTemplate(models.Model):
    """A quotation template is a solution: it says which needs it meets."""

    _inherit = "sale.order.template"

    value_need_ids = fields.Many2many(
        "crm.value.need",
        string="Meets the Needs",
        compute="_compute_value_need_ids",
        store=True,
        readonly=False,
        groups=SELLING,
        help="Leads and customers who need this are offered the template. The needs "
        "of its lines are among them.",
    )

    @api.depends("sale_order_template_line_ids.value_need_id")
    def _compute_value_need_ids(self):
        """Add the needs of the lines to those that were chosen."""
        for template in self:
            template.value_need_ids |= (
                template.sale_order_template_line_ids.value_need_id
            )
