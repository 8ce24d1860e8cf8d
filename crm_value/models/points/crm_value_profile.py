from odoo import api, models
from odoo.fields import Domain

from ...fields import NullableFloat


class CrmValueProfile(models.Model):
    """Shows the points of the customer, as they are on the card right now."""

    _inherit = "crm.value.profile"

    points_balance = NullableFloat(
        string="Points",
        digits=(16, 2),
        compute="_compute_points",
        search="_search_points_balance",
        help="Usable points on the card of the customer; empty without a card.",
    )
    points_locked = NullableFloat(
        string="Locked Points",
        digits=(16, 2),
        compute="_compute_points",
        help="Earned by invoices that are not paid, or can still be returned.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_points(self):
        for company, profiles in self.grouped("company_id").items():
            cards = profiles.partner_id._value_cards(company)
            for profile in profiles:
                card = cards.get(profile.partner_id)
                profile.points_balance = card.points if card else False
                profile.points_locked = card.value_locked_points if card else False

    @api.model
    def _search_points_balance(self, operator, value):
        return self._figure_domain(self._search_by_card, "points", operator, value)

    @api.model
    def _search_by_card(self, domain):
        cards = self.env["loyalty.card"].sudo()  # a number of one's own customers
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "partner_id",
                "in",
                cards._search(
                    Domain("program_id", "=", company._points_program().id)
                    & Domain(domain)
                ).subselect("partner_id"),
            )
            for company in self.env.companies
        )
