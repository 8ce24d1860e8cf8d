from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...fields import NullableFloat
from .const import DRAFT, FIGURES, REVIEW, STATES, TAKEN, YEAR_DAYS

AFTER_TAKEN = {"learnt"}


class CrmValueChoice(models.Model):
    """A choice as it was taken: between what, by whom, why, and what was expected.

    Once it is taken, nobody rewrites what was expected. At its review the actual figure
    stands beside it.
    """

    _name = "crm.value.choice"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "crm.value.sealed",
        "crm.value.guarded",
    ]
    _description = "Choice"
    _value_part = "strategy"
    _order = "state, review_date, id DESC"
    _rec_name = "question"

    question = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Author",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        STATES, required=True, default=DRAFT, readonly=True, copy=False, tracking=True
    )
    option_ids = fields.One2many(
        "crm.value.choice.option", "choice_id", string="Options", copy=True
    )
    chosen_id = fields.Many2one(
        "crm.value.choice.option",
        compute="_compute_chosen_id",
        inverse="_inverse_chosen_id",
        domain="[('choice_id', '=', id)]",
    )
    reason = fields.Text()
    figure = fields.Selection(FIGURES, string="Expected Of", default="revenue")
    low = NullableFloat(
        string="Expected, Lowest",
        aggregator=None,
        help="Between both ends it shall end up in eight cases of ten.",
    )
    high = NullableFloat(string="Expected, Highest", aggregator=None)
    taken_on = fields.Date(readonly=True, copy=False)
    review_date = fields.Date(
        required=True,
        tracking=True,
        default=lambda self: fields.Date.context_today(self)
        + timedelta(days=YEAR_DAYS // 2),
    )
    # Its review
    reviewed_on = fields.Date(readonly=True, copy=False)
    actual = NullableFloat(readonly=True, copy=False, aggregator=None)
    is_hit = fields.Boolean(string="Inside the Range", readonly=True, copy=False)
    learnt = fields.Char(string="What Was Learnt", copy=False)
    span = fields.Char(string="Months That Count", compute="_compute_span")
    range_words = fields.Char(string="Expected", compute="_compute_range_words")
    actual_words = fields.Char(string="Actual Figure", compute="_compute_range_words")
    hit_rate = fields.Char(string="Expected and Came", compute="_compute_hit_rate")

    _range = models.Constraint(
        "CHECK (low IS NULL OR high IS NULL OR low <= high)",
        "The lowest expected figure is not above the highest.",
    )
    _state_idx = models.Index("(company_id, state, review_date)")

    @api.depends("option_ids.is_chosen")
    def _compute_chosen_id(self):
        for choice in self:
            choice.chosen_id = choice.option_ids.filtered("is_chosen")[:1]

    def _inverse_chosen_id(self):
        """Mark the option that is chosen, and no other one."""
        for choice in self:
            chosen = choice.chosen_id
            if chosen and chosen.choice_id != choice:
                raise ValidationError(
                    self.env._("Choose one of the options of this choice.")
                )
            (choice.option_ids - chosen).filtered("is_chosen").is_chosen = False
            chosen.filtered(lambda one: not one.is_chosen).is_chosen = True

    def write(self, vals):
        """Leave a choice that is taken as it was, but for what was learnt."""
        if not self.env.su and self._touched(self._unsealed(vals)):
            self._check_open()
        return super().write(vals)

    @api.model
    def _touched(self, vals):
        """Return what of some values is the choice itself, not talk about it."""
        inherited = {
            name
            for model in ("mail.thread", "mail.activity.mixin")
            for name in self.env[model]._fields
        }
        return vals.keys() - AFTER_TAKEN - inherited

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken(self):
        self._check_open()

    def _check_open(self):
        if self.env.su:
            return
        if self.filtered(lambda choice: choice.state != DRAFT):
            raise UserError(
                self.env._(
                    "A choice that is taken stays as it was: only what was learnt is "
                    "added. Record another one."
                )
            )

    def action_take(self):
        """Take the choice: from now on it stays, and its author is asked to review."""
        self.check_access("write")
        for choice in self:
            choice._check_open()
            choice._check_whole()
            today = self.env["crm.value.run"]._today(choice.company_id)
            if choice.review_date <= today:
                raise UserError(self.env._("Choose a later day for the review."))
            # Its state is written by its own code alone.
            choice.sudo().write({"state": TAKEN, "taken_on": today})
            choice.activity_schedule(
                REVIEW,
                date_deadline=choice.review_date,
                summary=self.env._("What came of it: %(what)s", what=choice.question),
                user_id=choice.user_id.id,
            )

    def _check_whole(self):
        """Refuse to take what cannot be reviewed."""
        if len(self.option_ids) < 2 or not self.chosen_id:
            raise UserError(
                self.env._("Enter at least two options, and which one is chosen.")
            )
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why."))
        if not self.figure or self.low is False or self.high is False:
            raise UserError(
                self.env._("Say what you expect: a figure, its lowest and its highest.")
            )
