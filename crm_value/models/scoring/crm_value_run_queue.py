from contextlib import contextmanager
from time import perf_counter, sleep

from odoo import api, fields, models
from odoo.tools import SQL, config, date_utils

PATIENCE = 30  # seconds


class CrmValueRun(models.Model):
    """The queue of runs: what the cron asks for, and how it works it off."""

    _inherit = "crm.value.run"

    @api.model
    def _cron_score(self):
        """Score every company, then work off what waits; safe to start at any time."""
        if not self.search_count([("state", "in", ("queued", "running"))], limit=1):
            for company in self.env["res.company"]._value_all_scored():
                self._enqueue(company)
        else:
            self._plan_today()
        self._work_queue()

    @api.model
    def _plan_today(self):
        """Ask for today's run of the companies that have none."""
        for company in self.env["res.company"]._value_all_scored():
            today = self._today(company)
            if not self.search_count(
                [("company_id", "=", company.id), ("as_of", "=", today)], limit=1
            ):
                self._enqueue(company)

    def _request_missing_months(self):
        """Ask for the month ends that the history lacks, back to the first purchase.

        Those that an import has made wrong are lacking, too.
        """
        first = self.env["crm.value.profile"]._read_group(
            [("company_id", "=", self.company_id.id)], [], ["first_purchase_date:min"]
        )[0][0]
        outdated = self._outdated(self.company_id)
        begin = min(filter(None, [first, *outdated.mapped("as_of")]), default=None)
        if not begin:
            return
        # Runs, not snapshots: a month end without any customer is there too.
        past = [("company_id", "=", self.company_id.id), ("is_past", "=", True)]
        runs = self.search([*past, ("state", "=", "done")])
        have = set((runs - outdated).mapped("as_of"))
        day = date_utils.start_of(self.as_of, "month")
        for _month in range(self.policy_id.history_months):
            end = date_utils.subtract(day, days=1)
            if end < begin:
                break
            if end not in have:
                self._enqueue(self.company_id, end)
            day = date_utils.start_of(end, "month")

    # --- month ends that were filled in before older purchases were imported ---
    # Nobody has acted on what they say. From the first scoring on, a month keeps it.

    @api.model
    def _first(self, company):
        """Return the first scoring of a company that had a customer."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "done"),
                ("is_past", "=", False),
                ("buyer_count", ">", 0),
            ],
            order="as_of",
            limit=1,
        )

    @api.model
    def _outdated(self, company):
        """Return the runs of months filled in that an import has changed since."""
        first = self._first(company)
        if not first:
            return self.browse()
        self.flush_model()
        self.env["crm.value.import"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_value_run run
                WHERE company_id = %s AND state = 'done' AND is_past AND as_of < %s
                    AND EXISTS (
                        SELECT FROM crm_value_import later
                        WHERE later.company_id = run.company_id
                            AND later.state IN ('done', 'undone')
                            AND later.date_from <= run.as_of
                            AND coalesce(later.undone_at, later.done_at)
                                > run.started_at
                    )
                """,
                company.id,
                first.as_of,
            )
        )
        return self.browse(row[0] for row in rows)

    def _make_room(self):
        """Forget what an outdated run said of this month end, and its changes."""
        outdated = self._outdated(self.company_id).filtered(
            lambda run: run.as_of == self.as_of
        )
        if not (outdated and self._is_month_end()):
            return
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_value_snapshot WHERE run_id = ANY(%s) AND month_end",
                outdated.ids,
            )
        )
        self.env["crm.value.snapshot"].invalidate_model()
        self.env["crm.value.transition"]._forget_month_end(self)

    # --- one run of a company at a time ---

    def _company_lock(self, company):
        """Hold the scoring lock of a company: of two runs or refreshes, one waits."""
        return self._session_lock(company.id)

    def _lock(self):
        return self._company_lock(self.company_id)

    def _say_waiting(self):
        if self.state == "queued":
            self._note(
                {
                    "message": self.env._(
                        "Waiting: another run of this company is in progress."
                    )
                }
            )
            self._wait_a_minute()

    def _begin(self):
        """Start, or start again after a kill: the steps of the lost try are dropped."""
        self.invalidate_recordset()  # another process may have finished it
        if self.state in ("queued", "running") and self._is_overtaken():
            # Today's profiles are newer than what it would write.
            self._note({"is_past": True})
        if not super()._begin():
            return False
        policies = self.env["crm.value.policy"]
        policies._ensure(self.company_id)
        self.step_ids.unlink()
        self.issue_ids.unlink()
        day = self.as_of if self.is_past else None
        self.write(
            {
                "policy_id": policies._published(self.company_id, day).id,
                "started_at": fields.Datetime.now(),
            }
        )
        self._commit()
        return True

    def _is_overtaken(self):
        """Return whether a later day has been scored while this run lay there."""
        return not self.is_past and self.search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("as_of", ">", self.as_of),
                ("state", "=", "done"),
                ("is_past", "=", False),
            ],
            limit=1,
        )

    def _perform(self):
        self._score()

    def _follow_up(self):
        if not self.is_past:
            self._request_missing_months()

    def _say_error(self, error):
        return self.env._(
            "The run stopped and nothing was changed. %(error)s", error=error
        )

    def _fail(self, message):
        self._note({"ended_at": fields.Datetime.now()})
        return super()._fail(message)

    @contextmanager
    def _step(self, code):
        """Time one step and make it visible at once."""
        start = perf_counter()
        yield
        self.env["crm.value.run.step"].create(
            {"run_id": self.id, "code": code, "seconds": perf_counter() - start}
        )

    # --- the long read of a run goes to PostgreSQL's replica, where Odoo has one ---

    @contextmanager
    def _reading(self):
        """Yield an environment to read documents and their stale marks with.

        Both come from one snapshot: a document the replica has not got yet keeps its
        mark, and the next refresh finds it.
        """
        if not config["db_replica_host"]:
            yield self.env
            return
        self._commit()  # the replica shows nothing else
        with self.env.registry.cursor(readonly=True) as cr:
            yield self.env(cr=cr) if self._caught_up(cr) else self.env

    def _caught_up(self, cr):
        """Wait until the replica shows this run as begun.

        Then it shows all that was committed before, also what a refresh has dealt with
        and forgotten; an older state would overwrite that.
        """
        begun = SQL(
            "SELECT FROM crm_value_run WHERE id = %s AND attempts = %s",
            self.id,
            self.attempts,
        )
        for _second in range(PATIENCE):
            cr.execute(begun)
            if cr.rowcount:
                return True
            cr.rollback()  # the next look is a new snapshot
            sleep(1)
        return False
