from dataclasses import replace

import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL, date_utils

from ...analytics.months import monthly
from ...const import SOLD, to_day
from ..core.crm_value_queue import WAITING

BATCH = 1000  # customers


class CrmValueMonth(models.Model):
    """A month of a company whose facts are stored, and what they were told by.

    A month that is over is stored once more, and then only where its month ends, the
    basis of purchases or a customer's documents change. The running month is up to the
    last night. Each month is a transaction: after a kill the next call stores the
    others.
    """

    _name = "crm.value.month"
    _inherit = ["crm.value.guarded"]
    _description = "Stored Month"
    _is_result = True
    _order = "date DESC, id"
    _rec_name = "date"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    date = fields.Date(string="Month", required=True, help="Its first day.")
    as_of = fields.Date(string="Documents up to", required=True)
    told_by = fields.Char(
        required=True,
        help="Basis of purchases, runs of the month ends before and of this month, and "
        "whether it is over: where one of them changes, the month is stored anew.",
    )

    _once = models.UniqueIndex("(company_id, date)")

    @api.model
    def _trigger(self):
        # Whoever asks for a run need not edit crons.
        self.env.ref("crm_value.ir_cron_months").sudo()._trigger()

    @api.model
    def _cron_months(self):
        """Store what is missing or has changed; safe to start at any time."""
        for company in self.env["res.company"]._value_all_scored():
            if not self._work(company):
                self._trigger()
                return

    @api.model
    def _work(self, company):
        """Store the months of one company; return False if time is over.

        Runs that wait may still change what month ends say: the last one asks again.
        """
        runs = self.env["crm.value.run"]
        waiting = [("company_id", "=", company.id), *WAITING]
        run = runs._current(company)
        if not run or runs.search_count(waiting, limit=1):
            return True
        today = runs._today(company)
        scope = run._scope(today, counted=True)
        first = self._first_day(company, today)
        due = self._due(scope, first) if first else {}
        return (not due or self._store_due(scope, due)) and self._store_changed(scope)

    # --- months ---

    @api.model
    def _first_day(self, company, today):
        """Return the day of the first document up to today, None without any."""
        self.env["account.move"].flush_model()
        self.env["sale.order"].flush_model()
        self.env["crm.value.transaction"].flush_model()
        [[first]] = self.env.execute_query(
            SQL(
                FIRST_DAY,
                company=company.id,
                kinds=[*SOLD, "out_refund"],
                day=company._value_local_day(SQL("date_order")),
            )
        )
        return first if first and first <= today else None

    @api.model
    def _due(self, scope, first):
        """Return the months to store: first day → what they are told by now."""
        ends = self._ends(scope.company)
        stored = {
            month.date: month.told_by
            for month in self.search([("company_id", "=", scope.company.id)])
        }
        due, month = {}, date_utils.start_of(first, "month")
        while month <= scope.as_of:
            end = date_utils.end_of(month, "month")
            before = date_utils.subtract(month, days=1)
            state = "open" if end >= scope.as_of else "over"
            told_by = f"{scope.basis} {ends.get(before)} {ends.get(end)} {state}"
            if stored.get(month) != told_by:
                due[month] = told_by
            month = date_utils.add(month, months=1)
        return due

    @api.model
    def _ends(self, company):
        """Return the month ends that are known: day → id of the run that tells."""
        self.env["crm.value.run"].flush_model()
        self.env["crm.value.snapshot"].flush_model()
        return dict(self.env.execute_query(SQL(ENDS, company=company.id)))

    @api.model
    def _store_due(self, scope, due):
        """Store months one by one, in their order; return False if time is over."""
        facts = self.env["crm.value.month.fact"]
        since = date_utils.subtract(min(due), months=1, days=1)
        rows = self._rows(scope, since)
        waiting = sorted(due)
        last = date_utils.start_of(scope.as_of, "month")
        while waiting:
            month = waiting.pop(0)
            facts._store_month(scope.company, rows, month, due[month].endswith("open"))
            # Months still to come say themselves who was large then.
            seen = {month, *facts._depending([month], last)}.difference(waiting)
            facts._mark_largest(scope.company, sorted(seen))
            self._note(scope, month, due[month])
            time_left = self.env["ir.cron"]._commit_progress(1, remaining=len(waiting))
            if waiting and not time_left:
                return False
        return True

    @api.model
    def _note(self, scope, month, told_by):
        """Keep that a month is stored."""
        stored = self.search(
            [("company_id", "=", scope.company.id), ("date", "=", month)]
        )
        end = date_utils.end_of(month, "month")
        vals = {"as_of": min(end, scope.as_of), "told_by": told_by}
        if stored:
            stored.write(vals)
        else:
            self.create({"company_id": scope.company.id, "date": month, **vals})

    @api.model
    def _rows(self, scope, since):
        """Return the monthly facts of the scope's customers, of months up to today."""
        facts = self.env["crm.value.facts"]
        known = facts._gather_known(scope, self._ends(scope.company), since)
        rows = facts._gather_months(scope, known)
        until = monthly.months_of(np.array(to_day(scope.as_of)))
        return {name: column[rows["month"] <= until] for name, column in rows.items()}

    # --- customers whose documents changed ---

    @api.model
    def _store_changed(self, scope):
        """Store all months of changed customers anew; return False if time is over."""
        self._mark_due_today(scope)
        stale = self.env["crm.value.month.stale"]
        while True:
            marks, customers = stale._seen(scope.company, BATCH)
            if not marks:
                return True
            self._store_customers(scope, customers)
            stale._drop(marks)
            if not self.env["ir.cron"]._commit_progress(len(customers)):
                return not stale._seen(scope.company, 1)[0]

    @api.model
    def _store_customers(self, scope, customers):
        facts = self.env["crm.value.month.fact"]
        scope = replace(scope, partner_ids=tuple(customers), shared={})
        running = date_utils.start_of(scope.as_of, "month")
        rows = self._rows(scope, "-infinity")
        changed = facts._store_customers(scope.company, rows, customers, running)
        if changed:
            facts._mark_largest(scope.company, facts._depending(changed, running))

    @api.model
    def _mark_due_today(self, scope):
        """Mark whose documents have a date that has come since the last night."""
        running = self.search(
            [("company_id", "=", scope.company.id)], order="date DESC", limit=1
        )
        if not running or running.as_of >= scope.as_of:
            return
        self.env.cr.execute(
            SQL(
                DUE_TODAY,
                company=scope.company.id,
                since=running.as_of,
                until=scope.until,
                kinds=[*SOLD, "out_refund"],
                day=scope.local_day(SQL("date_order")),
            )
        )
        running.as_of = scope.as_of


