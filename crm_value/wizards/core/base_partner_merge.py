from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    """Merges the customer value data of contacts that are merged.

    What refers to a customer moves to the one that stays, by Odoo's own update of
    references; a capability says here what must be different. The refresh computes
    the figures from all documents.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Mark the customers before and after the merge."""
        # Merging concerns all companies, whichever the user works in.
        companies = self.env["res.company"]._value_all_scored()
        # A contact that merges into another company leaves its own.
        self.env["crm.value.stale"]._mark(src_partners, companies)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["crm.value.stale"]._mark(dst_partner, companies)
        return result
