from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Let the better membership go on; all of them stay in the history."""
        memberships = self.env["crm.value.membership"].sudo()  # of every company
        memberships._join(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
