from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        """Another due date changes how late the customer pays."""
        result = super().write(vals)
        if "date_maturity" in vals:
            self.move_id._mark_value_stale()
        return result
