from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from ...const import SOLD, from_day, to_day
from .const import OF_CUSTOMERS, UNINVOICED_DAYS, UNPOSTED_DAYS

CUSTOMER = "crm.value.quality.customer"
MODELS = {
    "product_cost": "crm.value.quality.product",
    "import_cost": "crm.value.transaction",
    "line_cost": "account.move.line",
    "double": "crm.value.quality.double",
    "uninvoiced": "sale.order",
    "draft": "account.move",
    "rate": "account.move",
    "issue": "crm.value.run.issue",
    "zone": "crm.value.run.zone",
}
# Asked where invoices count; orders name a product, and count before they are invoiced.
OF_LEDGER = ("line_cost", "uninvoiced", "draft", "rate")


class CrmValueQuality(models.Model):
    """Which records a finding is about: what is counted is what is opened."""

    _inherit = "crm.value.quality"

    @api.model
    def _model_of(self, kind):
        if kind in OF_CUSTOMERS:
            return CUSTOMER
        return MODELS[kind]

    def _open_records(self):
        """Return the action that opens the records of the finding."""
        company = self.company_id
        run = self.env["crm.value.run"]._current(company)
        model, domain = self._records(self.kind, run)
        title = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "list"), (False, "form")]
            if self.env[model]._auto and not model.startswith("crm.value.quality")
            else [(False, "list")],
            "domain": domain,
            "context": {"create": False},
        }

    @api.model
    def _records(self, kind, run):
        """Return (model, domain) of the records that a run's finding is about."""
        if kind in OF_CUSTOMERS:
            return CUSTOMER, [*self._own(run), (kind, "=", 1)]
        if kind in OF_LEDGER and run.policy_id.basis != "invoiced":
            return MODELS[kind], list(Domain.FALSE)
        return MODELS[kind], getattr(self, f"_domain_{kind}")(run)

    @api.model
    def _own(self, run):
        return [("company_id", "=", run.company_id.id)]

    @api.model
    def _window(self, run, name):
        """Return the domain of the days of the value window."""
        first = from_day(to_day(run.as_of) - run.policy_id.window_days + 1)
        return [(name, ">=", str(first)), (name, "<=", str(run.as_of))]

    @api.model
    def _domain_product_cost(self, run):
        return self._own(run)

    @api.model
    def _domain_double(self, run):
        return [*self._own(run), ("accepted_by_id", "=", False)]

    @api.model
    def _domain_issue(self, run):
        return [("run_id", "=", run.id)]

    @api.model
    def _domain_import_cost(self, run):
        known = [("margin", "=", False), ("partner_id", "!=", False)]
        return [*self._own(run), *known, *self._window(run, "date")]

    @api.model
    def _domain_line_cost(self, run):
        """Return the invoice lines that name no product, nor an order with a cost."""
        return [
            *self._own(run),
            ("move_type", "in", [*SOLD, "out_refund"]),
            ("parent_state", "=", "posted"),
            ("display_type", "=", "product"),
            ("is_downpayment", "=", False),
            ("product_id", "=", False),
            ("sale_line_ids", "not any", [("purchase_price", "!=", 0)]),
            *self._window(run, "invoice_date"),
        ]

    @api.model
    def _ordered(self, run, name, until):
        """Return the domain of the moments from the window's start until a day."""
        first = from_day(to_day(run.as_of) - run.policy_id.window_days + 1)
        begin, end = run.company_id._value_moments(first, until)
        return [(name, ">=", str(begin)), (name, "<", str(end))]

    @api.model
    def _domain_uninvoiced(self, run):
        """Return the orders of which something waits to be invoiced, for long."""
        until = run.as_of - timedelta(days=UNINVOICED_DAYS)
        waiting = [("order_line", "any", self._waiting_lines())]
        orders = [*self._own(run), ("state", "=", "sale"), *waiting]
        return [*orders, *self._ordered(run, "date_order", until)]

    @api.model
    def _waiting_lines(self):
        return [
            ("invoice_status", "=", "to invoice"),
            ("untaxed_amount_to_invoice", ">", 0),
        ]

    @api.model
    def _domain_draft(self, run):
        until = run.as_of - timedelta(days=UNPOSTED_DAYS)
        since = run.as_of - relativedelta(days=run.policy_id.window_days)
        return [
            *self._own(run),
            ("move_type", "in", list(SOLD)),
            ("state", "=", "draft"),
            ("auto_post", "=", "no"),
            ("date", ">", str(since)),
            ("date", "<=", str(until)),
        ]

    @api.model
    def _domain_rate(self, run):
        """Return the documents in a currency that had no rate yet on their day."""
        begin = run.as_of - timedelta(days=run.policy_id.window_days)
        first = self._first_rates(run.company_id)
        early = Domain.OR(
            Domain("currency_id", "=", currency) & Domain("invoice_date", "<", str(day))
            for currency, day in first.items()
            if day > begin
        )
        return [
            *self._own(run),
            ("move_type", "in", [*SOLD, "out_refund"]),
            ("state", "=", "posted"),
            ("currency_id", "!=", run.company_id.currency_id.id),
            *self._window(run, "invoice_date"),
            *(early | Domain("currency_id", "not in", list(first))),
        ]

    @api.model
    def _first_rates(self, company):
        """Return the day of the first rate by currency id."""
        rates = self.env["res.currency.rate"].sudo()
        there = [("company_id", "in", [False, company.root_id.id])]
        groups = rates._read_group(there, ["currency_id"], ["name:min"])
        return {currency.id: day for currency, day in groups}

    @api.model
    def _domain_zone(self, run):
        return []
