from odoo import api, fields, models

from ...const import SATISFACTION_QUADRANTS
from ...fields import NullableFloat

USER = "crm_value.group_user"


class ResPartner(models.Model):
    """What a contact decides, and how satisfied its customer is."""

    _inherit = "res.partner"

    value_role_id = fields.Many2one(
        "crm.value.role",
        string="Role at the Customer",
        index="btree_not_null",
        ondelete="set null",
        groups=USER,
        help="How much its answers count among those of its company.",
    )
    value_satisfaction = NullableFloat(
        string="Satisfaction",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_satisfaction",
        aggregator=None,
        help="0–100, as the customer's contacts answered.",
        groups=USER,
    )
    value_nps = NullableFloat(
        string="Recommendation",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_nps",
        aggregator=None,
        help="0–10: how likely the customer's contacts are to recommend us.",
        groups=USER,
    )
    value_satisfaction_quadrant = fields.Selection(
        SATISFACTION_QUADRANTS,
        string="Satisfaction and Loyalty",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_satisfaction_quadrant",
        value_figure="satisfaction_quadrant",
        groups=USER,
    )

    @api.depends("value_profile_id")
    def _compute_value_figures(self):
        result = super()._compute_value_figures()
        for partner in self:
            profile = partner.value_profile_id
            partner.value_satisfaction = profile.satisfaction_score
            partner.value_nps = profile.nps
            partner.value_satisfaction_quadrant = profile.satisfaction_quadrant
        return result

    def _search_value_satisfaction(self, operator, value):
        return self._search_by_figure("satisfaction_score", operator, value)

    def _search_value_nps(self, operator, value):
        return self._search_by_figure("nps", operator, value)

    def _search_value_satisfaction_quadrant(self, operator, value):
        return self._search_by_figure("satisfaction_quadrant", operator, value)

    def write(self, vals):
        """Another role weighs answers differently."""
        result = super().write(vals)
        if "value_role_id" in vals:
            companies = self.env["res.company"]._all_scored()
            self.env["crm.value.stale"]._mark(self, companies)
        return result
