from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...fields import NullableFloat
from .crm_value_index import WEIGHTS

TIMES = 1000  # samples behind an interval


class CrmValueIndexResult(models.Model):
    """The estimate of an index for one period; run in the background, then final."""

    _name = "crm.value.index.result"
    _inherit = ["crm.value.queue", "crm.value.guarded"]
    _job = "crm_value.ir_cron_index"
    _description = "Result of a Satisfaction Index"
    _is_result = True
    _value_part = "satisfaction"
    _order = "date_to DESC, id DESC"

    index_id = fields.Many2one(
        "crm.value.index", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True)
    automatic = fields.Boolean(readonly=True, help="Requested by the scheduled job.")
    is_staff = fields.Boolean(
        string="Employees", readonly=True, help="For managers only."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Requested By",
        readonly=True,
        default=lambda self: self.env.user,
    )
    message = fields.Text(
        readonly=True, help="What was excluded, or why nothing could be estimated."
    )
    ended_at = fields.Datetime(readonly=True)
    times = fields.Integer(
        aggregator=None,
        string="Samples",
        default=TIMES,
        help="Bootstrap samples drawn from the respondents for the intervals.",
    )
    done_times = fields.Integer(aggregator=None, string="Samples Drawn", readonly=True)
    seed = fields.Integer(
        aggregator=None,
        default=1,
        help="The same seed draws the same samples and gives the same intervals.",
    )
    progress = fields.Float(compute="_compute_progress")
    rule = fields.Selection(
        WEIGHTS,
        string="Weights Used",
        readonly=True,
        help="How items were weighted; equally if the responses did not allow an "
        "estimation.",
    )
    has_model = fields.Boolean(string="With Paths", readonly=True)
    answer_count = fields.Integer(
        aggregator=None,
        string="People",
        readonly=True,
        help="Each counts once, with the newest response of the period.",
    )
    given_count = fields.Integer(
        aggregator=None,
        string="Responses",
        readonly=True,
        help="All that these people sent in the period.",
    )
    left_out_count = fields.Integer(
        aggregator=None,
        string="Excluded",
        readonly=True,
        help="Respondents excluded from the estimation because too many answers are"
        " missing.",
    )
    filled_count = fields.Integer(
        aggregator=None,
        string="Imputed Answers",
        readonly=True,
        help="Single missing answers replaced by the item's mean in the estimation.",
    )
    value = fields.Float(
        string="Index Value", readonly=True, digits=(5, 2), aggregator=None
    )
    low = fields.Float(readonly=True, digits=(5, 2), aggregator=None)
    high = fields.Float(readonly=True, digits=(5, 2), aggregator=None)
    has_interval = fields.Boolean(readonly=True)
    construct_ids = fields.One2many(
        "crm.value.index.result.construct", "result_id", readonly=True
    )
    item_ids = fields.One2many(
        "crm.value.index.result.item", "result_id", readonly=True
    )
    path_ids = fields.One2many(
        "crm.value.index.result.path", "result_id", readonly=True
    )

    _period = models.Constraint(
        "CHECK (date_from <= date_to)", "A period must begin before it ends."
    )
    _times = models.Constraint(
        "CHECK (times BETWEEN 0 AND 10000)", "Draw up to 10,000 samples."
    )
    _automatic_uniq = models.UniqueIndex(
        "(index_id, company_id, date_from, date_to) WHERE automatic",
        "The scheduled job requests each period only once.",
    )
    _waiting_idx = models.Index("(id) WHERE state IN ('queued', 'running')")

    @api.depends("index_id.name", "date_from", "date_to")
    def _compute_display_name(self):
        for result in self:
            result.display_name = (
                f"{result.index_id.name} {result.date_from} – {result.date_to}"
            )

    @api.depends("state", "times", "done_times")
    def _compute_progress(self):
        for result in self:
            drawn = result.done_times / result.times if result.times else 0.0
            result.progress = 100.0 if result.state == "done" else 100.0 * drawn

    @api.constrains("date_to", "company_id")
    def _check_date_to(self):
        today = fields.Date.context_today(self)
        if any(result.date_from > today for result in self):
            raise ValidationError(
                self.env._("The period lies in the future and has no responses.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Request an estimation and wake the cron, which alone writes results."""
        results = super().create(vals_list)
        # If the cron woke itself up, it would never end.
        if results.filtered(lambda result: not result.automatic):
            self._trigger()
        return results

    def write(self, vals):
        """Refuse changes of what is finished: it can be estimated again beside it."""
        if self.filtered(lambda result: result.state == "done"):
            raise UserError(
                self.env._(
                    "A finished result cannot be changed. Estimate the period "
                    "again; the new result is stored next to the old one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if self.filtered(lambda result: result.state == "done"):
            raise UserError(self.env._("A finished result cannot be deleted."))

    def action_again(self):
        """Ask for the same period again."""
        self.ensure_one()
        again = self.create(
            {
                "index_id": self.index_id.id,
                "company_id": self.company_id.id,
                "date_from": self.date_from,
                "date_to": self.date_to,
                "leave_out": self.leave_out,
            }
        )
        return again._get_records_action(name=self.env._("Result"))

    def action_try_again(self):
        """Let whoever may ask for a result ask for it again; nobody may write one."""
        self.check_access("create")
        return super(CrmValueIndexResult, self.sudo()).action_try_again()

    def action_open_answers(self):
        """Open the answers of the period."""
        self.ensure_one()
        if self.is_staff:
            raise UserError(
                self.env._("Individual employee responses are not shown to anyone.")
            )
        return self.env["crm.value.answer"]._open_where(self._answer_domain())


class CrmValueIndexResultPart(models.AbstractModel):
    """Base of the lines of a result, which are final with it."""

    _name = "crm.value.index.result.part"
    _description = "Part of a Satisfaction Result"

    result_id = fields.Many2one(
        "crm.value.index.result", required=True, index=True, ondelete="cascade"
    )

    def write(self, vals):
        """Refuse changes of what is finished."""
        if self.result_id.filtered(lambda result: result.state == "done"):
            raise UserError(self.env._("A finished result cannot be changed."))
        return super().write(vals)


class CrmValueIndexResultConstruct(models.Model):
    """Score of a construct in one period, and its total effect on the index."""

    _name = "crm.value.index.result.construct"
    _inherit = ["crm.value.index.result.part"]
    _description = "Construct in a Satisfaction Result"
    _order = "result_id, sequence, id"
    _rec_name = "construct_id"

    construct_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer()
    value = NullableFloat(string="Index", aggregator=None, digits=(5, 2))
    low = NullableFloat(aggregator=None, digits=(5, 2))
    high = NullableFloat(aggregator=None, digits=(5, 2))
    r2 = NullableFloat(
        string="R²",
        aggregator=None,
        help="Share of its variance explained by its causes.",
    )
    total = NullableFloat(
        string="Total Effect",
        aggregator=None,
        help="Direct and indirect effect on the index, in standard deviations.",
    )
    points = NullableFloat(
        string="Total Effect (points)",
        aggregator=None,
        help="Points by which the index rises when this one rises by a point.",
    )
    total_low = NullableFloat(aggregator=None)
    total_high = NullableFloat(aggregator=None)


class CrmValueIndexResultItem(models.Model):
    """Score, weight and loading of one question in one period."""

    _name = "crm.value.index.result.item"
    _inherit = ["crm.value.index.result.part"]
    _description = "Question in a Satisfaction Result"
    _order = "result_id, sequence, id"
    _rec_name = "item"

    construct_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer()
    item = fields.Char(string="Item Code", required=True)
    mean = NullableFloat(aggregator=None, digits=(5, 2), help="0–100.")
    share = NullableFloat(
        string="Weight", aggregator=None, help="Weight within its construct."
    )
    loading = NullableFloat(
        aggregator=None, help="Correlation with its construct; 0.7 or more is adequate."
    )
    answer_count = fields.Integer(string="Answers", aggregator=None)


class CrmValueIndexResultPath(models.Model):
    """Effect of one construct on another in one period."""

    _name = "crm.value.index.result.path"
    _inherit = ["crm.value.index.result.part"]
    _description = "Path in a Satisfaction Result"
    _order = "result_id, sequence, id"

    cause_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    effect_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer()
    coefficient = NullableFloat(
        aggregator=None,
        help="Change of the effect in standard deviations when the"
        " cause changes by one.",
    )
    low = NullableFloat(aggregator=None)
    high = NullableFloat(aggregator=None)
    significant = fields.Boolean(
        compute="_compute_significant", help="The 95% interval does not include zero."
    )

    @api.depends("high", "low")
    def _compute_significant(self):
        for path in self:
            known = path.low is not False and path.high is not False
            path.significant = known and path.low * path.high > 0
