from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import date_utils

from ...fields import KeptJson


class CrmValueRun(models.Model):
    """One scoring of a company: asked for, worked off by the cron, kept as evidence.

    A run for today writes the profiles. A run for a past date writes snapshots only;
    the missing month ends of the history are such runs.
    """

    _name = "crm.value.run"
    _inherit = ["crm.value.queue", "crm.value.guarded"]
    _description = "Customer Value Run"
    _order = "id DESC"
    _rec_name = "as_of"
    _job = "crm_value.ir_cron_score"
    _queue_order = "as_of DESC, id"  # today first, then the history backwards

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
        help="The last day included. A past date computes the figures as of that day.",
    )
    is_past = fields.Boolean(
        string="For a Past Date",
        compute="_compute_is_past",
        store=True,
        precompute=True,
        help="Writes snapshots, not profiles.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Requested by",
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
    issue_ids = fields.One2many("crm.value.run.issue", "run_id", string="Skipped")
    issue_count = fields.Integer(compute="_compute_issue_count")
    customer_count = fields.Integer(aggregator=None, string="Customers", readonly=True)
    buyer_count = fields.Integer(
        aggregator=None, string="With a Purchase", readonly=True
    )
    buyer_shift = fields.Integer(
        aggregator=None,
        string="More Buyers Since",
        readonly=True,
        copy=False,
        help="Customers whose first purchase has come since this run, less those who "
        "have none any more.",
    )
    revenue_total = fields.Monetary(
        aggregator=None, string="All-Time Revenue", readonly=True
    )
    pareto_count = fields.Integer(
        aggregator=None,
        string="Class A Customers",
        readonly=True,
        help="They make most of the revenue.",
    )
    pareto_percent = fields.Float(
        string="Class A, Share of Customers", compute="_compute_pareto_percent"
    )
    cuts = KeptJson(
        prefetch=False,  # long, and a list of runs shows nothing of it
        string="Calibration",
        readonly=True,
        groups="crm_value.group_manager",  # the scales tell margins
        help="Scales and limits calibrated by this run.",
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
                raise ValidationError(self.env._("Choose today or a date in the past."))

    def write(self, vals):
        """Refuse to make a run that has started one of another day or company."""
        if {"as_of", "company_id"} & vals.keys():
            if self.filtered(lambda run: run.state in ("running", "done")):
                raise UserError(self.env._("This run has started already."))
        return super().write(vals)

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
                    "This run holds today's figures or month ends of the history, or "
                    "is in progress. It cannot be deleted."
                )
            )

    # --- asking for a run ---

    @api.model
    def action_run_now(self):
        """Ask for a run of the current company and open it.

        Before that, for its time zone, if nobody has said yet where it is.
        """
        self.check_access("create")
        if not self.env.company.sudo().partner_id.tz:
            return self.env["crm.value.run.zone"]._ask()
        run = self._request(self.env.company)
        return run._get_records_action(name=self.env._("Run"))

    def action_start(self):
        """Put a new or failed run into the queue, and say when it begins."""
        self.check_access("write")
        if self.filtered(lambda run: run.state in ("running", "done")):
            raise UserError(self.env._("This run has started already."))
        self._note({"state": "queued", "message": False, "attempts": 0})
        self._trigger()
        return self._tell_waiting()

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
    def _today(self, company):
        zone = company._value_timezone()
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

    @api.model
    def _waiting(self, company):
        """Return the run of ``company`` for today that waits or works."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("queued", "running")),
                ("is_past", "=", False),
            ],
            limit=1,
        )

    def _say_under_way(self):
        """Say whether the run works, or what it waits for."""
        if self.state == "queued":
            return self.env._(
                "A run that values the customers waits. %(note)s",
                note=self.waiting_note,
            )
        return self.env._(
            "A run values the customers at present: look at the overview and the "
            "customers in a few minutes."
        )

    def _computes_like(self, other):
        """Return whether the same documents gave the same figures in another run."""
        return True

    def _is_month_end(self):
        return self.as_of == date_utils.end_of(self.as_of, "month")


class CrmValueRunIssue(models.Model):
    """A customer a run had to leave out, and why."""

    _name = "crm.value.run.issue"
    _inherit = ["crm.value.guarded"]
    _description = "Customer Skipped by a Run"
    _order = "id"
    _rec_name = "partner_id"

    run_id = fields.Many2one(
        "crm.value.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    message = fields.Char(required=True)

    def _log_bad_figures(self, run, bad):
        """List customers whose figures cannot be computed.

        :param bad: partner id → names of the figures
        """
        figures = self.env["crm.value.figures"]._fields
        self.search([("run_id", "=", run.id), ("partner_id", "in", list(bad))]).unlink()
        self.create(
            [
                {
                    "run_id": run.id,
                    "partner_id": partner_id,
                    "message": self.env._(
                        "Not a number: %(figures)s. Check for a document without a "
                        "valid amount or currency rate. The previous profile is kept.",
                        figures=", ".join(
                            figures[name]._description_string(self.env)
                            for name in names
                        ),
                    ),
                }
                for partner_id, names in bad.items()
            ]
        )


class CrmValueRunStep(models.Model):
    """How long one step of a run took."""

    _name = "crm.value.run.step"
    _inherit = ["crm.value.guarded"]
    _description = "Step of a Customer Value Run"
    _order = "id"
    _rec_name = "code"

    run_id = fields.Many2one(
        "crm.value.run", required=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(
        [
            ("gather", "Collect the documents"),
            ("fit", "Train the forecast"),
            ("compute", "Compute the scores"),
            ("store", "Store the figures"),
            ("decide", "Log the changes"),
        ],
        string="Step",
        required=True,
    )
    seconds = fields.Float(digits=(10, 2))

    @api.model
    def _steps(self):
        return self._fields["code"].get_values(self.env)
