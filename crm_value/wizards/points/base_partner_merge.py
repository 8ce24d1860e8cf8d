from odoo import models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

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
