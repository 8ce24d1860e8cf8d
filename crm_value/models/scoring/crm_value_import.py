from odoo import models


class CrmValueImport(models.Model):
    """Importing many purchases asks for a run."""

    _inherit = "crm.value.import"

    def _rescore_everybody(self):
        # Else only a manager may ask for one.
        self.env["crm.value.run"].sudo()._request(self.company_id)
        return super()._rescore_everybody()
