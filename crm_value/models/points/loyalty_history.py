from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...const import OURS
from .const import POINT_KINDS

# What makes a line evidence; the text may be corrected.
FIXED = {
    "card_id",
    "issued",
    "used",
    "order_id",
    "order_model",
    "value_date",
    "value_day",
    "value_earning_id",
    "value_key",
    "value_kind",
    "value_lot_id",
    "value_move_id",
    "value_order_id",
    "value_unclaimed",
}


class LoyaltyHistory(models.Model):
    """A points transaction; those of a ledger card are never changed or deleted.

    Documents are the truth and the ledger follows them: where a document changes, the
    difference between what it is worth and what is booked for it becomes a new line.
    """

    _inherit = "loyalty.history"

    value_kind = fields.Selection(POINT_KINDS, string="Kind", index="btree_not_null")
    value_key = fields.Char(
        string="Source",
        readonly=True,
        help="What created this transaction. Unique per card.",
    )
    value_day = fields.Date(string="Posting Date", help="Day of the transaction.")
    value_date = fields.Date(
        string="Effective From",
        help="Day the points became usable; expiry by age counts from here.",
    )
    value_order_id = fields.Many2one(
        "sale.order", string="Sales Order", index="btree_not_null", ondelete="set null"
    )
    value_move_id = fields.Many2one(
        "account.move", string="Invoice", index="btree_not_null", ondelete="set null"
    )
    value_earning_id = fields.Many2one(
        "crm.value.earning",
        string="Earned By",
        index="btree_not_null",
        ondelete="restrict",
    )
    value_lot_id = fields.Many2one(
        "loyalty.history",
        string="Original Points",
        index="btree_not_null",
        ondelete="restrict",
        help="The transaction whose points this one claws back or adds to.",
    )
    value_unclaimed = fields.Float(
        string="Not Clawed Back",
        help="Points that should have been clawed back but had already been spent.",
    )
    value_points = fields.Float(string="Points", compute="_compute_value_points")
    value_partner_id = fields.Many2one(
        "res.partner", related="card_id.partner_id", string="Customer"
    )
    value_left = fields.Float(
        string="Remaining",
        digits=(16, 2),
        compute="_compute_value_left",
        help="Points of this transaction not yet used. The oldest points are used "
        "first.",
    )
    value_expires_on = fields.Date(
        string="Expires On",
        compute="_compute_value_left",
        help="First day on which the points can no longer be used.",
    )

    _value_once = models.UniqueIndex("(card_id, value_key) WHERE value_key IS NOT NULL")

    @api.depends("issued", "used")
    def _compute_value_points(self):
        for line in self:
            line.value_points = line.issued - line.used

    @api.model_create_multi
    def create(self, vals_list):
        """Fill in what a line of the ledger needs, and move the balances."""
        # Only whether a card is in a ledger, and in which company.
        cards = self.env["loyalty.card"].sudo()
        if self.env.context.get("value_native_lines") is OURS:
            vals_list = [
                vals
                for vals in vals_list
                if not cards.browse(vals["card_id"]).value_ledger
            ]
        wanted = cards.browse(vals["card_id"] for vals in vals_list)
        ledger = wanted.filtered("value_ledger")
        if not ledger:
            return super().create(vals_list)
        if not self.env.su:
            self._value_check_manager()
        today = {
            company: self.env["crm.value.run"]._today(company)
            for company in ledger.company_id
        }
        lines = super().create(
            [
                self._value_prepare_line_vals(vals, today[card.company_id])
                if card.value_ledger
                else vals
                for vals, card in zip(vals_list, wanted, strict=True)
            ]
        )
        lines._value_move_balances()
        return lines

    @api.model
    def _value_prepare_line_vals(self, vals, today):
        """Return the values of a line with its kind, its days and rounded points."""
        order = vals.get("order_model") == "sale.order" and vals.get("order_id")
        return {
            "value_kind": "other" if vals.get("order_model") else "manual",
            "value_order_id": order,
            "value_day": today,
            "value_date": today,
            **vals,
            "issued": round(vals.get("issued") or 0.0, 2),
            "used": round(vals.get("used") or 0.0, 2),
        }

    def _value_move_balances(self):
        changes = {}
        for line in self.sudo().filtered("card_id.value_ledger"):
            change = changes.get(line.card_id, 0.0) + line.issued - line.used
            changes[line.card_id] = change
        # The balance follows whoever may write the line.
        self.env["loyalty.card"].sudo()._value_move(changes)

    def write(self, vals):
        """Keep lines as they are: a change is a new line."""
        # Neither may the lines of another card move to one with a ledger.
        card = self.env["loyalty.card"].sudo().browse(vals.get("card_id"))
        if FIXED & vals.keys() and (card.value_ledger or self._value_ledger_lines()):
            raise UserError(
                self.env._(
                    "Points transactions cannot be changed. Add a correcting"
                    " one instead."
                )
            )
        return super().write(vals)

    def unlink(self):
        """Leave ledger lines where Odoo drops those of a cancelled order."""
        if self.env.context.get("value_keep_lines") is not OURS:
            return super().unlink()
        return super(LoyaltyHistory, self - self._value_ledger_lines()).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        if self._value_ledger_lines():
            raise UserError(
                self.env._(
                    "Points transactions cannot be deleted. Add a correcting"
                    " one instead."
                )
            )

    def _value_ledger_lines(self):
        # Whoever is about to change lines may not be able to read programs.
        return self.sudo().filtered("card_id.value_ledger").with_env(self.env)

    @api.model
    def _value_check_manager(self):
        if not self.env.user.has_group("crm_value.group_manager"):
            raise AccessError(
                self.env._(
                    "Points are worth money: only customer value managers can "
                    "change them."
                )
            )

    # --- What is left of the points a line brought, and until when ---

    @api.depends("card_id.history_ids", "value_date")
    def _compute_value_left(self):
        cards = self.card_id.filtered("value_ledger")
        lots, _beyond = self.env["crm.value.points"]._open_lots(cards)
        found = {lot["line"]: lot for lot in lots}
        for line in self:
            lot = found.get(line._origin.id, {"left": 0, "expires_on": False})
            line.value_left = lot["left"] / 100
            line.value_expires_on = lot["expires_on"]
