from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import USER
from ...fields import NullableFloat
from .const import QUADRANTS


def shown(figure):
    """Return the parameters of a field that shows a figure of the profile."""

    def search(records, operator, value):
        return records._search_by_figure(figure, operator, value)

    return {
        "compute": "_compute_value_figures",
        "compute_sudo": False,
        "search": search,
        "value_figure": figure,
        "groups": USER,
    }


class CrmValueBadge(models.AbstractModel):
    """Shows figures of the customer's profile on a document or a contact.

    A document has a ``partner_id`` and a ``company_id``: the profile is that of its own
    company, the current one if it has none. Nothing is stored; one query fetches the
    profiles of a whole list, and the database groups by what they hold.
    """

    _name = "crm.value.badge"
    _description = "Customer Value Badge"

    # The fields that say whose profile is shown.
    _value_profile_depends = ("partner_id", "company_id")

    value_profile_id = fields.Many2one(
        "crm.value.profile",
        string="Customer Value",
        compute="_compute_value_profile_id",
        compute_sudo=False,
        search="_search_value_profile_id",
        groups=USER,
    )
    value_quadrant = fields.Selection(
        QUADRANTS, string="Customer Quadrant", **shown("quadrant")
    )
    value_score = NullableFloat(
        string="Customer Value Score", aggregator=None, **shown("value_score")
    )

    value_strip = fields.Json(
        string="Customer at a Glance",
        compute="_compute_value_strip",
        compute_sudo=False,
        groups=USER,
    )

    @api.model
    def _valid_field_parameter(self, field, name):
        return name == "value_figure" or super()._valid_field_parameter(field, name)

    @api.depends(lambda self: self._value_profile_depends)
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
    def _compute_value_figures(self):
        shown_here = [
            (name, field.value_figure)
            for name, field in self._fields.items()
            if getattr(field, "value_figure", None)
        ]
        for record in self:
            for name, figure in shown_here:
                record[name] = record.value_profile_id[figure]

    @api.depends("value_profile_id")
    @api.depends_context("uid", "lang")
    def _compute_value_strip(self):
        for record in self:
            signs = record.value_profile_id.signs or []
            record.value_strip = [sign for sign in signs if sign["text"]]

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
                ).subselect(SQL.identifier(profiles._table, "partner_id")),
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

    def _field_to_sql(self, alias, field_expr, query=None):
        """Read a class from the profile, which is joined once."""
        field = self._fields.get(field_expr)
        figure = getattr(field, "value_figure", None)
        if not figure or query is None or field.type not in ("selection", "many2one"):
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(field, "read")
        profile = query.make_alias(alias, "value_profile")
        fields = self.env["crm.value.profile"]._fields
        query.add_join(
            "LEFT JOIN",
            profile,
            "crm_value_profile",
            SQL(
                "%s = %s AND %s = %s AND %s = ANY(%s) AND %s",
                SQL.identifier(profile, "partner_id", to_flush=fields["partner_id"]),
                self._value_customer_sql(alias, query),
                SQL.identifier(profile, "company_id", to_flush=fields["company_id"]),
                self._value_company_sql(alias, query),
                SQL.identifier(profile, "company_id"),
                self.env.companies.ids,
                self._value_seen_sql(profile),
            ),
        )
        return SQL.identifier(profile, figure, to_flush=fields[figure])

    def _value_seen_sql(self, profile):
        """Return the condition of the profiles that the user may see."""
        if self.env.su or not self.env.user._value_is_partial():
            return SQL("TRUE")
        seen = self.env["crm.value.profile"]._search([])
        return SQL("%s IN %s", SQL.identifier(profile, "id"), seen.subselect())

    def _value_customer_sql(self, alias, query):
        """Return the SQL of the customer whose profile is shown."""
        partner, joined = self._fields["partner_id"].join(self, alias, query)
        return partner._field_to_sql(joined, "commercial_partner_id", query)

    def _value_company_sql(self, alias, query):
        """Return the SQL of the company whose profile is shown."""
        own = self._field_to_sql(alias, "company_id", query)
        return SQL("COALESCE(%s, %s)", own, self.env.company.id)

    def action_open_value_profile(self):
        """Open the profile behind the badge."""
        self.ensure_one()
        return self.value_profile_id._get_records_action()
