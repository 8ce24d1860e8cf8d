from odoo import models


class ProductTemplate(models.Model):
    """A product that changes its category leaves the months that are over there."""

    _inherit = "product.template"

    def write(self, vals):
        """Keep the category that a product had until today."""
        if "categ_id" in vals:
            moving = self.sudo().filtered(  # who writes need not read all of them
                lambda product: product.categ_id.id != (vals["categ_id"] or False)
            )
            self.env["crm.value.month.past"]._keep(
                "product_tmpl_id", moving, ("categ_id",)
            )
        return super().write(vals)
