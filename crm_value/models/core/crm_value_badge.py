from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import QUADRANTS
from ...fields import NullableFloat


class CrmValueBadge(models.AbstractModel):
    """Shows the customer's quadrant, score, stage and tier on a document.

    It has a ``partner_id`` and a ``company_id``.

    The profile is that of the document's own company, the current one if it has none.
    """

    _name = "crm.value.badge"
    _inherit = ["crm.value.grouping"]
    _description = "Customer Value Badge"

    value_profile_id = fields.Many2one(
        "crm.value.profile",
        string="Customer Value",
        compute="_compute_value_profile_id",
        compute_sudo=False,
        search="_search_value_profile_id",
        groups="crm_value.group_user",
    )
    value_quadrant = fields.Selection(
        QUADRANTS,
        string="Customer Quadrant",
        compute="_compute_value_badge",
        compute_sudo=False,
        search="_search_value_quadrant",
        groups="crm_value.group_user",
    )
    value_score = NullableFloat(
        string="Customer Value Score",
        compute="_compute_value_badge",
        compute_sudo=False,
        search="_search_value_score",
        aggregator=None,
        groups="crm_value.group_user",
    )

    value_stage_id = fields.Many2one(
        "crm.value.stage",
        string="Customer Stage",
        compute="_compute_value_badge",
        compute_sudo=False,
        search="_search_value_stage_id",
        groups="crm_value.group_user",
    )
    value_tier_id = fields.Many2one(
        "crm.value.tier",
        string="Customer Tier",
        compute="_compute_value_badge",
        compute_sudo=False,
        search="_search_value_tier_id",
        groups="crm_value.group_user",
    )

    @api.depends("partner_id", "company_id")
    @api.depends_context("company", "uid")
    def _compute_value_profile_id(self):
        companies = self.company_id | self.env.company
        found = self.env["crm.value.profile"]._by_customer(
            companies & self.env.companies, self.partner_id
        )
        for record in self:
            company = record.company_id or self.env.company
            customer = record.partner_id.commercial_partner_id
            record.value_profile_id = found.get((company.id, customer.id), False)

    @api.depends("value_profile_id")
    def _compute_value_badge(self):
        for record in self:
            record.value_quadrant = record.value_profile_id.quadrant
            record.value_score = record.value_profile_id.value_score
            record.value_stage_id = record.value_profile_id.stage_id
            record.value_tier_id = record.value_profile_id.tier_id

    @api.model
    def _search_by_profile(self, domain):
        """Return the documents that show a profile that meets ``domain``."""
        profiles = self.env["crm.value.profile"]
        return Domain.OR(
            Domain(
                "company_id",
                "in",
                [company.id, False] if company == self.env.company else company.ids,
            )
            & Domain(
                "partner_id.commercial_partner_id",
                "in",
                profiles._search(
                    Domain("company_id", "=", company.id) & Domain(domain)
                ).subselect("partner_id"),
            )
            for company in self.env.companies
        )

    @api.model
    def _search_by_figure(self, name, operator, value):
        return self.env["crm.value.profile"]._figure_domain(
            self._search_by_profile, name, operator, value
        )

    def _search_value_profile_id(self, operator, value):
        return self._search_by_figure("id", operator, value)

    def _search_value_quadrant(self, operator, value):
        return self._search_by_figure("quadrant", operator, value)

    def _search_value_score(self, operator, value):
        return self._search_by_figure("value_score", operator, value)

    def _search_value_stage_id(self, operator, value):
        return self._search_by_figure("stage_id", operator, value)

    def _search_value_tier_id(self, operator, value):
        return self._search_by_figure("tier_id", operator, value)

    def _value_customer_sql(self, alias, query):
        partner, joined = self._fields["partner_id"].join(self, alias, query)
        return partner._field_to_sql(joined, "commercial_partner_id", query)

    def _value_company_sql(self, alias, query):
        own = self._field_to_sql(alias, "company_id", query)
        return SQL("COALESCE(%s, %s)", own, self.env.company.id)

    def action_open_value_profile(self):
        """Open the profile behind the badge."""
        self.ensure_one()
        return self.value_profile_id._get_records_action()
