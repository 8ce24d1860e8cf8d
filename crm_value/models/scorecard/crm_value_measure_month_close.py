from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import date_utils

BACK = 36  # months that are looked at
GRACE = timedelta(days=10)  # documents of a month come late


class CrmValueMeasureMonth(models.Model):
    """Months as they end: computed, asked for, and then closed for good."""

    _inherit = "crm.value.measure.month"

    @api.model
    def _cron_close(self):
        """Fill and close the months of all strategies in force; safe at any time."""
        self.env["crm.value.strategy"]._follow_all()

    @api.model
    def _follow(self, strategy, today):
        """Bring the months of one strategy up to a day, and judge its arrows anew."""
        measures = strategy.objective_ids.measure_ids
        ended = self._ended(today)
        self._fill(measures, ended)
        begun = strategy.date_start <= date_utils.end_of(ended[-1], "month")
        if begun:
            self._ask(measures.filtered("is_asked"), ended[-1])
        closed = self._close(measures, today)
        if closed:
            strategy.link_ids._judge()
        measures._note_off_target()
        return closed

    @api.model
    def _ended(self, today):
        """Return the first days of the last months that are over."""
        this = date_utils.start_of(today, "month")
        return [date_utils.subtract(this, months=back) for back in range(BACK, 0, -1)]

    @api.model
    def _fill(self, measures, ended):
        """Compute the months that are not closed.

        Before the strategy began, a month that is not known is none of it.
        """
        kept = self._kept(measures, ended)
        for key, mine in measures.filtered("source").grouped("source").items():
            for company, those in mine.grouped("company_id").items():
                found = self.env["crm.value.measure.source"]._figures(
                    key, company, ended
                )
                for measure in those:
                    self._fill_measure(measure, found, ended, kept)

    @api.model
    def _kept(self, measures, ended):
        """Return {(measure, first day): month} of those that are there."""
        months = self.search(
            [("measure_id", "in", measures.ids), ("month", "in", ended)]
        )
        return {(one.measure_id, one.month): one for one in months}

    @api.model
    def _fill_measure(self, measure, found, ended, kept):
        begun = date_utils.start_of(measure.strategy_id.date_start, "month")
        added = []
        for month in ended:
            value, n = found.get(month, (False, 0))
            told = {"value": value, "n": n, "source": "computed"}
            one = kept.get((measure, month))
            if not one and not measure.is_asked and (month in found or month >= begun):
                added.append({"measure_id": measure.id, "month": month, **told})
            elif one and not one.closed and (one.value, one.n) != (value, n):
                one._ours().write(told)
        self._ours().create(added)

    @api.model
    def _close(self, measures, today):
        """Close what is over for long enough; what has to be entered waits for that."""
        due = self.search(
            Domain("measure_id", "in", measures.ids)
            & Domain("closed", "=", False)
            & Domain("month", "in", self._ended(today - GRACE))
            & (Domain("source", "=", "computed") | Domain("value", "!=", False))
        )
        due._ours()._store({"closed": True})
        return due

    def action_close(self):
        """Close months that are entered, before their time."""
        self.check_access("write")
        known = self.filtered(lambda one: one.value is not False and not one.closed)
        known._ours()._store({"closed": True})
        for strategy in known.strategy_id.sudo():  # who enters may not write verdicts
            strategy.link_ids._judge()  # the arrows of one map are judged together
        known.measure_id.sudo()._note_off_target()

    # --- entered ---

    @api.model
    def _ask(self, measures, month):
        """Open the last month of what nobody computes, and ask its owner for it."""
        have = self.search(
            [("measure_id", "in", measures.ids), ("month", "=", month)]
        ).measure_id
        missing = measures - have
        self._ours().create(
            [{"measure_id": measure.id, "month": month} for measure in missing]
        )
        missing._remind(month)

    def write(self, vals):
        """Take back the request for what is entered."""
        result = super().write(vals)
        if "value" in vals and not self._is_ours():
            self.measure_id.sudo()._stop_reminding()  # the owner may not write it
        return result
