from odoo import api, models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Merge customer value along with the customers.

        Purchases, overrides and the history move to the partner that stays, by Odoo's
        own update of references. The profiles of the others cannot move, because a
        customer has one in each company; the refresh computes it from all documents.
        Of two memberships the better one goes on, and both stay in the history.
        """
        # Whoever is merged shall not end as its own referrer.
        (src_partners + dst_partner).sudo()._take_off_circular_referrers()
        # Merging concerns all companies, whichever the user works in.
        companies = self.env["res.company"]._all_scored()
        # A contact that merges into another company leaves its own.
        self.env["crm.value.stale"]._mark(src_partners, companies)
        profiles = self.env["crm.value.profile"].sudo()
        profiles.search([("partner_id", "in", src_partners.ids)]).unlink()
        customers = src_partners | dst_partner
        self.env["crm.value.membership"].sudo()._join(customers)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["crm.value.stale"]._mark(dst_partner, companies)
        return result

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Join ledger cards first: their lines move, and so do the points.

        Odoo adds up the numbers and leaves the lines with the cards it archives.
        """
        customer = dst_partner.commercial_partner_id
        cards = self.env["loyalty.card"].sudo()  # as Odoo does
        cards.search(
            [
                ("value_ledger", "=", True),
                ("partner_id", "in", (src_partners | dst_partner | customer).ids),
            ]
        )._value_combine_by_customer(customer)
        return super()._merge_loyalty_cards(src_partners, dst_partner)
