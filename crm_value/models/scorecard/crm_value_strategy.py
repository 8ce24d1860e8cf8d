from odoo import api, fields, models
from odoo.exceptions import UserError

from .const import LIVE, PROPOSITIONS, STATES


class CrmValueStrategy(models.Model):
    """A strategy in one version: what the company wants, and what shall bring it about.

    One without a company is a template. Corrective actions keep the version; who
    believes something else by now makes a new one, and says what changed and why.
    """

    _name = "crm.value.strategy"
    _inherit = ["mail.thread", "crm.value.strategy.part"]
    _shared_unless = "company_id"
    _description = "Strategy"
    _order = "company_id, date_start DESC, version DESC, id DESC"
    _told = ("state", "version", "previous_id", "date_end", "trouble")

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Empty: a template that strategies are made of.",
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", compute_sudo=True
    )
    version = fields.Integer(
        default=1, required=True, readonly=True, copy=False, aggregator=None
    )
    mission = fields.Text(translate=True)
    proposition = fields.Selection(
        PROPOSITIONS,
        string="Value Proposition",
        required=True,
        default="intimacy",
        tracking=True,
        help="What customers get here rather than elsewhere: the best product, what "
        "suits them best, or the best total cost.",
    )
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    date_start = fields.Date(string="In Force From", copy=False)
    date_end = fields.Date(string="In Force Until", readonly=True, copy=False)
    previous_id = fields.Many2one(
        "crm.value.strategy",
        string="Previous Version",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    change_reason = fields.Text(
        string="What Changed and Why",
        copy=False,
        help="What was learnt that the previous version did not know.",
    )
    objective_ids = fields.One2many(
        "crm.value.objective", "strategy_id", string="Objectives", copy=True
    )
    link_ids = fields.One2many(
        "crm.value.objective.link", "strategy_id", string="Arrows", copy=False
    )
    objective_count = fields.Integer(compute="_compute_counts")
    link_count = fields.Integer(compute="_compute_counts")

    _one_live = models.UniqueIndex(
        "(company_id) WHERE state IN ('active', 'review')",
        "A strategy of this company is in force already: make a new version of it.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for strategy in self:
            company = strategy.company_id or self.env.company
            strategy.currency_id = company.currency_id

    @api.depends("name", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for strategy in self:
            strategy.display_name = strategy.name
            if strategy.version > 1:
                strategy.display_name = self.env._(
                    "%(name)s, version %(version)s",
                    name=strategy.name,
                    version=strategy.version,
                )

    @api.depends("objective_ids", "link_ids")
    def _compute_counts(self):
        for strategy in self:
            strategy.objective_count = len(strategy.objective_ids)
            strategy.link_count = len(strategy.link_ids)

    def _strategies(self):
        return self

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used_once(self):
        """Keep what has been in force: its months are the company's history."""
        for strategy in self:
            if strategy.state != "draft":
                raise UserError(
                    self.env._(
                        "%(strategy)s has been in force and stays.",
                        strategy=strategy.display_name,
                    )
                )

    # --- its states ---

    def action_activate(self):
        """Put it in force; the version before it is history from now on."""
        self.check_access("write")
        self.ensure_one()
        self._check_ready()
        today = fields.Date.context_today(self)
        before = self.previous_id
        if before.state in LIVE:
            before._ours().write({"state": "superseded", "date_end": today})
            before.flush_recordset()  # one at a time is in force
        if self.state == "draft":
            begun = {"date_start": self.date_start or today}
            self._ours().write({"state": "active", **begun})
        else:
            self._ours().write({"state": "active"})

    def _check_ready(self):
        """Refuse what cannot be in force."""
        if not self.company_id:
            raise UserError(
                self.env._("A template is in force nowhere: make a strategy of it.")
            )
        if self.state not in ("draft", "review"):
            raise UserError(
                self.env._("Only a draft, or what is under review, can be.")
            )
        if not self.objective_ids:
            raise UserError(self.env._("Add an objective first."))
        if self.previous_id and not (self.change_reason or "").strip():
            raise UserError(
                self.env._("Say what changed since the previous version, and why.")
            )

    def action_review(self):
        """Question it; its months go on meanwhile."""
        self.check_access("write")
        self.ensure_one()
        if self.state != "active":
            raise UserError(self.env._("Only a strategy in force can be reviewed."))
        self._ours().write({"state": "review"})
