from odoo import models


class CrmValueRun(models.Model):
    _inherit = "crm.value.run"

    def _follow_up(self):
        """Store the months once nothing waits that they are told by."""
        result = super()._follow_up()
        self.env["crm.value.month"]._trigger()
        return result
