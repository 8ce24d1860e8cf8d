from odoo import models


class CrmValueRun(models.Model):
    """Once a month end is there, the letter of the month goes out."""

    _inherit = "crm.value.run"

    def _follow_up(self):
        result = super()._follow_up()
        if self.is_past and self.state == "done" and self._is_month_end():
            self.env["crm.value.letter"]._trigger()
        return result
