from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...analytics.policy.rules import Rules

MUTABLE = {"name", "note", "message_main_attachment_id"}


class CrmValuePolicy(models.Model):
    """One company's rules in numbered versions: draft, published, superseded.

    A published version never changes, so that any past run can be explained and
    repeated. The policy without a company is what new companies start from.
    """

    _name = "crm.value.policy"
    _inherit = ["mail.thread", "crm.value.template", "crm.value.guarded"]
    _description = "Customer Value Policy"
    _order = "company_id, version DESC, id DESC"

    name = fields.Char(
        required=True,
        translate=True,
        default=lambda self: self.env._("Value policy"),
    )
    note = fields.Text(help="Why this version differs from the one before.")
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        ondelete="cascade",
        default=lambda s: s.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    version = fields.Integer(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("superseded", "Superseded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    published_date = fields.Datetime(readonly=True, copy=False)
    published_by = fields.Many2one("res.users", readonly=True, copy=False)
    # Facts
    basis = fields.Selection(
        [
            ("invoiced", "Posted invoices and credit notes"),
            ("ordered", "Confirmed orders"),
        ],
        default="invoiced",
        required=True,
    )
    window_days = fields.Integer(
        string="Value Window (days)",
        default=365,
        required=True,
        help="Revenue, margin, loyalty and service count in this window; growth "
        "compares it with the window before.",
    )
    default_margin_rate = fields.Float(
        string="Default Margin",
        default=0.3,
        required=True,
        help="Margin on revenue whose cost is not known.",
    )
    ticket_cost = fields.Float(
        string="Cost of a Ticket",
        default=20.0,
        required=True,
        help="In company currency: what handling one ticket costs on average.",
    )
    history_months = fields.Integer(
        string="Month Ends to Backfill",
        default=12,
        required=True,
        help="Past month ends that runs compute automatically when they are missing.",
    )
    # Lifetime value
    horizon_months = fields.Integer(
        string="Horizon (months)",
        default=12,
        required=True,
        help="How far customer lifetime value looks ahead.",
    )
    discount_rate = fields.Float(
        default=0.1,
        required=True,
        help="Annual rate at which future margin is discounted to today's value.",
    )
    lost_below = fields.Float(
        default=0.2,
        required=True,
        help="Who is less likely than this to buy again within a year is lost.",
    )
    # Lifecycle
    explore_purchases = fields.Integer(
        string="Trial up to (purchases)", default=2, required=True
    )
    explore_days = fields.Integer(
        string="Trial up to (days)",
        default=90,
        required=True,
        help="Counted from the first purchase. A returning customer counts as won back "
        "for the same number of days.",
    )
    decline_gap = fields.Float(
        string="Overdue from (purchase cycles)",
        default=2.0,
        required=True,
        help="Of the customer's own purchase cycle, since the last purchase: no habit "
        "any more; decline where too few customers tell.",
    )
    decline_share = fields.Float(
        string="Declining below (share of usual)",
        default=0.6,
        required=True,
        help="Purchases expected, or revenue of the window, against what is usual: "
        "below this twice, a month apart, and by more than chance explains.",
    )
    stage_window_days = fields.Integer(
        string="Lifecycle Window (days)", default=90, required=True
    )
    lost_gap = fields.Float(
        string="Lost from (purchase cycles)", default=4.0, required=True
    )
    lost_days = fields.Integer(string="Lost after (days)", default=365, required=True)
    stable_purchases = fields.Integer(
        string="Stable from (purchases)", default=6, required=True
    )
    stable_days = fields.Integer(
        string="Stable from (days)", default=365, required=True
    )
    stable_growth = fields.Float(
        string="Stable Within ±",
        default=0.2,
        required=True,
        help="Growth over the last year against the year before; over half a year for "
        "customers of less than two years.",
    )
    # RFM
    rfm_window_days = fields.Integer(
        string="RFM Window (days)", default=365, required=True
    )
    rfm_money = fields.Selection(
        [("revenue", "Revenue"), ("margin", "Margin")],
        string="Monetary Value Based on",
        default="revenue",
        required=True,
    )
    limit_ids = fields.One2many(
        "crm.value.policy.limit",
        "policy_id",
        string="Fixed RFM Limits",
        copy=True,
        help="Dimensions without limits are scored by fifths of the customers.",
    )
    # Value
    line_ids = fields.One2many(
        "crm.value.policy.indicator", "policy_id", string="Indicators", copy=True
    )
    comparison_ids = fields.One2many(
        "crm.value.policy.comparison", "policy_id", string="Comparisons", copy=True
    )
    consistency_text = fields.Char(
        string="Consistency", compute="_compute_consistency_text"
    )
    value_weight = fields.Float(
        string="Weight of Current Value",
        default=0.5,
        required=True,
        help="Weight within the value score; potential value has the rest.",
    )
    quadrant_cut = fields.Selection(
        [("median", "Median of the customers"), ("fixed", "Fixed limits")],
        default="median",
        required=True,
    )
    current_cut = fields.Float(string="Current Value Limit", default=50.0)
    potential_cut = fields.Float(string="Potential Value Limit", default=50.0)
    pareto_share = fields.Float(
        string="Class A up to (share of revenue)", default=0.8, required=True
    )
    pareto_share_b = fields.Float(
        string="Class B up to (share of revenue)", default=0.95, required=True
    )

    _version_uniq = models.Constraint(
        "UNIQUE (company_id, version)",
        "A version number can be used only once in a company.",
    )
    _one_published = models.UniqueIndex(
        "(company_id) WHERE state = 'published'",
        "A company can have only one published policy.",
    )
    _windows = models.Constraint(
        "CHECK (window_days > 0 AND rfm_window_days > 0 AND history_months >= 0)",
        "A window must be at least one day, and month ends cannot be negative.",
    )
    _rates = models.Constraint(
        "CHECK (value_weight BETWEEN 0 AND 1 AND default_margin_rate BETWEEN -1 AND 1)",
        "The weight of current value must be between 0 and 1, the default margin "
        "between -100% and 100%.",
    )
    _horizon = models.Constraint(
        "CHECK (horizon_months BETWEEN 1 AND 60)",
        "The horizon of lifetime value must be between 1 and 60 months.",
    )
    _forecast_rates = models.Constraint(
        "CHECK (discount_rate BETWEEN 0 AND 1 AND lost_below BETWEEN 0 AND 1)",
        "The discount rate and the lost limit must be between 0 and 100%.",
    )
    _stages = models.Constraint(
        "CHECK (explore_purchases >= 0 AND explore_days >= 0 AND decline_gap > 0 "
        "AND lost_gap >= decline_gap AND decline_share BETWEEN 0 AND 1 "
        "AND stage_window_days > 0 AND lost_days > 0 AND stable_purchases >= 0 "
        "AND stable_days >= 0 AND stable_growth >= 0)",
        "Lifecycle limits cannot be negative, the share must be between 0 and 100%, "
        "and a customer cannot be lost before it declines.",
    )
    _cuts = models.Constraint(
        "CHECK (current_cut BETWEEN 0 AND 100 AND potential_cut BETWEEN 0 AND 100)",
        "Quadrant limits must be between 0 and 100.",
    )
    _shares = models.Constraint(
        "CHECK (0 < pareto_share AND pareto_share < pareto_share_b "
        "AND pareto_share_b < 1)",
        "The limit of class A must be below that of class B, both between 0 and 100%.",
    )

    @api.depends("name", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = self.env._(
                "%(name)s, version %(version)s",
                name=policy.name,
                version=policy.version,
            )

    @api.constrains("line_ids")
    def _check_weights(self):
        """Both sides of the value score need a positive weight."""
        for policy in self:
            for side in ("current", "potential"):
                weights = policy.line_ids.filtered(lambda p, s=side: p.side == s)
                if sum(weights.mapped("weight")) <= 0:
                    raise ValidationError(
                        self.env._(
                            "Give at least one indicator of current value and one of "
                            "potential value a weight above zero."
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        """Number the versions of a company; a new one starts from the template."""
        created = Counter()
        for vals in vals_list:
            company = vals.setdefault("company_id", self.env.company.id)
            vals["version"] = self._next_version(company) + created[company]
            created[company] += 1
            if company and "line_ids" not in vals:
                vals["line_ids"] = self._template().copy_data()[0]["line_ids"]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse changes of a published version."""
        if not set(vals) <= MUTABLE:
            self._check_draft()
        return super().write(vals)

    def copy_data(self, default=None):
        """Keep the name: versions are told apart by their number."""
        return [
            dict(vals, name=policy.name)
            for policy, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_draft()

    def action_new_version(self):
        """Open a draft copy of this version."""
        draft = self.copy()
        return draft._get_records_action(name=self.env._("New Version"))

    def action_publish(self):
        """Check whether this version can be published."""
        self.check_access("write")
        self.ensure_one()
        self._check_draft()
        self._check_company_set()
        self._check_weights()

    def _check_company_set(self):
        if not self.company_id:
            raise UserError(
                self.env._(
                    "These rules are the template for new companies and cannot be "
                    "published."
                )
            )

    def _check_draft(self):
        published = self.filtered(lambda policy: policy.state != "draft")
        if published:
            raise UserError(
                self.env._(
                    "%(policy)s has been published and cannot be changed, so that its "
                    "figures stay reproducible. Create a new version instead.",
                    policy=published[0].display_name,
                )
            )

    def _next_version(self, company_id):
        # The numbers of all versions count, whoever may see them.
        newest = self.sudo().search(
            [("company_id", "=", company_id)], order="version DESC", limit=1
        )
        return newest.version + 1

    @api.model
    def _template(self):
        return self.env.ref("crm_value.policy_template")

    @api.model
    def _ensure(self, companies):
        """Give each company without a published policy the default one."""
        have = self.search(
            [("company_id", "in", companies.ids), ("state", "=", "published")]
        ).company_id
        for company in companies - have:  # a handful of companies, not customers
            self._template().copy({"company_id": company.id})._publish()

    @api.model
    def _published(self, company, day=None):
        """Return the version in force at the end of ``day`` (default: now).

        Before the first publication the oldest published version stands in.
        """
        # Drafts need not be published in the order of their numbers.
        versions = self.search(
            [("company_id", "=", company.id), ("state", "!=", "draft")],
            order="published_date, state DESC",
        )
        if day:
            then = versions.filtered(lambda v: v.published_date.date() <= day)
            return then[-1:] or versions[:1]
        return versions.filtered(lambda v: v.state == "published")

    def _publish(self):
        """Put this version in force; the previous one is superseded."""
        self.ensure_one()
        self._check_weights()  # lines may have been changed one by one
        before = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "published")]
        )
        super(CrmValuePolicy, before).write({"state": "superseded"})
        before.flush_recordset(["state"])
        return super().write(
            {
                "state": "published",
                "published_date": fields.Datetime.now(),
                "published_by": self.env.uid,
            }
        )

    def _as_rules(self):
        """Return the policy as the analytics see it."""
        self.ensure_one()
        fixed = (self.current_cut, self.potential_cut)
        # The few segments are all needed: together they name every customer.
        segments = self.env["crm.value.rfm.segment"].search(  # pylint: disable=W8163
            []
        )
        return Rules(
            window_days=self.window_days,
            rfm_window_days=self.rfm_window_days,
            default_margin_rate=self.default_margin_rate,
            rfm_money=self.rfm_money,
            indicators=tuple(line._as_rule() for line in self.line_ids),
            value_weight=self.value_weight,
            rfm_limits={limit.dimension: limit._limits() for limit in self.limit_ids},
            segments=segments._as_rules(),
            fixed_cuts=fixed if self.quadrant_cut == "fixed" else None,
            pareto_shares=(self.pareto_share, self.pareto_share_b),
            ticket_cost=self.ticket_cost,
            horizon_months=self.horizon_months,
            discount_rate=self.discount_rate,
            lost_below=self.lost_below,
            limits=tuple(self._limits()),
        )

    def _limits(self):
        """Return what each capability goes by, as the analytics see it."""
        return []
