from odoo import api, fields, models

from ...fields import NullableFloat

USER = "crm_value.group_user"


class ResPartner(models.Model):
    """Which points of the customer expire soon, as the notice says."""

    _inherit = "res.partner"

    value_points_expiring = NullableFloat(
        string="Points That Expire Soon",
        digits=(16, 2),
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="Within the time of the notice.",
    )
    value_points_expire_on = fields.Date(
        string="Points Expire on",
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="The first day on which some of them expire.",
    )
    value_points_expiring_text = fields.Char(
        string="Points That Expire Soon, in Words",
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="As the program calls them.",
    )
    value_points_text = fields.Char(
        string="Points, in Words",
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="As the program calls them.",
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid", "lang")
    def _compute_value_points_expiring(self):
        cards = self._value_cards(self.env.company)
        found = {
            card: (day, points)
            for card, day, points in self.env["crm.value.points"]._expiring(
                self.env["loyalty.card"].sudo().union(*cards.values())
            )
        }
        for partner in self:
            card = cards.get(partner.commercial_partner_id._origin)
            day, points = found.get(card, (False, False))
            partner.value_points_expire_on = day
            partner.value_points_expiring = points
            partner.value_points_expiring_text = points and card._format_points(points)
            partner.value_points_text = card and card._format_points(card.points)
