from odoo import api, fields, models

from ...const import LOYALTY_CLASSES
from ...fields import NullableFloat

USER = "crm_value.group_user"


class ResPartner(models.Model):
    """A customer shows how loyal it is to the current company."""

    _inherit = "res.partner"

    value_loyalty_class = fields.Selection(
        LOYALTY_CLASSES,
        string="Loyalty Class",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_loyalty_class",
        value_figure="loyalty_class",
        groups=USER,
    )

    value_wallet_share = NullableFloat(
        related="value_profile_id.wallet_share", related_sudo=False, groups=USER
    )
    value_wallet_date = fields.Date(
        related="value_profile_id.wallet_date", related_sudo=False, groups=USER
    )
    value_wallet_is_old = fields.Boolean(
        related="value_profile_id.wallet_is_old", related_sudo=False, groups=USER
    )
    value_wallet_is_over = fields.Boolean(
        related="value_profile_id.wallet_is_over", related_sudo=False, groups=USER
    )

    @api.depends("value_profile_id")
    def _compute_value_figures(self):
        result = super()._compute_value_figures()
        for partner in self:
            partner.value_loyalty_class = partner.value_profile_id.loyalty_class
        return result

    def _search_value_loyalty_class(self, operator, value):
        return self._search_by_figure("loyalty_class", operator, value)
