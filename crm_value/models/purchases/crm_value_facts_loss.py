from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from .crm_value_facts import LINE_COLUMNS

# Odoo books there what no customer owes: rates that moved, and discounts it granted.
NO_LOSS = (
    "expense_currency_exchange_account_id",
    "income_currency_exchange_account_id",
    "account_journal_early_pay_discount_loss_account_id",
    "account_journal_early_pay_discount_gain_account_id",
)


class CrmValueFacts(models.AbstractModel):
    """Bad debts: what customers owed that was booked as a loss instead of paid."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_losses(self, scope):
        """Read losses as lines that sell nothing and cost what was lost.

        They count on the day of the invoice, as its credit notes do.
        """
        for model in ("account.move", "account.move.line", "account.partial.reconcile"):
            self.env[model].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner, move.invoice_date AS day,
                   0 AS product, 0 AS amount, 0 AS bought, 0 AS returned,
                   0 AS costed, part.amount * written.loss AS cost, 0 AS deducted,
                   0 AS discount, due.move_id AS document
              FROM (%(written)s) written
              JOIN account_move_line credit ON credit.move_id = written.move_id
              JOIN account_partial_reconcile part ON part.credit_move_id = credit.id
              JOIN account_move_line due ON due.id = part.debit_move_id
              JOIN account_move move ON move.id = due.move_id
              JOIN res_partner customer ON customer.id = move.partner_id
             WHERE move.company_id = %(company)s
               AND move.move_type IN ('out_invoice', 'out_receipt')
               AND move.state = 'posted'
               AND move.invoice_date <= %(until)s
               AND part.max_date <= %(until)s
               AND %(only)s
            """,
            written=self._losses_of(scope),
            company=scope.company.id,
            until=scope.until,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        return bulk.read(self.env.cr, query, {**LINE_COLUMNS, "document": "int4"})

    @api.model
    def _losses_of(self, scope):
        """Return the SQL of the entries with a loss that are about the customers."""
        if scope.partner_ids is None:
            return self._write_offs(scope.company)
        only = scope.only(SQL("customer.commercial_partner_id"))
        return self._write_offs(scope.company, only)

    @api.model
    def _write_offs(self, companies, only=None):
        """Return the SQL of entries that settle a receivable with a loss.

        ``unpaid`` is the share of what they settle that no money came for, ``loss``
        the share that is the company's loss: the tax it need not pay is none.

        :param only: SQL condition on ``customer`` or ``sale``, None for all
        """
        houses = (companies.parent_ids | companies).sudo()  # a branch books as these
        spared = [account.id for name in NO_LOSS for account in houses.mapped(name)]
        return SQL(
            WRITTEN,
            companies=companies.ids,
            spared=spared,
            among=SQL("TRUE") if only is None else SQL(AMONG, only=only),
        )


# Few entries have a loss: they are found first, by their accounts.
WRITTEN = """
    SELECT entry.move_id,
           LEAST(SUM(entry.balance) FILTER (WHERE entry.balance > 0
               AND (lossy.id IS NOT NULL OR entry.tax_line_id IS NOT NULL))
               / owed.amount, 1)::float8 AS unpaid,
           LEAST(SUM(entry.balance) FILTER (WHERE entry.balance > 0
               AND lossy.id IS NOT NULL AND entry.tax_line_id IS NULL)
               / owed.amount, 1)::float8 AS loss
      FROM (SELECT part.move_id, SUM(-part.balance) AS amount
              FROM account_move_line part
              JOIN account_account account ON account.id = part.account_id
                   AND account.account_type = 'asset_receivable'
             WHERE part.balance < 0
               AND part.move_id IN (
                   SELECT booked.move_id
                     FROM account_move_line booked
                     JOIN account_account account ON account.id = booked.account_id
                      AND account.account_type ~ '^(expense|income)'
                      AND account.id <> ALL(%(spared)s)
                     JOIN account_move move ON move.id = booked.move_id
                      AND move.move_type = 'entry' AND move.state = 'posted'
                    WHERE booked.company_id = ANY(%(companies)s) AND booked.balance > 0
                      AND %(among)s)
             GROUP BY part.move_id) owed
      JOIN account_move_line entry ON entry.move_id = owed.move_id
      LEFT JOIN account_account lossy ON lossy.id = entry.account_id
           AND lossy.account_type ~ '^(expense|income)'
           AND lossy.id <> ALL(%(spared)s)
     GROUP BY entry.move_id, owed.amount
"""
# Where few are asked about, only the entries that settle what they owed.
AMONG = """booked.move_id IN (
    SELECT credit.move_id
      FROM res_partner customer
      JOIN account_move sale ON sale.partner_id = customer.id
      JOIN account_move_line due ON due.move_id = sale.id
      JOIN account_partial_reconcile part ON part.debit_move_id = due.id
      JOIN account_move_line credit ON credit.id = part.credit_move_id
     WHERE %(only)s)
"""
