from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER
from ...fields import NullableMoney
from .const import DAYS, LEVERS, OUTCOMES, STATES

COMPARED = ("margin", "service_cost", "net_margin")
FIXED = {"partner_id", "company_id", "user_id", "date"}
TODO = "mail.mail_activity_data_todo"


class CrmValueReview(models.Model):
    """Decision on a customer that costs more than it brings, and what came of it.

    A person takes it, with a reason and a day on which to look again; nothing is done
    to the customer by itself. The figures of the day are kept, those of now stand
    beside them.
    """

    _name = "crm.value.review"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.value.guarded"]
    _description = "Low-Value Review"
    _is_result = True
    _order = "review_date DESC, id DESC"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    lever = fields.Selection(LEVERS, string="What to Do", required=True, tracking=True)
    reason = fields.Text(required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Decided By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    date = fields.Date(
        string="Decided On",
        required=True,
        readonly=True,
        default=fields.Date.context_today,
    )
    review_date = fields.Date(
        string="Look Again On",
        required=True,
        tracking=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DAYS),
    )
    state = fields.Selection(STATES, required=True, default="open", readonly=True)
    outcome = fields.Selection(OUTCOMES, string="What Came of It", tracking=True)
    outcome_note = fields.Char(string="What Was Learnt")
    done_date = fields.Date(string="Looked At On", readonly=True)
    margin_then = NullableMoney(
        string="Margin Then", groups=OFFICER, readonly=True, aggregator="sum"
    )
    service_cost_then = NullableMoney(
        string="Cost to Serve Then", groups=OFFICER, readonly=True, aggregator="sum"
    )
    net_margin_then = NullableMoney(
        string="Left Then", groups=OFFICER, readonly=True, aggregator="sum"
    )

    _dates = models.Constraint(
        "CHECK (review_date > date)", "Choose a later day to look again."
    )
    _company_idx = models.Index("(company_id, state, review_date)")

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the figures of the day, and ask the author to look again."""
        reviews = super().create([self._prepare_vals(vals) for vals in vals_list])
        reviews._check_one_open()
        figures = reviews._figures_now()
        for review in reviews:
            review.sudo().write(
                {f"{name}_then": figures[review][name] for name in COMPARED}
            )
            review._plan_look()
        return reviews

    def write(self, vals):
        """Move the activity with its day; whose decision it was stays as it was."""
        if not self.env.su:
            if FIXED & vals.keys():
                raise UserError(
                    self.env._("Whom it is about, who decided and when stays as it is.")
                )
            vals = self._without_figures(vals)
        result = super().write(vals)
        if "review_date" in vals:
            for review in self.filtered(lambda one: one.state == "open"):
                review.activity_reschedule([TODO], date_deadline=review.review_date)
        return result

    @api.model
    def _prepare_vals(self, vals):
        """Return the values of a decision: about a customer, not a contact."""
        contact = self.env["res.partner"].browse(vals.get("partner_id"))
        customer = contact.commercial_partner_id.id
        return {**self._without_figures(vals), "partner_id": customer}

    @api.model
    def _without_figures(self, vals):
        """Return the values without those that nobody sets by hand."""
        kept = {*(f"{name}_then" for name in COMPARED), *self._closed_names()}
        return {name: value for name, value in vals.items() if name not in kept}

    @api.model
    def _closed_names(self):
        """Return the names of what closing a review sets."""
        return ["state", "done_date"]

    def _check_one_open(self):
        """Refuse a second decision while the first one is under way."""
        groups = self.sudo()._read_group(
            [
                ("state", "=", "open"),
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
            ],
            ["company_id", "partner_id"],
            having=[("__count", ">", 1)],
        )
        if groups:
            raise UserError(
                self.env._(
                    "A decision on %(customer)s is under way already.",
                    customer=groups[0][1].display_name,
                )
            )

    def _plan_look(self):
        self.activity_schedule(
            TODO,
            date_deadline=self.review_date,
            summary=self.env._("What came of it: %(customer)s", customer=self._who()),
            user_id=self.user_id.id,
        )

    def _who(self):
        return self.partner_id.display_name

    def _figures_now(self):
        """Return {review: {figure: amount}} of today, unknown without a profile."""
        profiles = (
            self.env["crm.value.profile"]
            .sudo()  # kept and shown for officers alone
            ._by_customer(self.company_id, self.partner_id)
        )
        found = {}
        for review in self:
            customer = review.partner_id.commercial_partner_id
            profile = profiles.get((review.company_id.id, customer.id))
            found[review] = {
                name: profile[name] if profile else False for name in COMPARED
            }
        return found
