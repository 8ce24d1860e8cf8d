from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import USER
from ...fields import NullableFloat


class ResPartner(models.Model):
    """Points, and points expiring soon, of a contact's customer."""

    _inherit = "res.partner"

    value_points = NullableFloat(
        string="Points",
        digits=(16, 2),
        compute="_compute_value_points",
        compute_sudo=False,
        search="_search_value_points",
        aggregator=None,
        groups=USER,
        help="Usable points on the customer's card. Empty without a card.",
    )
    value_points_locked = NullableFloat(
        string="Locked Points",
        digits=(16, 2),
        compute="_compute_value_points",
        compute_sudo=False,
        aggregator=None,
        groups=USER,
    )
    value_points_expiring = NullableFloat(
        string="Points Expiring Soon",
        digits=(16, 2),
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="Points expiring within the notice period.",
    )
    value_points_expire_on = fields.Date(
        string="Next Points Expiry",
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="First day on which some points expire.",
    )
    value_points_expiring_text = fields.Char(
        string="Points Expiring Soon (Text)",
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="With the program's name for points.",
    )
    value_points_text = fields.Char(
        string="Points (Text)",
        compute="_compute_value_points_expiring",
        compute_sudo=False,
        groups=USER,
        help="With the program's name for points.",
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
        program = company._value_points_program()
        if not program:
            return {}
        cards = self.env["loyalty.card"].sudo()._value_card_of(program, self)
        return {card.partner_id.with_env(self.env): card for card in cards}

    @api.model
    def _search_value_points(self, operator, value):
        return self.env["crm.value.profile"]._figure_domain(
            self._value_search_by_card, "points", operator, value
        )

    @api.model
    def _value_search_by_card(self, domain):
        program = self.env.company._value_points_program()
        if not program:
            return Domain.FALSE
        cards = program.env["loyalty.card"]._search(
            Domain("program_id", "=", program.id)
            & Domain("partner_id", "!=", False)  # else "not in" would find nobody
            & Domain(domain)
        )
        customers = cards.subselect(SQL.identifier(cards.table, "partner_id"))
        return Domain("commercial_partner_id", "in", customers)

    # --- Which points of the customer expire soon, as the notice says ---

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

    # --- who is erased ---

    def _value_forget(self):
        """Close the cards of contacts that are erased, and what was written there."""
        cards = self.env["loyalty.card"].search([("partner_id", "in", self.ids)])
        self._value_wipe(cards)
        cards._value_lapse()
        return super()._value_forget()
