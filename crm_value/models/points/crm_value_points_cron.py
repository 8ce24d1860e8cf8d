from odoo import api, models

LEDGER = [("value_ledger", "=", True)]
NIGHTLY = ["_value_settle", "_value_expire", "_value_plan_notices", "_value_check"]


class CrmValuePoints(models.AbstractModel):
    """What is done every night, batch by batch, each in a transaction of its own."""

    _inherit = "crm.value.points"

    @api.model
    def _cron_points(self):
        """Settle, expire and check all cards of all companies.

        Safe to start at any time: what is booked already is not booked again. Where
        time is over or the process was killed, the next call goes on.
        """
        cards = self.env["loyalty.card"]
        cards._value_gather_astray()
        self.env["ir.cron"]._commit_progress()
        cards._work_round("points", LEDGER, NIGHTLY)
