from collections import defaultdict
from itertools import chain

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date, formatLang

from ...const import OFFICER, SOLD

ORDER, INVOICE = "sale.order", "account.move"
MONEY = f"{OFFICER},account.group_account_readonly,account.group_account_invoice"


class CrmValuePanel(models.AbstractModel):
    """Which orders of a document's customer are late, and which invoices overdue."""

    _inherit = "crm.value.panel"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        asked = self._value_asked()
        for found in (asked._value_order_lines(), asked._value_invoice_lines()):
            for record in asked:
                if line := found.get(record._value_customer()):
                    lines[record].append(line)
        return lines

    def _value_by_customer(self, records, domain, *aggregates):
        """Return {(company id, customer id): [aggregates of each of its contacts]}."""
        companies = self.company_id | self.env.company
        customers = self.partner_id.commercial_partner_id
        mine = Domain("company_id", "in", companies.ids) & Domain(
            "partner_id.commercial_partner_id", "in", customers.ids
        )
        found = defaultdict(list)
        for company, partner, *values in records._read_group(
            mine & Domain(domain), ["company_id", "partner_id"], aggregates
        ):
            customer = (
                partner.sudo().commercial_partner_id
            )  # of a document that is shown
            found[company.id, customer.id].append(values)
        return found

    # --- orders ---

    def _value_order_lines(self):
        """Return the line of late orders by customer.

        Whoever may read no orders is told which one is late, and no more of it.
        """
        orders = self.env[ORDER]
        late = self._value_by_customer(
            orders if orders.has_access("read") else orders.sudo(),
            self._value_late_orders(),
            "id:array_agg",
        )
        theirs = {
            customer: [id_ for [ids] in found for id_ in ids]
            for customer, found in late.items()
        }
        together = tuple(chain.from_iterable(theirs.values()))
        return {
            customer: self._value_order_line(orders.browse(ids).with_prefetch(together))
            for customer, ids in theirs.items()
        }

    def _value_late_orders(self):
        """Return the domain of orders with goods that should have been delivered."""
        lines = self.env["sale.order.line"]
        lines.flush_model(["qty_delivered", "product_uom_qty", "invoice_status"])
        lacking = Domain.custom(
            to_sql=lambda _lines, alias, _query: SQL(
                LACKING, line=SQL.identifier(alias)
            )
        )
        return (
            Domain("state", "=", "sale")
            & Domain("commitment_date", "<", fields.Datetime.now())
            & Domain(
                "order_line", "any", Domain("product_id.type", "=", "consu") & lacking
            )
        )

    def _value_order_line(self, orders):
        oldest = min(orders.sudo(), key=lambda order: (order.commitment_date, order.id))
        due = fields.Datetime.context_timestamp(self, oldest.commitment_date)
        texts = {
            "order": oldest.name,
            "date": format_date(self.env, due),
            "count": len(orders),
        }
        if len(orders) == 1:
            said = self.env._("Order %(order)s is late: due %(date)s", **texts)
        else:
            said = self.env._(
                "%(count)s orders are late: %(order)s since %(date)s", **texts
            )
        first = self.env._(
            "Find out when order %(order)s comes: it was due %(date)s.", **texts
        )
        rows = [("id", "in", orders.ids)]
        opens = self._value_rows(self.env._("Late Orders"), ORDER, rows)
        return self._value_panel_line(30, "orders", said, (30, first), "danger", opens)

    # --- invoices ---

    def _value_invoice_lines(self):
        """Return the line of overdue invoices by customer, for whom sees money."""
        if not self._value_sees_money() or not self.env[INVOICE].has_access("read"):
            return {}
        overdue = [
            ("state", "=", "posted"),
            ("move_type", "in", SOLD),
            ("payment_state", "in", ("not_paid", "partial")),
            ("invoice_date_due", "<", fields.Date.context_today(self)),
        ]
        found = self._value_by_customer(
            self.env[INVOICE],
            overdue,
            "id:array_agg",
            "amount_residual_signed:sum",
            "invoice_date_due:min",
        )
        companies = self.env["res.company"]
        return {
            (company, customer): self._value_invoice_line(
                companies.browse(company), *zip(*values, strict=True)
            )
            for (company, customer), values in found.items()
        }

    def _value_sees_money(self):
        """Return whether the reader may know what a customer owes."""
        return self.env.user.has_groups(MONEY)

    def _value_invoice_line(self, company, ids, amounts, days):
        ids = [*chain.from_iterable(ids)]
        texts = {
            "count": len(ids),
            "amount": formatLang(
                self.env, sum(amounts), currency_obj=company.sudo().currency_id
            ),
            "date": format_date(self.env, min(days)),
        }
        if len(ids) == 1:
            said = self.env._("%(amount)s overdue since %(date)s", **texts)
        else:
            said = self.env._(
                "%(amount)s overdue on %(count)s invoices, the first since %(date)s",
                **texts,
            )
        first = self.env._("Speak about what is overdue: %(amount)s.", **texts)
        opens = self._value_rows(
            self.env._("Overdue Invoices"), INVOICE, [("id", "in", ids)]
        )
        return self._value_panel_line(
            40, "invoices", said, (50, first), "warning", opens
        )


# Where nobody notes what was delivered, goods count as delivered once invoiced.
LACKING = """
    %(line)s.qty_delivered < %(line)s.product_uom_qty
    AND NOT (%(line)s.qty_delivered_method = 'manual'
             AND %(line)s.invoice_status = 'invoiced')
"""
