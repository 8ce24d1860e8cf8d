from odoo import api, models

LEDGER = [("value_ledger", "=", True)]
EXPIRING = [*LEDGER, ("points", ">", 0), ("program_id.value_expiry", "!=", "none")]


class CrmValuePoints(models.AbstractModel):
    """What is done every night, batch by batch, each in a transaction of its own."""

    _inherit = "crm.value.points"

    @api.model
    def _cron_points(self):
        """Settle, expire and check all cards of all companies.

        Safe to start at any time: what is booked already is not booked again, and
        what a killed process had begun is done by the next one.
        """
        cards = self.env["loyalty.card"]
        cards._value_gather_astray()
        self.env["ir.cron"]._commit_progress()
        for domain, method in (
            (LEDGER, "_value_settle"),
            (EXPIRING, "_value_expire"),
            (EXPIRING, "_value_plan_notices"),
            (LEDGER, "_value_check"),
        ):
            if not cards._work_off(domain, method):
                return
