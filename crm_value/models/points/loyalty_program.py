from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...fields import NullableFloat

RULES = ("value_ledger", "value_expiry", "value_expiry_months", "value_notice_days")


class LoyaltyProgram(models.Model):
    """A loyalty program whose points are kept in a ledger of transactions.

    Odoo grants points when an order is confirmed and adds to a number on the card. Here
    points are earned by invoices that are paid, and the number is the sum of its lines.
    """

    _inherit = "loyalty.program"

    value_ledger = fields.Boolean(
        string="Points Ledger",
        copy=False,
        help="Points are earned when invoices are paid, clawed back by credit "
        "notes, can expire, and belong to the contact's company. Every "
        "transaction is recorded.",
    )
    value_return_days = fields.Integer(
        string="Return Window (days)",
        default=14,
        help="Points stay locked for this many days after the invoice date, and "
        "until the invoice is paid.",
    )
    value_claim = fields.Selection(
        [
            ("negative", "Allow a negative balance"),
            ("zero", "Claw back what is left and record the shortfall"),
        ],
        string="If Points Are Already Spent",
        default="negative",
        required=True,
        help="What happens when a credit note claws back points that have already "
        "been spent.",
    )
    value_expiry = fields.Selection(
        [
            ("none", "Never"),
            ("age", "By age"),
            ("inactivity", "By inactivity"),
        ],
        string="Points Expiry",
        default="none",
        required=True,
        help="By age: points expire this long after they became usable, the oldest "
        "first. By inactivity: all points expire this long after the customer "
        "last earned or spent any.",
    )
    value_expiry_months = fields.Integer(string="Expire After (months)", default=24)
    value_notice_days = fields.Integer(
        string="Expiry Notice (days before)",
        default=30,
        help="Customers are notified this long before points expire, as soon as the"
        " frequency cap allows; 0: no notice. Points also expire if a customer"
        " cannot be notified because there is no e-mail address or they have "
        "opted out.",
    )
    value_point_worth = NullableFloat(
        string="Cost of a Point",
        compute="_compute_value_point_worth",
        digits=(16, 6),
        help="Highest cost of one point according to the rewards. Empty if it "
        "depends on the order, as with an unlimited percentage discount.",
    )
    value_expiry_from = fields.Date(
        string="Earliest Expiry",
        readonly=True,
        copy=False,
        help="After the rules change, no points expire until customers have had "
        "their notice period.",
    )

    _value_one_ledger = models.UniqueIndex(
        "(company_id) WHERE value_ledger AND active",
        "A company can have only one program with a points ledger. Archive the "
        "other one first.",
    )
    _value_days = models.Constraint(
        "CHECK (value_return_days >= 0 AND value_notice_days >= 0"
        " AND value_expiry_months > 0)",
        "Days cannot be negative, and points must be valid for at least one month.",
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
                        "A points ledger requires a loyalty card program whose "
                        "points are used on future orders, because points are "
                        "earned only when the invoice is paid."
                    )
                )
            if not program.company_id:
                raise ValidationError(
                    self.env._("Choose the company that issues the points.")
                )
            if program.currency_id != program.company_id.currency_id:
                raise ValidationError(
                    self.env._("The program must use the currency of the company.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("value_ledger") for vals in vals_list):
            self._value_check_manager()
        programs = super().create(vals_list)
        programs._value_start_rules()
        return programs

    def write(self, vals):
        """Open the ledger of the cards where it is switched on."""
        changed = self.filtered(
            lambda program: any(
                vals[name] != program[name]
                for name in (*RULES, "active")
                if name in vals
            )
        )
        ours = any(name.startswith("value_") for name in vals)
        if vals.get("value_ledger") or (ours and any(self.mapped("value_ledger"))):
            self._value_check_manager()
        self._value_leaving(vals)._value_check_settled()
        opened = self.browse()
        if vals.get("value_ledger"):
            opened = self.filtered(lambda program: not program.value_ledger)
            opened._value_gather_cards()
        result = super().write(vals)
        opened._value_open_ledger()
        changed._value_start_rules()
        return result

    def _value_check_manager(self):
        """Only managers may change a ledger program: points are a liability."""
        if not self.env.su:
            self.env["loyalty.history"]._value_check_manager()

    # --- Points that customers have do not disappear with their program ---

    def _value_leaving(self, vals):
        """Return the ledger programs that would no longer be those of their company."""
        kept = self.filtered(
            lambda program: (
                vals.get("active", True)
                and vals.get("value_ledger", True)
                and vals.get("company_id", program.company_id.id)
                == program.company_id.id
            )
        )
        return (self - kept).filtered(lambda p: p.value_ledger and p.active)

    def _value_check_settled(self):
        """Refuse to hide points: customers see those of an active program only."""
        for program in self:  # a handful of programs
            # Whoever may archive a program need not be allowed to read all its cards.
            cards = self.env["loyalty.card"].sudo()
            owed = cards.search([("program_id", "=", program.id)])._value_owed()
            if owed:
                raise UserError(
                    self.env._(
                        "Customers who still have points in %(program)s, or orders "
                        "that will earn points, and would no longer see them: "
                        "%(count)s. "
                        "Delete the rules of the program, so that new orders earn "
                        "nothing; once points are spent or expired, or balances have "
                        "been brought to zero, archive it.",
                        count=len(owed),
                        program=program.name,
                    )
                )

    # --- New rules let no points expire before customers could be told ---

    def _value_start_rules(self):
        """Start the notice period again, from today."""
        run = self.env["crm.value.run"]
        for program in self.filtered("value_ledger"):  # a handful of programs
            notice = timedelta(days=program.value_notice_days)
            # It follows from rules that were changed with the right to do so.
            program.sudo().value_expiry_from = run._today(program.company_id) + notice

    # --- What happens when the ledger of a program with cards is switched on ---

    def _value_gather_cards(self):
        """Give the cards of contacts to their companies, one card for each."""
        cards = self.env["loyalty.card"].search(
            [("program_id", "in", self.ids), ("partner_id", "!=", False)], order="id"
        )
        for program in self:  # a handful of programs, not customers
            mine = cards.filtered(
                lambda card, program=program: card.program_id == program
            )
            mine._value_combine_by_customer()

    def _value_open_ledger(self):
        """Make the lines of each card add up to its balance.

        Lines from before keep what they say; their points count from today, so that
        they do not expire on the day the ledger is opened. Orders that spent points
        without a line get one, so that they can give them back; the opening line is
        the rest.
        """
        if not self:
            return
        self.env.flush_all()
        params = {
            "programs": self.ids,
            "user": self.env.uid,
            "opening": self.env._("Opening balance of the ledger"),
            "spent": self.env._("Spent before the ledger was activated"),
        }
        self.env.cr.execute(SQL(CLASSIFY, **params))
        self.env.cr.execute(SQL(SPENT, **params))
        self.env.cr.execute(SQL(OPENING, **params))
        self.env.invalidate_all()

    # --- The points program to begin with; nobody has one without asking for it ---

    @api.model
    def action_value_set_up(self):
        """Create the points program of the current company, and open it."""
        self._value_check_manager()
        company = self.env.company
        # Managers of customer value need not be managers of sales.
        program = company._value_points_program() or self.sudo()._value_begin(company)
        return program.with_env(self.env)._get_records_action(
            name=self.env._("Points Program"), views=[[False, "form"]]
        )

    @api.model
    def _value_begin(self, company):
        """Return a new program; its unit is said in each language of the database."""
        program = self.create(self._value_default_vals(company))
        program._value_say_points()
        return program

    def _value_say_points(self):
        """Name points in all languages: what is written in one is not translated."""
        for lang, _label in self.env["res.lang"].get_installed():
            spoken = self.with_context(lang=lang)
            said = spoken.env._("Points")
            spoken.write({"name": said, "portal_point_name": said})

    @api.model
    def _value_default_vals(self, company):
        """A point for each unit of money, 100 points for one: 1 % back."""
        return {
            "name": self.env._("Points"),
            "program_type": "loyalty",
            "applies_on": "future",
            "trigger": "auto",
            "portal_visible": True,
            "portal_point_name": self.env._("Points"),
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "value_ledger": True,
            "value_expiry": "age",
            "rule_ids": [
                Command.create({"reward_point_mode": "money", "reward_point_amount": 1})
            ],
            "reward_ids": [
                Command.create(
                    {
                        "reward_type": "discount",
                        "discount_mode": "per_point",
                        "discount": 0.01,
                        "discount_applicability": "order",
                        "required_points": 100,
                    }
                )
            ],
        }


CLASSIFY = """
    UPDATE loyalty_history line
       SET value_kind = CASE
               WHEN line.order_id IS NULL THEN 'manual'
               WHEN COALESCE(line.used, 0) = 0 THEN 'earned'
               WHEN COALESCE(line.issued, 0) = 0 THEN 'spent'
               ELSE 'other' END,
           issued = COALESCE(line.issued, 0),
           used = COALESCE(line.used, 0),
           value_order_id = orders.id,
           value_day = line.create_date::date,
           value_date = CURRENT_DATE
      FROM loyalty_history same
      JOIN loyalty_card card ON card.id = same.card_id
      LEFT JOIN sale_order orders
        ON orders.id = same.order_id AND same.order_model = 'sale.order'
     WHERE line.id = same.id
       AND line.value_kind IS NULL
       AND card.program_id = ANY(%(programs)s)
"""
# An order that was confirmed before Odoo kept lines has spent points as well.
SPENT = """
    INSERT INTO loyalty_history (card_id, description, issued, used, order_model,
        order_id, value_kind, value_order_id, value_key, value_day, value_date,
        create_uid, write_uid, create_date, write_date)
    SELECT cost.coupon_id, %(spent)s, 0, cost.points - COALESCE(booked.points, 0),
           'sale.order', cost.order_id, 'spent', cost.order_id,
           'opening:' || cost.order_id, CURRENT_DATE, CURRENT_DATE,
           %(user)s, %(user)s, NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM (SELECT line.order_id, line.coupon_id,
                   ROUND(SUM(line.points_cost)::numeric, 2) AS points
              FROM sale_order_line line
              JOIN sale_order orders ON orders.id = line.order_id
              JOIN loyalty_card card ON card.id = line.coupon_id
             WHERE card.program_id = ANY(%(programs)s) AND orders.state = 'sale'
             GROUP BY line.order_id, line.coupon_id) cost
      LEFT JOIN (SELECT value_order_id, card_id,
                        ROUND(SUM(CASE value_kind WHEN 'given_back' THEN -issued
                            ELSE used END)::numeric, 2) AS points
                   FROM loyalty_history
                  WHERE value_kind IN ('spent', 'given_back', 'other')
                  GROUP BY value_order_id, card_id) booked
        ON booked.value_order_id = cost.order_id AND booked.card_id = cost.coupon_id
     WHERE cost.points > COALESCE(booked.points, 0)
    ON CONFLICT DO NOTHING
"""
OPENING = """
    INSERT INTO loyalty_history (card_id, description, issued, used, value_kind,
        value_day, value_date, create_uid, write_uid, create_date, write_date)
    SELECT id, %(opening)s, GREATEST(missing, 0), GREATEST(-missing, 0), 'opening',
           CURRENT_DATE, CURRENT_DATE, %(user)s, %(user)s,
           NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM (SELECT card.id, ROUND((COALESCE(card.points, 0)
                   - COALESCE(SUM(line.issued - line.used), 0))::numeric, 2) AS missing
              FROM loyalty_card card
              LEFT JOIN loyalty_history line ON line.card_id = card.id
             WHERE card.program_id = ANY(%(programs)s)
             GROUP BY card.id) balance
     WHERE missing <> 0
"""
