from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.purchases import costs
from .crm_value_facts_purchase import RAW_COLUMNS

# Days as whole numbers, which travel in pairs: none of them is unknown.
ITEM_COLUMNS = {**RAW_COLUMNS, "day": "int4", "move": "int4"}
DUE = 4  # the nature of what is no line, but due of a document
DUE_COLUMNS = ("line", "partner", "amount", "due", "day")


class CrmValueFacts(models.AbstractModel):
    """Invoices: their lines, and what was due of them."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_invoice_lines(self, scope):
        """Read posted lines of invoices, receipts and credit notes, without tax.

        A credit note counts on the day of the first document of its chain. The cost is
        that of the linked order line, else the product's, else unknown; both are
        converted from their unit to the unit invoiced.
        """
        wanted = (OF_LINES, OF_DUES) if scope.paying else (OF_LINES,)
        lines, due = self._read_items(scope, wanted)
        if scope.paying:
            scope.shared["due"] = due
        self._join_chains(scope, lines)
        sold = self._order_line_costs(scope, lines["line"])
        own_cost = costs.per_line(
            sold, lines["line"], lines["unit"], self._unit_sizes()
        )
        self._mark_payments(scope, lines)
        self._join_order_lines(lines)
        self._untax_waived("account.move.line", lines)
        figures = self._with_costs(scope, lines, own_cost)
        return {**figures, "document": lines["line"]}

    @api.model
    def _read_items(self, scope, wanted):
        """Read journal items of documents: both tables are large, and read once.

        :param wanted: SQL conditions: OF_LINES, OF_DUES
        :return: (dict of arrays of the lines, dict of arrays of what was due)
        """
        for model in ("account.move", "account.move.line"):
            self.env[model].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        query = SQL(
            ITEMS,
            vouchers=self._voucher_products(),
            wanted=SQL(" OR ").join(SQL("(%s)", SQL(which)) for which in wanted),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        lines, due = bulk.read_apart(
            self.env.cr,
            query,
            {**ITEM_COLUMNS, "due": "int4"},
            (
                (ITEM_COLUMNS, lambda rows: rows["nature"] < DUE),
                (DUE_COLUMNS, lambda rows: rows["nature"] == DUE),
            ),
        )
        return lines, {
            "line": due["line"],
            "partner": due["partner"],
            "balance": -due["amount"],
            "day": due["due"],
            "issued": due["day"],
        }


OF_LINES = """
    line.display_type IN ('product', 'rounding', 'non_deductible_product',
        'non_deductible_product_total')
    AND (line.display_type <> 'rounding' OR line.tax_repartition_line_id IS NULL)
"""
OF_DUES = """
    line.display_type = 'payment_term' AND line.date_maturity IS NOT NULL
    AND line.balance > 0
"""
# Goods are 0, what only lowers the price 1, what is paid with, rounded or a voucher
# that will be 2, a down payment 3: see analytics/purchases/deliveries.py. No lines are
# 4, what is due of an invoice, and 5, what a credit note would ask for: a condition on
# both tables would be asked twice of each item.
ITEMS = """
    SELECT line.id AS line, customer.commercial_partner_id AS partner,
           move.invoice_date - DATE '2000-01-01' AS day,
           COALESCE(line.product_id, 0) AS product,
           COALESCE(line.product_uom_id, 0) AS unit,
           -line.balance AS amount,
           CASE WHEN line.display_type = 'payment_term' THEN 0::float8
                WHEN move.move_type = 'out_refund' THEN -line.quantity::float8
                ELSE line.quantity::float8 END AS quantity,
           CASE WHEN line.display_type = 'payment_term'
                THEN CASE move.move_type WHEN 'out_refund' THEN 5 ELSE 4 END
                WHEN line.display_type = 'rounding' THEN 2
                WHEN line.is_downpayment THEN 3
                WHEN line.price_unit < 0 THEN 1
                WHEN line.product_id = ANY(%(vouchers)s) THEN 2
                ELSE 0 END AS nature,
           CASE WHEN COALESCE(line.discount, 0) <= 0 THEN 0::float8
                WHEN line.discount < 100
                THEN (-line.balance * line.discount / (100 - line.discount))::float8
                ELSE COALESCE(line.price_unit * line.quantity
                    / NULLIF(move.invoice_currency_rate, 0), 0)::float8
                END AS waived,
           move.id AS move,
           COALESCE(line.date_maturity, move.invoice_date) - DATE '2000-01-01' AS due
      FROM account_move move
      JOIN res_partner customer ON customer.id = move.partner_id
      JOIN account_move_line line ON line.move_id = move.id AND (%(wanted)s)
     WHERE move.company_id = %(company)s
       AND move.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
       AND move.state = 'posted'
       AND move.invoice_date <= %(until)s
       AND %(only)s
"""
