from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OFFICER
from ...fields import NullableMoney
from .crm_value_review import COMPARED, TODO


class CrmValueReview(models.Model):
    """What came of a decision: the figures then and now, and what a person says."""

    _inherit = "crm.value.review"

    margin_after = NullableMoney(
        string="Margin When Looked At",
        groups=OFFICER,
        readonly=True,
        aggregator="sum",
    )
    service_cost_after = NullableMoney(
        string="Cost to Serve When Looked At",
        groups=OFFICER,
        readonly=True,
        aggregator="sum",
    )
    net_margin_after = NullableMoney(
        string="Left When Looked At",
        groups=OFFICER,
        readonly=True,
        aggregator="sum",
    )
    margin_now = NullableMoney(
        string="Margin", compute="_compute_now", groups=OFFICER, compute_sudo=True
    )
    service_cost_now = NullableMoney(
        string="Cost to Serve",
        compute="_compute_now",
        groups=OFFICER,
        compute_sudo=True,
    )
    net_margin_now = NullableMoney(
        string="Left After Serving",
        compute="_compute_now",
        groups=OFFICER,
        compute_sudo=True,
    )
    is_due = fields.Boolean(compute="_compute_is_due", search="_search_is_due")

    @api.depends("state", "partner_id", "company_id")
    def _compute_now(self):
        """Show today's figures while it is under way, then those when looked at."""
        figures = self._figures_now()
        for review in self:
            done = review.state == "done"
            for name in COMPARED:
                after = review[f"{name}_after"]
                review[f"{name}_now"] = after if done else figures[review][name]

    @api.depends("state", "review_date")
    def _compute_is_due(self):
        today = fields.Date.context_today(self)
        for review in self:
            review.is_due = review.state == "open" and review.review_date <= today

    def _search_is_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = fields.Date.context_today(self)
        return [("state", "=", "open"), ("review_date", "<=", today)]

    @api.model
    def _closed_names(self):
        return [*super()._closed_names(), *(f"{name}_after" for name in COMPARED)]

    def action_done(self):
        """Close the review: keep the figures of now beside those of then."""
        self.ensure_one()
        self.check_access("write")
        if not self.outcome:
            raise UserError(self.env._("Say what came of it first."))
        figures = self._figures_now()[self]
        self.sudo().write(
            {
                "state": "done",
                "done_date": fields.Date.context_today(self),
                **{f"{name}_after": figures[name] for name in COMPARED},
            }
        )
        self.activity_feedback([TODO])

    def action_open_customer(self):
        """Open the customer's profile."""
        self.ensure_one()
        profiles = self.env["crm.value.profile"]
        return profiles._action_of(self.company_id, self.partner_id)
