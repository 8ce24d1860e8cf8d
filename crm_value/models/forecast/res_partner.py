from odoo import api, fields, models

from ...fields import NullableFloat, NullableMoney
from ..scoring.crm_value_badge import shown


class ResPartner(models.Model):
    """Lifetime value and chance of another purchase, shown on the contact."""

    _inherit = "res.partner"

    value_p_alive = NullableFloat(
        string="Still a Customer",
        aggregator=None,
        help="Probability that the customer is still active.",
        **shown("p_alive"),
    )
    value_return_chance = NullableFloat(
        string="Buys Within a Year",
        aggregator=None,
        help="Probability of another purchase within 365 days.",
        **shown("return_chance"),
    )
    value_clv = NullableMoney(
        string="Lifetime Value",
        compute="_compute_value_clv",
        compute_sudo=False,
        search="_search_value_clv",
        aggregator=None,
        groups="crm_value.group_officer",
    )
    value_clv_words = fields.Char(
        string="Lifetime Value in Words",
        compute="_compute_value_clv",
        compute_sudo=False,
        groups="crm_value.group_officer",
    )

    value_clv_label = fields.Char(
        string="Lifetime Value and Its Horizon",
        compute="_compute_value_clv",
        compute_sudo=False,
        groups="crm_value.group_officer",
    )

    @api.depends("value_profile_id")
    @api.depends_context("lang")
    def _compute_value_clv(self):
        # Apart from the others: not everybody who sees those may read it.
        for partner in self:
            partner.value_clv = partner.value_profile_id.clv
            partner.value_clv_words = partner.value_profile_id.clv_words
            partner.value_clv_label = partner.value_profile_id.clv_label

    def action_open_value_fit(self):
        """Open the model card behind the forecast that the contact shows."""
        self.ensure_one()
        return self.value_profile_id.action_open_fit()

    def _search_value_clv(self, operator, value):
        return self._search_by_figure("clv", operator, value)
