from odoo import api, fields, models
from odoo.fields import Domain

from ...const import OFFICER
from .const import LEVERS, MUCH


class CrmValueProfile(models.Model):
    """What was decided about a customer that costs more than it brings."""

    _inherit = "crm.value.profile"

    review_id = fields.Many2one(
        "crm.value.review",
        string="Decision Under Way",
        compute="_compute_review_id",
        search="_search_review_id",
    )
    review_lever = fields.Selection(
        LEVERS, string="What Was Decided", compute="_compute_review_id"
    )
    review_date = fields.Date(string="Look Again On", compute="_compute_review_id")
    loses_much = fields.Boolean(
        string="Costs Much More than It Brings",
        compute="_compute_loses_much",
        search="_search_loses_much",
        groups=OFFICER,
        help="What is lost by it is at least 0.1% of the margin of all customers.",
    )

    _loss_idx = models.Index("(company_id, net_margin) WHERE net_margin < 0")

    @api.depends_context("uid")
    def _compute_review_id(self):
        found = self.env["crm.value.review"].search_fetch(
            [
                ("state", "=", "open"),
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ],
            ["company_id", "partner_id", "lever", "review_date"],
        )
        by_customer = {(one.company_id.id, one.partner_id.id): one for one in found}
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            review = by_customer.get(key, found.browse())
            profile.review_id = review
            profile.review_lever = review.lever
            profile.review_date = review.review_date

    def _search_review_id(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        groups = self.env["crm.value.review"]._read_group(
            [("state", "=", "open")], ["company_id"], ["partner_id:array_agg"]
        )
        decided = Domain.OR(
            Domain("company_id", "=", company.id) & Domain("partner_id", "in", partners)
            for company, partners in groups
        )
        return ~decided if operator == "in" else decided

    @api.depends("net_margin")
    @api.depends_context("uid")
    def _compute_loses_much(self):
        limits = self._loss_limits(self.company_id)
        for profile in self:
            lost = -(profile.net_margin or 0.0)
            profile.loses_much = lost > 0 and lost >= limits[profile.company_id]

    def _search_loses_much(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {True}:
            return NotImplemented
        limits = self._loss_limits(self.env.companies)
        much = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("net_margin", "<", 0)
            & Domain("net_margin", "<=", -limit)
            for company, limit in limits.items()
        )
        return much if operator == "in" else ~much

    @api.model
    def _loss_limits(self, companies):
        """Return {company: loss from which a customer is worth a look}.

        It is in relation to the margin of all customers whom the reader may see; where
        they bring none, each loss counts.
        """
        found = self._read_group(
            [("company_id", "in", companies.ids)], ["company_id"], ["margin:sum"]
        )
        margins = dict.fromkeys(companies, 0.0) | dict(found)
        return {one: max(0.0, MUCH * margin) for one, margin in margins.items()}

    def action_review(self):
        """Open the decision that is under way, or take one."""
        self.ensure_one()
        if self.review_id:
            return self.review_id._get_records_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "crm.value.review",
            "views": [[False, "form"]],
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }

    def action_open_reviews(self):
        """Open all decisions on this customer."""
        return self._open_history("crm_value.crm_value_review_action")
