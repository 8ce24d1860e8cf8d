from odoo import models

REGION = ("country_id", "state_id")


class ResPartner(models.Model):
    """A customer that moves leaves its months where it lived."""

    _inherit = "res.partner"

    def write(self, vals):
        """Keep the region that a customer had until today."""
        given = [name for name in REGION if name in vals]
        if given:
            moving = self.sudo().filtered(  # who writes need not read all of them
                lambda partner: any(
                    partner[name].id != (vals[name] or False) for name in given
                )
                and partner.commercial_partner_id == partner
            )
            self.env["crm.value.month.past"]._keep("partner_id", moving, REGION)
        return super().write(vals)
