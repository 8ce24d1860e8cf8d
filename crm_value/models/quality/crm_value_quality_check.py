from odoo import api, models
from odoo.tools import SQL
from odoo.tools.date_utils import start_of

from .const import KINDS, OF_CUSTOMERS

# What is added up of the records of a finding, and its sign.
SUMS = {
    "product_cost": ("revenue:sum", 1),
    "import_cost": ("amount:sum", 1),
    "line_cost": ("balance:sum", -1),
    "double": ("revenue:sum", 1),
    "draft": ("amount_untaxed_signed:sum", 1),
    "rate": ("amount_untaxed_signed:sum", 1),
}


class CrmValueQuality(models.Model):
    """How findings are measured: in a few statements, however many customers."""

    _inherit = "crm.value.quality"

    @api.model
    def _check(self, company, run=None):
        """Measure the findings of a company; return whether there is anything to.

        :param run: the run that has just scored, default: the last one, less the
            products that have been given a cost since
        """
        quality = self.sudo().with_company(company)  # whoever asks for it, or the run
        if not run:
            run = quality.env["crm.value.run"]._current(company)
            quality.env["crm.value.quality.product"]._drop_costed(company)
        if not run:
            return False
        run = run.with_env(quality.env)
        quality.env["crm.value.quality.double"]._find(company)
        quality._keep(run, *quality._measured(run))
        return True

    @api.model
    def _measured(self, run):
        """Return {kind: (records, money or None)}, and the revenue of all."""
        found, total = self._measured_customers(self._own(run))
        for kind, _label in KINDS:
            if kind not in OF_CUSTOMERS:
                found[kind] = self._measured_records(kind, run)
        return found, total

    @api.model
    def _measured_customers(self, domain):
        """Return what is missing of customers whom the user sees, in one statement."""
        customers = self.env["crm.value.quality.customer"]
        query = customers._search(domain)
        revenue = SQL.identifier(customers._table, "revenue")
        parts = [SQL("COALESCE(SUM(%s), 0)", revenue)]
        for kind in OF_CUSTOMERS:
            flag = SQL("%s = 1", SQL.identifier(customers._table, kind))
            parts.append(SQL("COUNT(*) FILTER (WHERE %s)", flag))
            parts.append(SQL("SUM(%s) FILTER (WHERE %s)", revenue, flag))
        [[total, *sums]] = self.env.execute_query(query.select(*parts))
        pairs = zip(sums[::2], sums[1::2], strict=True)
        found = {
            kind: (count, money or 0.0)
            for kind, (count, money) in zip(OF_CUSTOMERS, pairs, strict=True)
        }
        return found, float(total)

    @api.model
    def _measured_records(self, kind, run):
        """Return (records, money or None) of a finding about other records."""
        if kind == "zone":
            return int(not run.company_id.partner_id.tz), None
        model, domain = self._records(kind, run)
        records = self.env[model]
        if kind == "uninvoiced":
            return records.search_count(domain), self._money_to_invoice(domain)
        if kind not in SUMS:
            return records.search_count(domain), None
        name, sign = SUMS[kind]
        [(count, money)] = records._read_group(domain, [], ["__count", name])
        return count, sign * (money or 0.0)

    @api.model
    def _money_to_invoice(self, orders):
        """Return what waits to be invoiced, at the currency rates of the orders."""
        lines = self.env["sale.order.line"]
        query = lines._search([("order_id", "any", orders), *self._waiting_lines()])
        order = query.join(lines._table, "order_id", "sale_order", "id", "ordered")
        total = SQL(
            "COALESCE(SUM(%s / NULLIF(%s, 0)), 0)",
            SQL.identifier(lines._table, "untaxed_amount_to_invoice"),
            SQL.identifier(order, "currency_rate"),
        )
        [[money]] = self.env.execute_query(query.select(total))
        return float(money)

    @api.model
    def _keep(self, run, found, total):
        """Write what was measured, ranked by money; what has none comes last."""
        rows = {row.kind: row for row in self.search(self._own(run))}
        ranked = sorted(found, key=lambda kind: -(found[kind][1] or 0.0))
        for rank, kind in enumerate(ranked):
            count, money = found[kind]
            row = rows.get(kind) or self.create(
                {"company_id": run.company_id.id, "kind": kind}
            )
            row.write({"rank": rank, **row._measured_vals(count, money, total)})

    def _measured_vals(self, count, money, total):
        """Return the values of a finding that was measured anew."""
        today = self._today()
        share = money / total if money is not None and total > 0 else False
        vals = {
            "record_count": count,
            "money": False if money is None else money,
            "share": share,
            "checked_on": today,
            "found_on": count and (self.found_on or today),
        }
        # The last measure of a month is what the next one is compared with.
        if self.checked_on and self.checked_on < start_of(today, "month"):
            vals["share_before"] = self.share
        return vals
