from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Prevent a merged customer from being its own referrer."""
        # Whoever merges need not be allowed to edit all of these contacts.
        (src_partners + dst_partner).sudo()._value_take_off_circular_referrers()
        return super()._update_foreign_keys(src_partners, dst_partner)
