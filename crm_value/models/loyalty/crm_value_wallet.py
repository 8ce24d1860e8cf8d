from datetime import timedelta

import numpy as np

from odoo import api, fields, models

from ...const import to_day
from ...fields import NullableFloat, NullableMoney
from ..purchases.crm_value_facts import Scope

YEAR = timedelta(days=365)
SHOWN = ("company_id", "partner_id", "date", "share", "is_over")  # of the newest
OLD = 365  # days: what is spent in a year is known anew after one


class CrmValueWallet(models.Model):
    """A share-of-wallet record: what a customer spends a year in our categories.

    Declared as money, or as our percent of it. What we had of it is the revenue of the
    year before that day; it follows the documents whenever they change.
    """

    _name = "crm.value.wallet"
    _inherit = ["crm.value.guarded"]
    _description = "Share of Wallet"
    _is_result = True
    _order = "date DESC, id DESC"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="As Of",
        required=True,
        default=fields.Date.context_today,
        help="Day to which the information refers.",
    )
    declared = fields.Selection(
        [("amount", "Annual Amount"), ("percent", "Our Share")],
        required=True,
        default="amount",
    )
    amount_declared = fields.Monetary(
        aggregator=None,
        string="Declared Spending",
        help="The customer's total annual spending in our product categories, from "
        "all suppliers.",
    )
    percent_declared = fields.Float(
        aggregator="avg",
        string="Declared Share",
        help="Our share of that spending, as stated.",
    )
    source = fields.Selection(
        [
            ("customer", "The customer said so"),
            ("survey", "Survey"),
            ("estimate", "Own estimate"),
            ("public", "Public figures"),
        ],
        required=True,
        default="customer",
    )
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users",
        string="Recorded By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    revenue_year = NullableMoney(
        aggregator=None,
        string="Our Revenue",
        compute="_compute_revenue_year",
        store=True,
        help="Net, without tax, in the 365 days up to that day.",
    )
    spending = NullableMoney(
        string="Spending",
        compute="_compute_share",
        store=True,
        aggregator=None,
        help="As declared, or calculated from our revenue and the declared share.",
    )
    share = NullableFloat(
        string="Share of Wallet",
        compute="_compute_share",
        store=True,
        aggregator="avg",
        help="Our revenue of the preceding year divided by the spending, or as "
        "declared.",
    )
    is_over = fields.Boolean(
        string="Above 100%",
        compute="_compute_share",
        store=True,
        help="Our revenue exceeds the customer's declared spending.",
    )
    is_old = fields.Boolean(
        string="Outdated",
        compute="_compute_is_old",
        search="_search_is_old",
        help="More than a year old.",
    )

    _amount = models.Constraint(
        "CHECK (declared <> 'amount' OR amount_declared > 0)",
        "Enter the customer's annual spending. It must be above zero.",
    )
    _percent = models.Constraint(
        "CHECK (declared <> 'percent' OR "
        "(percent_declared > 0 AND percent_declared <= 1))",
        "Our share must be above 0 and at most 100%.",
    )

    @api.depends("partner_id", "company_id", "date")
    def _compute_revenue_year(self):
        for company, wallets in self.grouped("company_id").items():
            known = wallets.filtered(lambda wallet: wallet.partner_id and wallet.date)
            (wallets - known).revenue_year = False
            if known and company:
                revenues = known._revenues(company)
                for wallet, revenue in zip(known, revenues, strict=True):
                    wallet.revenue_year = revenue

    def _revenues(self, company):
        """Return our revenue in the year up to the date of each, all read at once."""
        customers = [wallet.partner_id.commercial_partner_id.id for wallet in self]
        policy = self.env["crm.value.policy"].sudo()._published(company)
        last = max(self.mapped("date"))
        scope = Scope(
            company=company,
            rules=policy._as_rules(),
            basis=policy.basis,
            as_of=last,
            until=max(last, fields.Date.context_today(self)),
            partner_ids=tuple(set(customers)),
        )
        # Who notes a share sees the revenue, whichever documents it may read.
        days = self.env["crm.value.facts"].sudo()._gather_days(scope)
        return [
            self._revenue_between(days, customer, wallet.date)
            for customer, wallet in zip(customers, self, strict=True)
        ]

    @api.model
    def _revenue_between(self, days, customer, date):
        """Return the revenue that was read of one customer in the year up to a day."""
        owner = np.searchsorted(days.customers, customer)
        rows = slice(*np.searchsorted(days.customer, (owner, owner + 1)))
        if owner == len(days.customers) or days.customers[owner] != customer:
            return 0.0
        day = days.day[rows]
        inside = (day <= to_day(date)) & (day > to_day(date - YEAR))
        return round(float(days.amount[rows][inside].sum()), 6)

    @api.depends("declared", "amount_declared", "percent_declared", "revenue_year")
    def _compute_share(self):
        for wallet in self:
            revenue = wallet.revenue_year or 0.0
            if wallet.declared == "amount":
                wallet.spending = wallet.amount_declared
                known = wallet.amount_declared > 0
                wallet.share = revenue / wallet.amount_declared if known else False
            else:
                wallet.share = wallet.percent_declared
                known = wallet.percent_declared > 0 and revenue > 0
                wallet.spending = (
                    wallet.currency_id.round(revenue / wallet.percent_declared)
                    if known
                    else False
                )
            wallet.is_over = wallet.share is not False and wallet.share > 1

    @api.depends("date")
    def _compute_is_old(self):
        limit = self._old_before()
        for wallet in self:
            wallet.is_old = bool(wallet.date) and wallet.date < limit

    def _search_is_old(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("date", "<", self._old_before())]

    @api.model
    def _old_before(self):
        return fields.Date.context_today(self) - timedelta(days=OLD)

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the commercial partner: that is the customer."""
        for vals in vals_list:
            self._keep_customer(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Keep the commercial partner here as well."""
        return super().write(self._keep_customer(dict(vals)))

    @api.model
    def _keep_customer(self, vals):
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals["partner_id"] = partner.commercial_partner_id.id
        return vals

    @api.model
    def _newest(self, companies, partners):
        """Return the newest of each customer, by (company id, partner id)."""
        wallets = self.search_fetch(
            [
                ("company_id", "in", companies.ids),
                ("partner_id", "in", partners.ids),
            ],
            SHOWN,
            order="date, id",
        )
        return {(w.company_id.id, w.partner_id.id): w for w in wallets}

    @api.model
    def _follow(self, company, partner_ids=None):
        """Update the revenue after documents of the customers changed."""
        domain = [("company_id", "=", company.id)]
        if partner_ids is not None:
            domain.append(("partner_id", "in", list(partner_ids)))
        wallets = self.sudo().search(domain)
        self.env.add_to_compute(self._fields["revenue_year"], wallets)
        wallets.modified(["revenue_year"])  # and the share with it
        wallets.flush_recordset()
