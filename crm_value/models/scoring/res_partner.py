from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...fields import NullableFloat
from .const import PARETO_CLASSES
from .crm_value_badge import USER, shown


class ResPartner(models.Model):
    """A contact shows the value of its customer in the current company.

    Nothing is stored here: ``res_partner`` is too busy a table for bulk writes.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "crm.value.badge"]

    _value_profile_depends = ("commercial_partner_id",)

    # Badges on documents call these otherwise, so neither label is redundant.
    # pylint: disable=attribute-string-redundant
    value_score = NullableFloat(string="Value Score")
    value_quadrant = fields.Selection(string="Value Quadrant")
    value_rfm = fields.Char(
        string="RFM",
        compute="_compute_value_rfm",
        compute_sudo=False,
        help="Recency, frequency and monetary value, each 1–5 with 5 best.",
        groups=USER,
    )
    value_segment_id = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", **shown("rfm_segment")
    )
    value_pareto_class = fields.Selection(
        PARETO_CLASSES, string="Pareto Class", **shown("pareto_class")
    )
    value_last_purchase_date = fields.Date(
        string="Last Purchase", **shown("last_purchase_date")
    )
    value_currency_id = fields.Many2one(
        related="value_profile_id.currency_id",
        string="Currency of the Value",
        related_sudo=False,
        groups=USER,
    )
    value_trend = NullableFloat(
        related="value_profile_id.value_trend", related_sudo=False, groups=USER
    )
    value_as_of = fields.Date(
        related="value_profile_id.as_of",
        string="Value As of",
        related_sudo=False,
        groups=USER,
    )
    # What people know of a customer, and no document says: written by hand alone.
    value_prefers_products = fields.Char(string="Preferred Products", groups=USER)
    value_prefers_packaging = fields.Char(string="Preferred Packaging", groups=USER)
    value_prefers_hours = fields.Char(
        string="Preferred Hours", groups=USER, help="When to call, or to deliver."
    )
    value_prefers_contact = fields.Char(
        string="Preferred Contact", groups=USER, help="Whom to talk to, and how."
    )
    value_stale_since = fields.Datetime(
        related="value_profile_id.stale_since", related_sudo=False, groups=USER
    )

    def _compute_value_profile_id(self):
        company = self.env.company
        found = self.env["crm.value.profile"]._by_customer(
            company, self.commercial_partner_id
        )
        for partner in self:
            key = (company.id, partner.commercial_partner_id.id)
            partner.value_profile_id = found.get(key, False)

    @api.depends("value_profile_id")
    def _compute_value_rfm(self):
        for partner in self:
            profile = partner.value_profile_id
            partner.value_rfm = (
                f"{profile.rfm_r}{profile.rfm_f}{profile.rfm_m}"
                if profile.rfm_r
                else False
            )

    @api.model
    def _search_by_profile(self, domain):
        """Return the partners whose customer has a profile that meets ``domain``."""
        profiles = self.env["crm.value.profile"]._search(
            Domain("company_id", "=", self.env.company.id) & Domain(domain)
        )
        customers = profiles.subselect(SQL.identifier(profiles.table, "partner_id"))
        return Domain("commercial_partner_id", "in", customers)

    def _value_customer_sql(self, alias, query):
        return self._field_to_sql(alias, "commercial_partner_id", query)

    def _value_company_sql(self, alias, query):
        return SQL("%s", self.env.company.id)
