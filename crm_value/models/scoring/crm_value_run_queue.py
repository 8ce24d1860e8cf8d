import logging
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL, date_utils

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


class CrmValueRun(models.Model):
    """The queue of runs: what the cron asks for, and how it works it off."""

    _inherit = "crm.value.run"

    @api.model
    def _cron_score(self):
        """Score every company, then work off what waits; safe to start at any time."""
        if not self.search_count([("state", "in", ("queued", "running"))], limit=1):
            for company in self.env["res.company"]._all_scored():
                self._enqueue(company)
        else:
            self._plan_today()
        self._work_queue()

    @api.model
    def _plan_today(self):
        """Ask for today's run of the companies that have none."""
        for company in self.env["res.company"]._all_scored():
            today = self._today(company)
            if not self.search_count(
                [("company_id", "=", company.id), ("as_of", "=", today)], limit=1
            ):
                self._enqueue(company)

    @api.model
    def _work_queue(self):
        """Execute the waiting runs, today's first, then the history backwards."""
        waiting = [("state", "in", ("queued", "running"))]
        tried = self.browse()
        while run := self.search(
            [*waiting, ("id", "not in", tried.ids)], order="as_of DESC, id", limit=1
        ):
            tried |= run
            if not run._execute():
                continue
            if not run.is_past:
                run._request_missing_months()
            remaining = self.search_count([*waiting, ("id", "not in", tried.ids)])
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                self._trigger()
                return

    def _request_missing_months(self):
        """Ask for the month ends that the history lacks, back to the first purchase."""
        first = self.env["crm.value.profile"]._read_group(
            [("company_id", "=", self.company_id.id)], [], ["first_purchase_date:min"]
        )[0][0]
        if not first:
            return
        # Runs, not snapshots: a month end without any customer is there too.
        past = [("company_id", "=", self.company_id.id), ("is_past", "=", True)]
        have = set(self.search([*past, ("state", "=", "done")]).mapped("as_of"))
        day = date_utils.start_of(self.as_of, "month")
        for _month in range(self.policy_id.history_months):
            end = date_utils.subtract(day, days=1)
            if end < first:
                break
            if end not in have:
                self._enqueue(self.company_id, end)
            day = date_utils.start_of(end, "month")

    @contextmanager
    def _company_lock(self, company):
        """Hold the company's scoring lock; yields False if another process has it.

        A session lock of PostgreSQL: it survives the commits between two steps and
        ends with the connection, so that a killed process leaves nothing locked.
        """
        key = SQL("hashtext('crm.value.run'), %s", company.id)
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

    def _execute(self):
        """Score the run's company; return False if that must wait for another run."""
        self.ensure_one()
        with self._company_lock(self.company_id) as locked:
            if not locked:
                self._say_waiting()
                return False
            self._begin()
            try:
                self._score()
            except Exception as error:
                # Whatever went wrong, nothing was stored; the record says what it was.
                self.env.cr.rollback()
                self.env.invalidate_all()
                self._fail(error)
                _logger.exception("Customer value run %s failed", self.id)
        return True

    def _say_waiting(self):
        if self.state == "queued":
            self.message = self.env._(
                "Waiting: another run of this company is working."
            )
            # A refresh that holds the lock would not start the queue again.
            self._trigger(fields.Datetime.now() + timedelta(minutes=1))

    def _begin(self):
        """Start, or start again after a kill: the steps of the lost try are dropped."""
        interrupted = self.state == "running"
        self.env["crm.value.policy"]._ensure(self.company_id)
        self.step_ids.unlink()
        self.issue_ids.unlink()
        self.write(
            {
                "state": "running",
                "policy_id": self.env["crm.value.policy"]
                ._published(self.company_id, self.as_of if self.is_past else None)
                .id,
                "started_at": fields.Datetime.now(),
                "attempts": self.attempts + 1,
                "message": self.env._("Started again: the first try was interrupted.")
                if interrupted
                else False,
            }
        )
        self._commit()

    def _fail(self, error):
        """Keep the reason; a conflict with another transaction is tried again."""
        retry = (
            isinstance(error, psycopg2.OperationalError)
            and self.attempts < MAX_ATTEMPTS
        )
        self.write(
            {
                "state": "queued" if retry else "failed",
                "message": self.env._(
                    "The run stopped and nothing was changed. %(error)s", error=error
                ),
                "ended_at": fields.Datetime.now(),
            }
        )
        if retry:
            self._trigger()
        self._commit()

    @contextmanager
    def _step(self, code):
        """Time one step and make it visible at once."""
        start = perf_counter()
        yield
        self.env["crm.value.run.step"].create(
            {"run_id": self.id, "code": code, "seconds": perf_counter() - start}
        )

    def _commit(self):
        self.env["ir.cron"]._commit_progress(0)
