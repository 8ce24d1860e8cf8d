from odoo import api, models


class CrmValuePoints(models.AbstractModel):
    """What is done every night, batch by batch, each in a transaction of its own."""

    _inherit = "crm.value.points"

    @api.model
    def _cron_points(self):
        """Settle all cards of all companies; safe to start at any time."""
        self.env["loyalty.card"]._work_off(
            [("value_ledger", "=", True)], "_value_settle"
        )
