from odoo import models


class CrmValueRun(models.Model):
    """Sums of months are there again as soon as a run over all has dropped them."""

    _inherit = "crm.value.run"

    def _follow_up(self):
        """Make the sums; where other runs wait, the last of them does."""
        result = super()._follow_up()
        self.env["crm.value.month.kept"]._make(self.company_id)
        return result
