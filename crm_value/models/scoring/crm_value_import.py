from odoo import models

from .crm_value_run_flow import NEW_SHARE


class CrmValueImport(models.Model):
    """Importing many purchases asks for a run."""

    _inherit = "crm.value.import"

    def _rescore(self, customers):
        """Score everybody anew where the scales rest on what has just changed.

        An import that is undone and made again changes customers who are known.
        """
        # Whoever imports need not see runs.
        run = self.env["crm.value.run"].sudo()._current(self.company_id)
        if len(customers) > NEW_SHARE * run.buyer_count:
            return self._rescore_everybody()
        return super()._rescore(customers)

    def _rescore_everybody(self):
        # Else only a manager may ask for one.
        self.env["crm.value.run"].sudo()._request(self.company_id)
        return super()._rescore_everybody()
