import logging
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, date_utils

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3


class CrmValueRun(models.Model):
    """One scoring of a company: asked for, worked off by the cron, kept as evidence.

    A run for today writes the profiles. A run for a past date writes snapshots only;
    the missing month ends of the history are such runs.
    """

    _name = "crm.value.run"
    _description = "Customer Value Run"
    _order = "id DESC"
    _rec_name = "as_of"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    policy_id = fields.Many2one("crm.value.policy", readonly=True, ondelete="restrict")
    as_of = fields.Date(
        string="As of",
        required=True,
        default=lambda self: self._today(self.env.company),
        help="The last day that counts. A past date computes the figures of that day.",
    )
    is_past = fields.Boolean(
        string="For a Past Date",
        compute="_compute_is_past",
        store=True,
        precompute=True,
        help="Writes snapshots, not profiles.",
    )
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
    message = fields.Text(readonly=True)
    attempts = fields.Integer(readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    seconds = fields.Float(readonly=True, digits=(10, 2))
    step_ids = fields.One2many(
        "crm.value.run.step", "run_id", string="Steps", readonly=True
    )
    progress = fields.Float(compute="_compute_progress")
    issue_ids = fields.One2many("crm.value.run.issue", "run_id", string="Left Out")
    issue_count = fields.Integer(compute="_compute_issue_count")
    customer_count = fields.Integer(string="Customers", readonly=True)
    buyer_count = fields.Integer(string="With a Purchase", readonly=True)
    revenue_total = fields.Monetary(string="Revenue Since Ever", readonly=True)
    pareto_count = fields.Integer(
        string="Class A Customers", readonly=True, help="They make most of the revenue."
    )
    pareto_percent = fields.Float(
        string="Class A, Share of Customers", compute="_compute_pareto_percent"
    )
    cuts = fields.Json(
        readonly=True,
        groups="crm_value.group_manager",  # the scales tell margins
        help="Scales and limits this run fitted.",
    )

    _open_idx = models.Index("(company_id, as_of) WHERE state IN ('queued', 'running')")
    _current_idx = models.Index("(company_id, id) WHERE state = 'done' AND NOT is_past")

    @api.depends("as_of", "company_id")
    def _compute_display_name(self):
        for run in self:
            day = fields.Date.to_string(run.as_of) if run.as_of else ""
            run.display_name = f"{run.company_id.name} {day}"

    @api.depends("state", "step_ids")
    def _compute_progress(self):
        total = len(self.env["crm.value.run.step"]._steps())
        for run in self:
            done = run.state == "done"
            run.progress = 100.0 if done else 100.0 * len(run.step_ids) / total

    def _compute_issue_count(self):
        counts = dict(
            self.env["crm.value.run.issue"]._read_group(
                [("run_id", "in", self.ids)], ["run_id"], ["__count"]
            )
        )
        for run in self:
            run.issue_count = counts.get(run, 0)

    @api.depends("buyer_count", "pareto_count")
    def _compute_pareto_percent(self):
        for run in self:
            buyers = run.buyer_count
            run.pareto_percent = run.pareto_count / buyers if buyers else 0.0

    @api.depends("as_of", "company_id")
    def _compute_is_past(self):
        """Judge by the day the date was set: a run may begin after midnight."""
        for run in self:
            run.is_past = run.as_of and run.as_of < self._today(run.company_id)

    @api.constrains("as_of", "company_id")
    def _check_as_of(self):
        for run in self:
            if run.as_of > self._today(run.company_id):
                raise ValidationError(
                    self.env._("A run looks back: choose today or a date in the past.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        of_runs = [("run_id", "in", self.ids)]
        month_ends = self.env["crm.value.snapshot"].search_count(
            [*of_runs, ("month_end", "=", True)], limit=1
        )
        profiles = self.env["crm.value.profile"].search_count(of_runs, limit=1)
        working = self.filtered(lambda run: run.state == "running")
        if month_ends or profiles or working:
            raise UserError(
                self.env._(
                    "This run carries today's figures or month ends of the history, or "
                    "is working right now. It cannot be deleted."
                )
            )

    # --- asking for a run ---

    @api.model
    def action_run_now(self):
        """Ask for a run of the current company and open it."""
        run = self._request(self.env.company)
        return run._get_records_action(name=self.env._("Run"))

    def action_start(self):
        """Put a new or failed run into the queue."""
        if self.filtered(lambda run: run.state in ("running", "done")):
            raise UserError(self.env._("This run has started already."))
        self.write({"state": "queued", "message": False, "attempts": 0})
        self._trigger()

    @api.model
    def _request(self, company, as_of=None):
        """Return the waiting run of ``company`` for a date, and wake the cron."""
        run = self._enqueue(company, as_of)
        self._trigger()
        return run

    @api.model
    def _enqueue(self, company, as_of=None):
        """Return the waiting run of ``company`` for a date, or a new one.

        The cron itself uses this: if it woke itself up, it would never end.
        """
        as_of = as_of or self._today(company)
        return self.search(
            [
                ("company_id", "=", company.id),
                ("as_of", "=", as_of),
                ("state", "=", "queued"),
            ],
            limit=1,
        ) or self.create({"company_id": company.id, "as_of": as_of})

    @api.model
    def _trigger(self, at=None):
        self.env.ref(
            "crm_value.ir_cron_score"
        ).sudo()._trigger(at)  # users may ask, not edit

    @api.model
    def _today(self, company):
        zone = company.partner_id.tz or "UTC"
        return fields.Date.context_today(self.with_context(tz=zone))

    @api.model
    def _current(self, company):
        """Return the last finished run for a then-current date of ``company``."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "done"),
                ("is_past", "=", False),
            ],
            limit=1,
        )

    def _is_month_end(self):
        return self.as_of == date_utils.end_of(self.as_of, "month")

    # --- working the queue ---

    @api.model
    def _cron_score(self):
        """Score every company, then work off what waits; safe to start at any time."""
        if not self.search_count([("state", "in", ("queued", "running"))], limit=1):
            for company in self.env["res.company"].search([]):
                self._enqueue(company)
        else:
            self._plan_today()
        self._work_queue()

    @api.model
    def _plan_today(self):
        """Ask for today's run of the companies that have none."""
        for company in self.env["res.company"].search([]):
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
        self.env["crm.value.policy"]._ensure_published(self.company_id)
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
