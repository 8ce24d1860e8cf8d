from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

from ...fields import NullableMoney

# Whoever could change these could move points, invent or hide them.
OWNED = {
    "active",
    "company_id",
    "expiration_date",
    "partner_id",
    "program_id",
    "value_ledger",
}


class LoyaltyCard(models.Model):
    """A customer's loyalty card in a ledger program, shared by its contacts.

    Its points are the sum of its lines, and only a new line moves them. Odoo's order
    flow, the till and the wizard write both a line and the number: the line counts, so
    that what they write to ``points`` is left out.
    """

    _name = "loyalty.card"
    _inherit = ["loyalty.card", "crm.value.work"]
    _batch_size = 500

    value_ledger = fields.Boolean(
        related="program_id.value_ledger", store=True, precompute=True
    )
    value_locked_points = fields.Float(
        string="Locked Points",
        compute="_compute_value_locked_points",
        help="Earned, but usable only once the invoice is paid and the return "
        "window is over.",
    )
    value_liability = NullableMoney(
        string="Points Liability",
        compute="_compute_value_liability",
        groups="crm_value.group_officer",
        help="Usable and locked points, valued at the highest cost of a point.",
    )
    value_earning_ids = fields.One2many(
        "crm.value.earning", "card_id", string="Points Earned by Invoice", readonly=True
    )
    value_lot_ids = fields.One2many(
        "loyalty.history", compute="_compute_value_lot_ids", string="Point Lots"
    )

    _value_one_card = models.UniqueIndex(
        "(program_id, partner_id)"
        " WHERE value_ledger AND active AND partner_id IS NOT NULL",
        "This customer already has a card in this program; all of its contacts "
        "share it.",
    )

    @api.depends("value_earning_ids.points", "value_earning_ids.state")
    def _compute_value_locked_points(self):
        locked = dict(
            self.env["crm.value.earning"]._read_group(
                [("card_id", "in", self.ids), ("state", "=", "locked")],
                ["card_id"],
                ["points:sum"],
            )
        )
        for card in self:
            card.value_locked_points = locked.get(card._origin, 0.0)

    @api.depends("points", "value_locked_points", "program_id.value_point_worth")
    def _compute_value_liability(self):
        for card in self:
            worth = card.program_id.value_point_worth
            known = card.value_ledger and worth is not False
            owed = max(card.points + card.value_locked_points, 0.0)
            card.value_liability = known and card.currency_id.round(owed * worth)

    @api.model_create_multi
    def create(self, vals_list):
        """Give the card to the company of a contact; points become a first line."""
        prepared = [self._value_prepare_card_vals(vals) for vals in vals_list]
        if any(points for _vals, points in prepared) and not self.env.su:
            self.env["loyalty.history"]._value_check_manager()
        cards = super().create([vals for vals, _points in prepared])
        # Not a line by hand: of another kind, and with the card.
        self.env["loyalty.history"].sudo().create(
            [
                {
                    "card_id": card.id,
                    "issued": points,
                    "value_kind": "opening",
                    "description": self.env._("Initial points on the new card"),
                }
                for card, (_vals, points) in zip(cards, prepared, strict=True)
                if points
            ]
        )
        return cards

    @api.model
    def _value_prepare_card_vals(self, vals):
        """Return (values, points of the first line) of a card to create."""
        program = self.env["loyalty.program"].browse(
            vals.get("program_id") or self.default_get(["program_id"]).get("program_id")
        )
        ledger = program.sudo().value_ledger  # who sells may not read every program
        if not ledger:
            return {**vals, "value_ledger": False}, 0
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        fixed = {
            "partner_id": partner.commercial_partner_id.id,
            "points": 0,
            "value_ledger": True,
            "company_id": program.sudo().company_id.id,
        }
        return {**vals, **fixed}, vals.get("points", 0)

    def write(self, vals):
        """Leave the points of ledger cards to their lines."""
        if OWNED & vals.keys():
            self._value_check_owned(vals)
        ledger = self.filtered("value_ledger")
        if "points" not in vals or not ledger:
            return super().write(vals)
        super(LoyaltyCard, self - ledger).write(vals)
        rest = {name: value for name, value in vals.items() if name != "points"}
        return super(LoyaltyCard, ledger).write(rest)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        if self.filtered("value_ledger").sudo().history_ids:
            raise UserError(
                self.env._(
                    "A card with points cannot be deleted because it "
                    "documents them. Archive it instead."
                )
            )

    @api.model
    def _value_card_of(self, program, partners):
        """Return the cards of the customers of ``partners`` in a ledger program."""
        return self.search_fetch(
            [
                ("program_id", "=", program.id),
                ("partner_id", "in", partners.commercial_partner_id.ids),
            ],
            ["partner_id", "points"],
        )

    @api.model
    def _value_ensure_cards(self, program, partners):
        """Return these cards; a customer without one gets it, without points.

        One that was archived is taken up again, with what it remembers.
        """
        cards = self._value_card_of(program, partners)
        missing = partners.commercial_partner_id - cards.partner_id
        if missing:
            cards += self._value_revive(program, missing)
            missing -= cards.partner_id
        return cards + self.with_context(loyalty_no_mail=True).create(
            [
                {"program_id": program.id, "partner_id": partner.id}
                for partner in missing
            ]
        )

    @api.model
    def _value_revive(self, program, partners):
        """Return the newest archived card of each of these customers, active again."""
        every = self.with_context(active_test=False)
        archived = every._value_card_of(program, partners).sorted("id")
        newest = {card.partner_id: card.id for card in archived}
        cards = self.browse(newest.values())
        # Whoever may hand out a new card may hand out the old one.
        cards.sudo().active = True
        return cards

    def _value_lapse(self):
        """Close the cards of holders who are erased: the points lapse, the card rests.

        Odoo would leave them to nobody, with points that count as a debt.
        """
        ledger = self.filtered("value_ledger")
        self.env["loyalty.history"].create(
            [
                {
                    "card_id": card.id,
                    "used": max(card.points, 0.0),
                    "issued": max(-card.points, 0.0),
                    "value_kind": "other",
                    "description": self.env._("Lapsed: the contact was deleted"),
                }
                for card in ledger
                if card.points
            ]
        )
        named = self.filtered(lambda card: card.program_id.is_nominative)
        (ledger | named).filtered("active").active = False

    def _value_move(self, changes):
        """Add points to the balances; ``changes``: card → points.

        The update of the row is also what two transactions that spend the same points
        collide on: the second one starts again and sees what is left.
        """
        cards = self.browse(card.id for card in changes)
        self.flush_model(["points"])
        self.env.execute_query(
            SQL(
                """
                UPDATE loyalty_card card
                   SET points = ROUND(
                       (COALESCE(card.points, 0) + change.points) * 100) / 100
                  FROM unnest(%(ids)s, %(points)s::float8[]) AS change (id, points)
                 WHERE card.id = change.id
                RETURNING card.id
                """,
                ids=cards.ids,
                points=list(changes.values()),
            )
        )
        cards.modified(["points"])
        cards.invalidate_recordset(["points"])

    # --- Whose a ledger card is, and whether it counts, is for managers to change ---
    # Odoo lets salespeople write to cards.

    def _value_check_owned(self, vals):
        # Who sells may not read every program.
        program = self.env["loyalty.program"].sudo().browse(vals.get("program_id"))
        into = program.value_ledger or vals.get("value_ledger")
        cards = self if into else self.filtered("value_ledger")
        if cards and not self.env.su:
            self.env["loyalty.history"]._value_check_manager()
        if "program_id" in vals:
            moved = cards.filtered(lambda card: card.program_id != program)
            moved.sudo()._value_check_movable()
        if "active" in vals and not vals["active"]:
            cards.filtered("active").sudo()._value_check_empty()

    def _value_check_movable(self):
        promised = self.env["crm.value.promise"].search_count(
            [("card_id", "in", self.ids)], limit=1
        )
        if promised or self.history_ids or any(self.mapped("points")):
            raise UserError(
                self.env._(
                    "A card with points cannot change its program. Create a new "
                    "card in the other program."
                )
            )

    def _value_check_empty(self):
        """Refuse to archive a card that has points, or to which some will come."""
        for card in self._value_owed():
            raise UserError(
                self.env._(
                    "Card %(code)s of %(customer)s still has points, or orders "
                    "that will earn points. Invoice or cancel these orders, "
                    "bring the balance to zero, then archive the card.",
                    code=card.code,
                    customer=card.partner_id.display_name,
                )
            )

    def _value_owed(self):
        """Return those of these cards with points, or to which some will come."""
        having = self.filtered(lambda card: card.points or card.value_locked_points)
        return having | self._value_waiting()

    def _value_waiting(self):
        """Return those of these cards with orders that are not invoiced in full."""
        promises = self.env["crm.value.promise"].search(
            [
                ("card_id", "in", self.ids),
                ("superseded", "=", False),
                ("order_id.state", "=", "sale"),
                ("amount", ">", 0),
            ]
        )
        earned = dict(
            self.env["crm.value.earning"]._read_group(
                [("promise_id", "in", promises.ids)],
                ["promise_id"],
                ["own_points:sum"],
            )
        )
        return promises.filtered(
            lambda promise: (
                round(earned.get(promise, 0), 2) < round(promise.points, 2)
            )
        ).card_id

    # --- Shows which points of a card are open, and until when ---

    @api.depends("history_ids", "points")
    def _compute_value_lot_ids(self):
        cards = self._origin.filtered("value_ledger")
        lots, _beyond = self.env["crm.value.points"]._open_lots(cards)
        lines = self.env["loyalty.history"].browse(lot["line"] for lot in lots)
        found = lines.grouped("card_id")
        for card in self:
            card.value_lot_ids = found.get(card._origin, False)

    # --- How customers read their points ---

    def _format_points(self, points):
        """Write points of a ledger card as the language does, thousands apart."""
        symbol = self.program_id.currency_id.symbol
        if not self.value_ledger or self.point_name == symbol:
            return super()._format_points(points)
        digits = 0 if points == int(points) else 2
        number = formatLang(self.env, points, digits=digits)
        return f"{number} {self.point_name or ''}"
