from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

LATE = timedelta(minutes=3)  # Odoo looks for what is due every minute


class CrmValueQueue(models.AbstractModel):
    """What a waiting record waits for, as Odoo's scheduled actions tell it."""

    _inherit = "crm.value.queue"

    waiting_note = fields.Char(string="Waits for", compute="_compute_waiting_note")
    waits_in_vain = fields.Boolean(
        string="Nothing Starts It",
        compute="_compute_waiting_note",
        help="Nothing seems to start it: the scheduled action is off or long overdue.",
    )

    @api.depends("state")
    @api.depends_context("lang", "tz")
    def _compute_waiting_note(self):
        waiting = self.filtered(lambda record: record.id and record.state == "queued")
        (self - waiting).waiting_note = False
        (self - waiting).waits_in_vain = False
        if waiting:
            waiting.waiting_note, waiting.waits_in_vain = self._say_job()

    @api.model
    def _say_job(self):
        """Return when what waits is begun, and whether nobody seems to begin it."""
        # Whoever waits need not read crons, nor what others have asked for.
        cron, queue = self.env.ref(self._job).sudo(), self.sudo()
        if not cron.active:
            return self.env._(
                "Nothing starts it: the scheduled action “%(name)s” is switched off. "
                "Ask an administrator to switch it on.",
                name=cron.name,
            ), True
        if queue.search_count([("state", "=", "running")], limit=1):
            return self.env._("It starts when the one in progress has ended."), False
        due, now = self._job_due(cron), fields.Datetime.now()
        if due > now:
            return self.env._(
                "It starts with the next scheduled action, on %(time)s.",
                time=format_datetime(self.env, due),
            ), False
        if now - due < LATE:
            return self.env._(
                "It starts with the next scheduled action, within about a minute."
            ), False
        return self.env._(
            "Nothing has started it, though it has been due since %(time)s. Either "
            "other scheduled actions take long, or this server starts none: ask "
            "whoever runs it.",
            time=format_datetime(self.env, due),
        ), True

    @api.model
    def _job_due(self, cron):
        """Return when the job is to be called next, or should have been."""
        [(asked,)] = (
            self.env["ir.cron.trigger"]
            .sudo()
            ._read_group([("cron_id", "=", cron.id)], [], ["call_at:min"])
        )
        return min(filter(None, (asked, cron.nextcall)))

    def _tell_waiting(self):
        """Return a notification of when the work begins."""
        first = self[:1]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if first.waits_in_vain else "info",
                "title": self.env._("Waiting"),
                "message": first.waiting_note,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
