from odoo import models


class CrmValueRun(models.Model):
    """Shares of wallet follow the documents, like all figures."""

    _inherit = "crm.value.run"

    def _store(self, day, figures, bad, partner_ids=None):
        """Read again what we had of the wallets of the customers scored."""
        result = super()._store(day, figures, bad, partner_ids)
        if not self.is_past:
            self.env["crm.value.wallet"]._follow(self.company_id, partner_ids)
        return result
