from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Contacts that are merged: figures move by SQL, which computes nothing."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """Let the figures that have moved follow the salesperson of their contact."""
        result = super()._update_values(src_partners, dst_partner)
        # Whoever may merge contacts need not see their figures.
        profiles = self.env["crm.value.profile"].sudo()
        moved = profiles.search([("partner_id", "=", dst_partner.id)])
        self.env.add_to_compute(profiles._fields["user_id"], moved)
        return result
