from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...fields import NullableFloat


class LoyaltyProgram(models.Model):
    """A program whose points are kept in a ledger: documents in, dated lines out.

    Odoo grants points when an order is confirmed and adds to a number on the card. Here
    points are earned by invoices that are paid, and the number is the sum of its lines.
    """

    _inherit = "loyalty.program"

    value_ledger = fields.Boolean(
        string="Points Ledger",
        copy=False,
        help="Points are earned when invoices are paid, taken back by credit notes, "
        "expire, and belong to the company of a contact. Each movement is one line.",
    )
    value_return_days = fields.Integer(
        string="Return Window (days)",
        default=14,
        help="Points stay locked for so long after the invoice date, and until the "
        "invoice is paid.",
    )
    value_claim = fields.Selection(
        [
            ("negative", "The balance may fall below zero"),
            ("zero", "Take what is there, and write the rest down"),
        ],
        string="Points Spent Already",
        default="negative",
        required=True,
        help="What happens where a credit note takes back points that are spent.",
    )
    value_expiry = fields.Selection(
        [
            ("none", "Never"),
            ("age", "By age"),
            ("inactivity", "By inactivity"),
        ],
        string="Points Expire",
        default="none",
        required=True,
        help="By age: so long after they became usable, the oldest first. By "
        "inactivity: all of them, so long after the customer last earned or spent.",
    )
    value_expiry_months = fields.Integer(string="Expire After (months)", default=24)
    value_notice_days = fields.Integer(
        string="Notice (days before)",
        default=30,
        help="The customer is told so long before points expire, as soon as the "
        "contact cap allows; 0: not told. Points expire as well where somebody cannot "
        "be told: without an e-mail address, or opted out.",
    )
    value_point_worth = NullableFloat(
        string="Worth of a Point",
        compute="_compute_value_point_worth",
        digits=(16, 6),
        help="The most money that one point can cost, by the rewards. Empty where that "
        "depends on the order, as with a percentage that has no limit.",
    )

    _value_one_ledger = models.UniqueIndex(
        "(company_id) WHERE value_ledger AND active",
        "A company has one program with a points ledger. Archive the other one first.",
    )
    _value_days = models.Constraint(
        "CHECK (value_return_days >= 0 AND value_notice_days >= 0"
        " AND value_expiry_months > 0)",
        "Days cannot be negative, and points need a month at least before they expire.",
    )

    @api.depends(
        "reward_ids.reward_type",
        "reward_ids.discount_mode",
        "reward_ids.discount",
        "reward_ids.discount_max_amount",
        "reward_ids.required_points",
        "reward_ids.reward_product_qty",
        "reward_ids.reward_product_id.lst_price",
    )
    def _compute_value_point_worth(self):
        for program in self:
            worths = [reward._value_point_worth() for reward in program.reward_ids]
            known = [worth for worth in worths if worth is not False]
            program.value_point_worth = max(known) if known else False

    @api.constrains(
        "value_ledger", "program_type", "applies_on", "company_id", "currency_id"
    )
    def _check_value_ledger(self):
        for program in self.filtered("value_ledger"):
            if program.program_type != "loyalty" or program.applies_on != "future":
                raise ValidationError(
                    self.env._(
                        "A points ledger is for loyalty cards whose points are used on "
                        "future orders: they are earned when the invoice is paid."
                    )
                )
            if not program.company_id:
                raise ValidationError(
                    self.env._("Choose the company that owes the points.")
                )
            if program.currency_id != program.company_id.currency_id:
                raise ValidationError(
                    self.env._("Points are owed in the currency of the company.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("value_ledger") for vals in vals_list):
            self._value_check_manager()
        return super().create(vals_list)

    def write(self, vals):
        """Open the ledger of the cards where it is switched on."""
        ours = any(name.startswith("value_") for name in vals)
        if vals.get("value_ledger") or (ours and any(self.mapped("value_ledger"))):
            self._value_check_manager()
        opened = self.browse()
        if vals.get("value_ledger"):
            opened = self.filtered(lambda program: not program.value_ledger)
            opened._value_gather_cards()
        result = super().write(vals)
        opened._value_open_ledger()
        return result

    def _value_check_manager(self):
        """Points promise money: who sets the rules of the company decides on them."""
        if not self.env.su:
            self.env["loyalty.history"]._value_check_manager()
