from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.lead import likeness
from ...const import OFFICER
from ...fields import NullableMoney
from .const import SELLING
from .crm_value_lead_group import KIND_NUMBERS

FOUND = ("value_expected", "value_expected_margin")
UPPER = 0.75  # share of the open leads below those that are worth most


class CrmLead(models.Model):
    """What a lead of somebody who has not bought yet is worth.

    The first year of customers like it, times the probability that Odoo says.
    """

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.value.work"]
    _job = "crm_value.ir_cron_lead"
    _value_part = "selling"

    value_currency_id = fields.Many2one(
        "res.currency", compute="_compute_value_currency_id", groups=SELLING
    )
    value_expected = NullableMoney(
        string="Expected First Year",
        compute="_compute_value_expected",
        store=True,
        aggregator="sum",
        groups=SELLING,
        help="Revenue that customers like this one bring in their first year, times "
        "the probability of the lead. Empty where the customer buys already, or too "
        "little is known.",
    )
    value_expected_margin = NullableMoney(
        string="Expected First-Year Margin",
        compute="_compute_value_expected",
        store=True,
        aggregator="sum",
        groups=OFFICER,
        help="Margin that customers like this one bring in their first year, times the "
        "probability of the lead.",
    )
    value_is_worth_most = fields.Boolean(
        string="Worth Most",
        compute="_compute_value_is_worth_most",
        search="_search_value_is_worth_most",
        groups=SELLING,
        help="Among the upper quarter of the company's open leads by what their first "
        "year is expected to bring.",
    )

    _value_expected_idx = models.Index(
        "(company_id, value_expected DESC) WHERE value_expected IS NOT NULL"
    )

    @api.depends("company_id", "user_id")
    @api.depends_context("company")
    def _compute_value_currency_id(self):
        for lead in self:
            company = lead._value_company() or self.env.company
            lead.value_currency_id = company.currency_id

    @api.depends(
        "partner_id",
        "partner_name",
        "contact_name",
        "value_industry_id",
        "country_id",
        "source_id",
        "probability",
        "won_status",
        "company_id",
        "user_id",
    )
    def _compute_value_expected(self):
        chains = self._value_chains()
        for lead in self:
            lead.value_expected = lead.value_expected_margin = False
            if groups := chains.get(lead):
                share = lead.probability / 100  # nobody knows cents of the future
                lead.value_expected = round(groups[-1].revenue * share)
                lead.value_expected_margin = round(groups[-1].margin * share)

    def _value_chains(self):
        """Return the groups of those like each lead, the widest first, where any.

        A lead that is closed, or of a customer who buys already, is like nobody new.
        """
        buyers = self._value_buyers()
        new = [
            lead
            for lead in self
            if lead.won_status == "pending" and lead._value_customer() not in buyers
        ]
        if not new:
            return {}
        traits = {lead: lead._value_traits() for lead in new}
        companies = self.company_id | self.user_id.company_id
        known = self.env["crm.value.lead.group"]._by_key(companies, traits.values())
        chains = {}
        for lead, own in traits.items():
            groups = known.get(lead._value_company().id, {})
            chains[lead] = [groups[key] for key in likeness.chain(groups, own)]
        return chains

    def _value_customer(self):
        """Return (company id, id of the customer), by which profiles are found."""
        customer = self.partner_id.commercial_partner_id
        return self._value_company().id, customer._origin.id

    def _value_buyers(self):
        """Return who has bought, of the customers of these leads."""
        profiles = self.env["crm.value.profile"].sudo()  # whether it buys is no figure
        companies = self.company_id | self.user_id.company_id
        bought = profiles.search_fetch(
            [
                ("company_id", "in", companies.ids),
                ("partner_id", "in", self.partner_id.commercial_partner_id.ids),
                ("purchase_count", ">", 0),
            ],
            ["company_id", "partner_id"],
        )
        return {(one.company_id.id, one.partner_id.id) for one in bought}

    def _value_traits(self):
        """Return what makes it like others, in the order of TRAITS; ANY unknown."""
        kind = self._value_kind()
        return (
            self.sudo().value_industry_id.id or likeness.ANY,
            KIND_NUMBERS[kind] if kind else likeness.ANY,
            self.country_id.id or likeness.ANY,
            self.source_id.id or likeness.ANY,
        )

    def _value_kind(self):
        """Return whether a company or a person asks; nothing where nobody is named."""
        if customer := self.partner_id.commercial_partner_id:
            return "company" if customer.is_company else "person"
        if self.partner_name:
            return "company"
        return "person" if self.contact_name else False

    # --- who is worth most ---

    @api.depends("value_expected")
    def _compute_value_is_worth_most(self):
        most = self.search([("id", "in", self.ids), ("value_is_worth_most", "=", True)])
        for lead in self:
            lead.value_is_worth_most = lead in most

    def _search_value_is_worth_most(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        seen = self._search(
            [("won_status", "=", "pending"), ("value_expected", ">", 0)]
        )
        ranked = SQL(
            "SELECT id FROM (SELECT id, PERCENT_RANK() OVER ("
            " PARTITION BY company_id ORDER BY value_expected) AS place"
            " FROM crm_lead WHERE id IN %s) ranked WHERE place >= %s",
            seen.subselect(),
            UPPER,
        )
        return Domain("id", "in", [row[0] for row in self.env.execute_query(ranked)])

    # --- every night, and after a run ---

    @api.model
    def _cron_value_worth(self):
        """Value all open leads by what the last run has learnt."""
        pending = [("won_status", "=", "pending")]
        self._work_round("lead", pending, ["_value_expect_anew"])

    def _value_expect_anew(self):
        """Compute what these are worth; prospects ranked by it are refreshed."""
        before = {lead: lead.value_expected for lead in self}
        for name in FOUND:
            self.env.add_to_compute(self._fields[name], self)
        self._recompute_recordset(FOUND)
        moved = self.filtered(
            lambda lead: (
                lead.partner_id
                and not lead.expected_revenue
                and lead.value_expected != before[lead]
            )
        )
        self.env["crm.value.stale"]._mark_documents(moved)

    def _fail(self, error):
        """Leave a lead as it was; the log says why."""