FIRST_DAY = """
    SELECT LEAST(
        (SELECT MIN(invoice_date) FROM account_move
          WHERE company_id = %(company)s AND state = 'posted'
            AND move_type = ANY(%(kinds)s)),
        (SELECT MIN(%(day)s) FROM sale_order
          WHERE company_id = %(company)s AND state = 'sale'),
        (SELECT MIN(date) FROM crm_value_transaction
          WHERE company_id = %(company)s AND partner_id IS NOT NULL))
"""
# The run that a month end was kept by; one for the same day beside it is none.
ENDS = """
    SELECT run.as_of, MIN(run.id)
      FROM crm_value_run run
     WHERE run.company_id = %(company)s AND run.state = 'done' AND run.is_past
       AND run.as_of + 1 = date_trunc('month', run.as_of + 1)::date
       AND EXISTS (SELECT FROM crm_value_snapshot snapshot
                    WHERE snapshot.run_id = run.id AND snapshot.month_end)
  GROUP BY run.as_of
"""
DUE_TODAY = """
    INSERT INTO crm_value_month_stale (partner_id, company_id)
    SELECT DISTINCT customer.commercial_partner_id, %(company)s
      FROM (SELECT partner_id FROM account_move
             WHERE company_id = %(company)s AND state = 'posted'
               AND move_type = ANY(%(kinds)s)
               AND invoice_date > %(since)s AND invoice_date <= %(until)s
             UNION
            SELECT partner_id FROM sale_order
             WHERE company_id = %(company)s AND state = 'sale'
               AND %(day)s > %(since)s AND %(day)s <= %(until)s
             UNION
            SELECT partner_id FROM crm_value_transaction
             WHERE company_id = %(company)s AND date > %(since)s AND date <= %(until)s
           ) document
      JOIN res_partner customer ON customer.id = document.partner_id
"""
