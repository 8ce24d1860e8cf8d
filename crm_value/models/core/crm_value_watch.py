from odoo import api, models

from .crm_value_queue import WAITING

GIVE_UP = 5  # failures in a row, after which a cron waits for its own interval


class CrmValueWatch(models.AbstractModel):
    """Watchdog of the crons: what was interrupted goes on within minutes.

    A cron that is killed three times in a row waits for its next interval, which may be
    a night; so does one that found the lock of a killed process still held by a
    statement in PostgreSQL. Here they are woken, unless somebody is at work.
    """

    _name = "crm.value.watch"
    _description = "Restart of Interrupted Work"

    @api.model
    def _cron_watch(self):
        """Wake the crons with unfinished work."""
        for cron in self._unfinished():
            # The lock of a cron is held by the process that works it off.
            if cron.active and cron.try_lock_for_update():
                cron._trigger()

    @api.model
    def _unfinished(self):
        """Return the crons that have failed of late, and those of waiting work."""
        # Whoever this runs as: crons belong to the administrator.
        crons = self.env["ir.cron"].sudo()
        data = self.env["ir.model.data"].sudo()
        ours = data.search([("module", "=", "crm_value"), ("model", "=", "ir.cron")])
        failed = crons.search(
            [
                ("id", "in", ours.mapped("res_id")),
                ("failure_count", ">", 0),
                ("failure_count", "<", GIVE_UP),
            ]
        )
        queues = self.env.registry.descendants(["crm.value.queue"], "_inherit")
        for model in [self.env[name].sudo() for name in queues]:
            if model._abstract or not model.search_count(WAITING, limit=1):
                continue
            cron = crons.env.ref(model._job, raise_if_not_found=False)
            # Once more than a record has attempts: that one says it is given up.
            if cron and cron.sudo().failure_count <= GIVE_UP:
                failed |= cron.sudo()
        return failed
