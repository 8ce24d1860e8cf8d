from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Drop what was said of those who go: they look like nobody any more."""
        doubles = self.env["crm.value.quality.double"].sudo()  # whoever may merge
        gone = src_partners.ids
        doubles.search(
            ["|", ("partner_id", "in", gone), ("twin_id", "in", gone)]
        ).unlink()
        return super()._update_foreign_keys(src_partners, dst_partner)
