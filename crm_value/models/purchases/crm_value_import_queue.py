import logging
from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from .crm_value_import import AT_ONCE

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5


class CrmValueImport(models.Model):
    """Who does the work: the button, for a short file, else the cron."""

    _inherit = "crm.value.import"

    def _schedule(self, task):
        """Do ``task`` now or queue it."""
        self.write(
            {"task": task, "user_id": self.env.uid, "attempts": 0, "message": False}
        )
        if task == "check":
            self._drop_staged()
            self.write({"rows_read": 0, "known_count": 0})
        if self.row_count <= AT_ONCE:
            self._perform()
            return
        self.state = "queued"
        self._trigger()

    def _perform(self, commit=None):
        if self.task == "check":
            self._check(commit)
        else:
            self._import()

    def _trigger(self):
        # Users may ask for work, not edit crons.
        self.env.ref("crm_value.ir_cron_import").sudo()._trigger()

    @api.model
    def _cron_import(self):
        """Work off the queue, and what a killed process left behind."""
        waiting = [("state", "in", ("queued", "running"))]
        tried = self.browse()
        while record := self.search(
            [*waiting, ("id", "not in", tried.ids)], order="id", limit=1
        ):
            tried |= record
            with record._work_lock() as locked:
                if locked:
                    record._as_its_user()._work()
            remaining = self.search_count([*waiting, ("id", "not in", tried.ids)])
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                if remaining:
                    self._trigger()
                return

    @contextmanager
    def _work_lock(self):
        """Hold the import's lock; yields False if another process works on it.

        A session lock of PostgreSQL: it survives the commits between the chunks and
        ends with the connection, so that a killed process leaves nothing locked.
        """
        key = SQL("hashtext('crm.value.import'), %s", self.id)
        [[locked]] = self.env.execute_query(SQL("SELECT pg_try_advisory_lock(%s)", key))
        try:
            yield locked
        finally:
            if locked:
                self.env.execute_query(SQL("SELECT pg_advisory_unlock(%s)", key))

    def _as_its_user(self):
        """Work with the rights, the language and the company of who asked for it."""
        user = self.user_id
        record = self.with_user(user).with_company(self.company_id)
        return record.with_context(lang=user.lang, tz=user.tz)

    def _work(self):
        """Perform the task; whatever goes wrong, nothing is half imported."""
        try:
            if not self._begin():
                return
            self._check_rights()
            self._perform(self._commit_chunk)
            self._notify()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self._roll_back()  # still running: taken up again by the next round
            self.sudo()._trigger()
        except UserError as error:
            self._roll_back()
            self._fail(str(error))
        except Exception:
            _logger.exception("Import %s of purchases failed", self.id)
            self._roll_back()
            self._fail(
                self.env._(
                    "The import stopped unexpectedly and nothing has been imported. "
                    "The server's log says why."
                )
            )
        self._commit()

    def _begin(self):
        """Note the attempt; return False if there is nothing to do any more."""
        self.invalidate_recordset()
        if self.state not in ("queued", "running"):
            return False
        if self.attempts >= MAX_ATTEMPTS:
            self._fail(
                self.env._(
                    "The import was interrupted %(count)s times. Split the file, or "
                    "have the time limit of the server's crons raised.",
                    count=self.attempts,
                )
            )
            return False
        self.write({"state": "running", "attempts": self.attempts + 1})
        self._commit()
        return True

    def _commit_chunk(self):
        """Make progress visible. Only staging does: purchases stay all or none."""
        self.attempts = 0
        self._commit()

    def _commit(self):
        self.env["ir.cron"]._commit_progress()

    def _roll_back(self):
        self.env.cr.rollback()
        self.env.invalidate_all()

    def _fail(self, message):
        if self.state in ("queued", "running"):
            self.write({"state": "failed", "message": message})
            self._notify()

    def _notify(self):
        """Tell who asked for it, wherever they are in Odoo."""
        texts = {
            "checked": self.env._("The file is checked."),
            "done": self.env._("The purchases are imported."),
            "failed": self.message,
        }
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "danger" if self.state == "failed" else "success",
                "title": self.name,
                "message": texts.get(self.state, ""),
                "sticky": True,
            },
        )
