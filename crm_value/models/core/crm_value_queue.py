import logging
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, format_datetime

_logger = logging.getLogger(__name__)

WAITING = [("state", "in", ("queued", "running"))]
LATE = timedelta(minutes=3)  # Odoo looks for what is due every minute


class CrmValueQueue(models.AbstractModel):
    """Job queue mixin: long work is requested, then done by a cron, one at a time.

    A record is queued, running, then done or failed; its model may know more states.
    What a killed process or a conflict has interrupted is begun again, a few times.
    """

    _name = "crm.value.queue"
    _description = "Queued Work"
    _job = None  # the cron that works the records off, by its XML id
    _queue_order = "id"
    _max_attempts = 5

    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        default="queued",
        required=True,
        readonly=True,
    )
    message = fields.Text(readonly=True, copy=False)
    attempts = fields.Integer(readonly=True, copy=False)
    waiting_note = fields.Char(string="Waits for", compute="_compute_waiting_note")
    waits_in_vain = fields.Boolean(
        string="Nothing Starts It",
        compute="_compute_waiting_note",
        help="Nothing seems to start it: the scheduled action is off or long overdue.",
    )

    def action_try_again(self):
        """Put what has failed into the queue again, with all its attempts."""
        self.check_access("write")
        if self.filtered(lambda record: record.state != "failed"):
            raise UserError(self.env._("Only what has failed can be tried again."))
        self._note({"state": "queued", "message": False, "attempts": 0})
        self._trigger()
        return self._tell_waiting()

    @api.model
    def _work_queue(self):
        """Execute what waits; safe to start at any time."""
        tried = self.browse()
        while record := self.search(
            [*WAITING, ("id", "not in", tried.ids)], order=self._queue_order, limit=1
        ):
            tried |= record
            if not record._execute():
                continue
            record._follow_up()
            remaining = self.search_count([*WAITING, ("id", "not in", tried.ids)])
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                if remaining:
                    self._trigger()
                return

    def _execute(self):
        """Do the work of one record; return False if another process is at it."""
        self.ensure_one()
        with self._lock() as locked:
            if not locked:
                self._say_waiting()
                return False
            record = self._as_worker()
            try:
                if record._begin():
                    record._perform()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                record._roll_back()  # still running: begun again by the next round
                record._trigger()
            except Exception as error:
                # Whatever went wrong, nothing was stored; the record says what it was.
                record._roll_back()
                if not isinstance(error, UserError):
                    _logger.exception("%s failed", record)
                # Whoever asked may have lost the right to say so.
                record.sudo()._fail(record._say_error(error))
            record._commit()
        return True

    def _lock(self):
        """Hold the lock of the work; yields False if another process has it."""
        return self._session_lock(self.id)

    @contextmanager
    def _session_lock(self, number):
        """Hold a lock of this model; yields False if another process has it.

        A session lock of PostgreSQL: it survives the commits within the work and ends
        with the connection, so that a killed process leaves nothing locked.
        """
        key = SQL("hashtext(%s), %s", self._name, number)
        [[locked]] = self.env.execute_query(SQL("SELECT pg_try_advisory_lock(%s)", key))
        try:
            yield locked
        except Exception:
            # An aborted transaction could not give the lock back.
            self.env.cr.rollback()
            raise
        finally:
            if locked:
                self.env.execute_query(SQL("SELECT pg_advisory_unlock(%s)", key))

    def _say_waiting(self):
        """Tell that the work must wait for another process."""

    def _as_worker(self):
        """Return the record as whoever shall do the work: nobody, with all rights."""
        return self.sudo()

    def _begin(self):
        """Note the attempt; return False if there is nothing to do any more."""
        self.invalidate_recordset()
        if self.state not in ("queued", "running"):
            return False
        if self.attempts >= self._max_attempts:
            self._fail(self._say_interrupted())
            return False
        interrupted = self.state == "running"
        self._note(
            {
                "state": "running",
                "attempts": self.attempts + 1,
                "message": self.env._("Restarted: the first attempt was interrupted.")
                if interrupted
                else False,
            }
        )
        self._commit()
        return True

    def _perform(self):
        """Do the work, and write the state that it ends in."""
        raise NotImplementedError

    def _follow_up(self):
        """Ask for what comes after this work, when the queue has done it."""

    def _say_interrupted(self):
        return self.env._(
            "This was interrupted %(count)s times. Have the time limit of the server's "
            "crons raised, then try it again.",
            count=self.attempts,
        )

    def _say_error(self, error):
        """Return what the record says of an error."""
        return str(error)

    def _fail(self, message):
        """Keep why the work cannot be done."""
        self._note({"state": "failed", "message": message})

    @api.model
    def _trigger(self, at=None):
        # Whoever asks for work need not edit crons.
        self.env.ref(self._job).sudo()._trigger(at)

    def _wait_a_minute(self):
        """Come back to the queue soon: whoever holds the lock may not start it."""
        self._trigger(fields.Datetime.now() + timedelta(minutes=1))

    def _commit(self):
        """Make progress visible."""
        self.env["ir.cron"]._commit_progress(0)

    def _roll_back(self):
        self.env.cr.rollback()
        self.env.invalidate_all()

    # --- what it waits for, as Odoo's scheduled actions tell it ---

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
