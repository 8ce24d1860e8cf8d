from odoo import api, models
from odoo.fields import Domain

from ...fields import NullableFloat

USER = "crm_value.group_user"


class ResPartner(models.Model):
    """A contact shows the points of its company's card."""

    _inherit = "res.partner"

    value_points = NullableFloat(
        string="Points",
        digits=(16, 2),
        compute="_compute_value_points",
        compute_sudo=False,
        search="_search_value_points",
        aggregator=None,
        groups=USER,
        help="Usable points on the card of the customer; empty without a card.",
    )
    value_points_locked = NullableFloat(
        string="Locked Points",
        digits=(16, 2),
        compute="_compute_value_points",
        compute_sudo=False,
        aggregator=None,
        groups=USER,
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_value_points(self):
        cards = self._value_cards(self.env.company)
        for partner in self:
            card = cards.get(partner.commercial_partner_id._origin)
            partner.value_points = card.points if card else False
            partner.value_points_locked = card.value_locked_points if card else False

    def _value_cards(self, company):
        """Return the cards of these contacts' customers, by customer.

        In the name of the system: who helps customers sees their points, without the
        right to read sales programs.
        """
        program = company._points_program()
        if not program:
            return {}
        cards = self.env["loyalty.card"].sudo()._value_card_of(program, self)
        return {card.partner_id.with_env(self.env): card for card in cards}

    @api.model
    def _search_value_points(self, operator, value):
        return self.env["crm.value.profile"]._figure_domain(
            self._search_by_card, "points", operator, value
        )

    @api.model
    def _search_by_card(self, domain):
        program = self.env.company._points_program()
        if not program:
            return Domain.FALSE
        cards = program.env["loyalty.card"]._search(
            Domain("program_id", "=", program.id) & Domain(domain)
        )
        return Domain("commercial_partner_id", "in", cards.subselect("partner_id"))
