from odoo import api, fields, models
from odoo.tools import date_utils

from .sources import BY_KEY

COSTS = ("expense", "expense_depreciation", "expense_direct_cost", "expense_other")
RESULT = ("income", "income_other", *COSTS)
CASH = ("asset_cash", "liability_credit_card")
INVOICED = ("out_invoice", "out_refund", "out_receipt")


class CrmValueMeasureSource(models.AbstractModel):
    """Registered figures: each a method that reads all months that are asked for.

    A method ``_source_<key>`` takes a company and months, by their first days, and
    returns {month: (value, n)}. A month that is not in it is not known.
    """

    _name = "crm.value.measure.source"
    _description = "Figures That Measures Are Computed From"

    @api.model
    def _figures(self, key, company, months):
        """Return {month: (value, n)} of a registered figure, of months that are known.

        It adds up all that the company has; the rules of the measure say who reads it.
        """
        if not months or self._say_missing(key):
            return {}
        method = getattr(self.sudo().with_company(company), f"_source_{key}")
        found = method(company.sudo(), sorted(months))
        return {month: found[month] for month in months if month in found}

    @api.model
    def _say_missing(self, key):
        """Return why a figure cannot be computed here, empty where it can."""
        needs = key in BY_KEY and BY_KEY[key].needs
        if not needs or needs in self.env:
            return ""
        return self.env._(
            "Cannot be computed here: what it is made of (%(model)s) is not installed. "
            "Enter it manually.",
            model=needs,
        )

    @api.model
    def _span(self, months):
        """Return the first and the last day of some months."""
        return months[0], date_utils.end_of(months[-1], "month")

    @api.model
    def _by_month(self, model, domain, aggregates, day="date"):
        """Return {month: aggregates} of records with a day."""
        groups = self.env[model]._read_group(domain, [f"{day}:month"], aggregates)
        return {fields.Date.to_date(month): values for month, *values in groups}

    @api.model
    def _share(self, parts, wholes):
        """Return {month: (part of the whole in percent, n)}; of nothing there is none.

        :param parts: {month: (amount, …)}
        :param wholes: {month: (amount, n)}
        """
        return {
            month: (100 * (parts.get(month, [0])[0] or 0) / whole, n)
            for month, (whole, n) in wholes.items()
            if whole and whole > 0
        }

    # --- the ledger: posted, in company currency ---

    @api.model
    def _lines(self, company, months, *domain):
        """Return the domain of posted journal items within some months."""
        first, last = self._span(months)
        return [
            ("company_id", "=", company.id),
            ("parent_state", "=", "posted"),
            ("date", ">=", first),
            ("date", "<=", last),
            *domain,
        ]

    @api.model
    def _earned(self, company, months, *domain):
        """Return {month: (credit less debit, journal entries)}."""
        found = self._by_month(
            "account.move.line",
            self._lines(company, months, *domain),
            ["balance:sum", "move_id:count_distinct"],
        )
        return {month: (-balance, n) for month, (balance, n) in found.items()}

    @api.model
    def _source_net_profit(self, company, months):
        """Income less expenses."""
        return self._earned(company, months, ("account_id.account_type", "in", RESULT))

    @api.model
    def _source_cash_flow(self, company, months):
        """What came into banks, tills and cards, less what went out."""
        found = self._earned(company, months, ("account_id.account_type", "in", CASH))
        return {month: (-amount, n) for month, (amount, n) in found.items()}

    @api.model
    def _source_service_income(self, company, months):
        """What was invoiced of products that are services."""
        return self._earned(
            company,
            months,
            ("account_id.account_type", "in", ("income", "income_other")),
            ("move_id.move_type", "in", INVOICED),
            ("product_id.type", "=", "service"),
        )

    @api.model
    def _source_customer_cost(self, company, months):
        """All expenses, shared by the customers who were invoiced."""
        spent = self._earned(company, months, ("account_id.account_type", "in", COSTS))
        first, last = self._span(months)
        invoices = [
            ("company_id", "=", company.id),
            ("state", "=", "posted"),
            ("move_type", "in", ("out_invoice", "out_receipt")),
            ("date", ">=", first),
            ("date", "<=", last),
        ]
        counted = self._by_month(
            "account.move", invoices, ["commercial_partner_id:count_distinct"]
        )
        return {
            month: (-spent.get(month, (0, 0))[0] / customers, customers)
            for month, (customers,) in counted.items()
            if customers
        }
