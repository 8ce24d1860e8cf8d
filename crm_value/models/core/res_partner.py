from odoo import api, fields, models
from odoo.fields import Domain

from ...const import PARETO_CLASSES, QUADRANTS, RISK_STATES
from ...fields import NullableFloat, NullableMoney

USER = "crm_value.group_user"


class ResPartner(models.Model):
    """A customer shows the value of its commercial partner in the current company.

    Nothing is stored here: ``res_partner`` is too busy a table for bulk writes. All
    fields read the profile, which one query fetches for a whole list.
    """

    _inherit = "res.partner"

    value_profile_id = fields.Many2one(
        "crm.value.profile",
        string="Customer Value",
        compute="_compute_value_profile_id",
        compute_sudo=False,
        search="_search_value_profile_id",
        groups=USER,
    )
    value_score = NullableFloat(
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_score",
        aggregator=None,
        groups=USER,
    )
    value_quadrant = fields.Selection(
        QUADRANTS,
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_quadrant",
        groups=USER,
    )
    value_rfm = fields.Char(
        string="RFM",
        compute="_compute_value_figures",
        compute_sudo=False,
        help="Recency, frequency and money, each 1–5 with 5 best.",
        groups=USER,
    )
    value_segment_id = fields.Many2one(
        "crm.value.rfm.segment",
        string="RFM Segment",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_segment_id",
        groups=USER,
    )
    value_stage_id = fields.Many2one(
        "crm.value.stage",
        string="Lifecycle Stage",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_stage_id",
        groups=USER,
    )
    value_pareto_class = fields.Selection(
        PARETO_CLASSES,
        string="Pareto Class",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_pareto_class",
        groups=USER,
    )
    value_last_purchase_date = fields.Date(
        string="Last Purchase",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_last_purchase_date",
        groups=USER,
    )
    value_p_alive = NullableFloat(
        string="Still a Customer",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_p_alive",
        aggregator=None,
        help="Probability that the customer has not left.",
        groups=USER,
    )
    value_decline_risk = NullableFloat(
        string="Risk of Decline",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_decline_risk",
        aggregator=None,
        help="Probability that the active customer does not buy again in time.",
        groups=USER,
    )
    value_risk_state = fields.Selection(
        RISK_STATES,
        string="Risk",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_risk_state",
        groups=USER,
    )
    value_clv = NullableMoney(
        string="Lifetime Value",
        compute="_compute_value_clv",
        compute_sudo=False,
        search="_search_value_clv",
        aggregator=None,
        groups="crm_value.group_officer",
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
    value_stale_since = fields.Datetime(
        related="value_profile_id.stale_since", related_sudo=False, groups=USER
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_value_profile_id(self):
        company = self.env.company
        found = self.env["crm.value.profile"]._by_customer(
            company, self.commercial_partner_id
        )
        for partner in self:
            key = (company.id, partner.commercial_partner_id.id)
            partner.value_profile_id = found.get(key, False)

    @api.depends("value_profile_id")
    def _compute_value_figures(self):
        for partner in self:
            profile = partner.value_profile_id
            scored = profile.rfm_r
            partner.value_score = profile.value_score
            partner.value_quadrant = profile.quadrant
            partner.value_rfm = (
                f"{profile.rfm_r}{profile.rfm_f}{profile.rfm_m}" if scored else False
            )
            partner.value_segment_id = profile.rfm_segment
            partner.value_stage_id = profile.stage_id
            partner.value_pareto_class = profile.pareto_class
            partner.value_last_purchase_date = profile.last_purchase_date
            partner.value_p_alive = profile.p_alive
            partner.value_decline_risk = profile.decline_risk
            partner.value_risk_state = profile.risk_state

    @api.depends("value_profile_id")
    def _compute_value_clv(self):
        for partner in self:
            partner.value_clv = partner.value_profile_id.clv

    @api.model
    def _search_by_profile(self, domain):
        """Return the partners whose customer has a profile that meets ``domain``."""
        profiles = self.env["crm.value.profile"]._search(
            Domain("company_id", "=", self.env.company.id) & Domain(domain)
        )
        return Domain("commercial_partner_id", "in", profiles.subselect("partner_id"))

    @api.model
    def _search_by_figure(self, name, operator, value):
        return self.env["crm.value.profile"]._figure_domain(
            self._search_by_profile, name, operator, value
        )

    def _search_value_profile_id(self, operator, value):
        return self._search_by_figure("id", operator, value)

    def _search_value_score(self, operator, value):
        return self._search_by_figure("value_score", operator, value)

    def _search_value_quadrant(self, operator, value):
        return self._search_by_figure("quadrant", operator, value)

    def _search_value_segment_id(self, operator, value):
        return self._search_by_figure("rfm_segment", operator, value)

    def _search_value_stage_id(self, operator, value):
        return self._search_by_figure("stage_id", operator, value)

    def _search_value_pareto_class(self, operator, value):
        return self._search_by_figure("pareto_class", operator, value)

    def _search_value_last_purchase_date(self, operator, value):
        return self._search_by_figure("last_purchase_date", operator, value)

    def _search_value_p_alive(self, operator, value):
        return self._search_by_figure("p_alive", operator, value)

    def _search_value_decline_risk(self, operator, value):
        return self._search_by_figure("decline_risk", operator, value)

    def _search_value_risk_state(self, operator, value):
        return self._search_by_figure("risk_state", operator, value)

    def _search_value_clv(self, operator, value):
        return self._search_by_figure("clv", operator, value)

    def write(self, vals):
        """A contact that moves to another company takes its documents along."""
        if not {"parent_id", "is_company"} & vals.keys():
            return super().write(vals)
        stale = self.env["crm.value.stale"]
        companies = self.env["res.company"]._all_scored()
        stale._mark(self, companies)
        result = super().write(vals)
        stale._mark(self, companies)
        return result

    def action_open_value_profile(self):
        """Open the customer's profile in the current company."""
        self.ensure_one()
        return self.value_profile_id._get_records_action()
