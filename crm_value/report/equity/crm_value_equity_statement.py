from datetime import datetime
from itertools import dropwhile

import numpy as np

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, date_utils, format_date

from ... import words
from ...analytics.forecast import total
from .crm_value_equity import AMOUNTS

MONTHS = 13  # a year's movements, and the month that is not over
MOVED = ("new", "grown", "shrunk", "lost", "re_estimated")


class CrmValueEquity(models.Model):
    """The months as the screen, the page and the workbook show them."""

    _inherit = "crm.value.equity"

    @api.model
    @api.readonly
    def get_statement(self):
        """Return the months of the current company, the latest last."""
        company = self.env.company
        labels = dict(self._fields["movement"]._description_selection(self.env))
        mean = self._mean_values()
        return {
            "company_id": company.id,
            "company": company.name,
            "currency_id": company.currency_id.id,
            "is_own": not self.env.user._value_sees_whole(company),
            "labels": {
                **{n: self._fields[n]._description_string(self.env) for n in AMOUNTS},
                "unchanged": labels["unchanged"],
                "model_change": self._fields["model_change"]._description_string(
                    self.env
                ),
            },
            **self._certainty(mean["total"]),
            "mean": mean,
            "months": self._months(),
        }

    @api.model
    def _months(self, count=MONTHS):
        """Return one dict per month: date, amounts, number of rows by movement.

        They begin with the first in which any customer has a value.
        """
        company = self.env.company
        since = date_utils.start_of(fields.Date.context_today(self), "month")
        since = date_utils.subtract(since, months=count)
        domain = Domain("company_id", "=", company.id) & Domain("date", ">=", since)
        totals = [f"{name}:sum" for name in AMOUNTS]
        months = {}
        for day, movement, code, number, *sums in self._read_group(
            domain,
            ["date:day", "movement", "model_change"],
            ["__count", *totals],
            order="date:day",
        ):
            month = months.setdefault(day, self._empty_month(day))
            month["counts"][movement] = number
            month["model_change"] = code
            for name, amount in zip(AMOUNTS, sums, strict=True):
                month[name] = company.currency_id.round(month[name] + amount)
        for month in months.values():
            month["change"] = self._changed(month)
            month["own_change"] = self._changed(month, month["re_estimated"])
        self._tell_models(months)
        last = list(months.values())[-count:]
        return list(dropwhile(lambda each: not any(map(each.get, AMOUNTS)), last))

    @api.model
    def _changed(self, month, apart=0.0):
        """Return by what share the value has changed, None where it began at none.

        :param apart: what shall not count of it: of the customers' own change, what the
            model alone has done
        """
        opening = month["opening"]
        return (month["closing"] - apart) / opening - 1 if opening > 0 else None

    @api.model
    def _empty_month(self, day):
        movements = [code for code, _label in self._fields["movement"].selection]
        return {
            "date": day,
            "is_open": day != date_utils.end_of(day, "month"),
            "counts": dict.fromkeys(movements, 0),
            "model_change": "none",
            "model_words": "",
            **dict.fromkeys(AMOUNTS, 0.0),
        }

    # --- what the model had to do with it ---

    @api.model
    def _certainty(self, value=None):
        """Return how far the total may be off: its usual error and an interval.

        :param value: the total of today, if it is known already
        """
        value = self._mean_values()["total"] if value is None else value
        typical, cuts = self._past_error()
        return {
            "off": self._usual_error(),
            "cuts": cuts,
            "interval": total.interval(value, typical, cuts),
        }

    @api.model
    def _usual_error(self):
        """Return the share by which totals were off in the past, None: not known."""
        typical, _cuts = self._past_error()
        return None if typical is None else float(np.expm1(typical))

    @api.model
    def _past_error(self):
        fit = self.env["crm.value.run"]._current(self.env.company).fit_id
        return self.env["crm.value.valuation"]._total_error(fit)

    @api.model
    def _mean_values(self):
        """Return the equity of today, and the mean of all and of those not lost."""
        domain = [("company_id", "=", self.env.company.id), ("purchase_count", ">", 0)]
        found = {
            relation: (count, value or 0.0)
            for relation, count, value in self.env["crm.value.profile"]._read_group(
                domain, ["relation"], ["__count", "clv:sum"]
            )
        }
        kept = [part for name, part in found.items() if name != "lost"]
        (count, value), (active, worth) = (
            [sum(column) for column in zip((0, 0.0), *parts, strict=True)]
            for parts in (found.values(), kept)
        )
        return {
            "total": value,
            "customers": count,
            "all": value / count if count else None,
            "kept": worth / active if active else None,
        }

    @api.model
    def _tell_models(self, months):
        """Say in each month what is different in how customers are valued."""
        labels = dict(self._fields["model_change"]._description_selection(self.env))
        runs = self._runs_of(months)
        current = self.env["crm.value.run"]._current(self.env.company)
        before, off = None, self._usual_error()
        for day, month in sorted(months.items()):
            run = runs.get(day)
            month["horizon_months"] = (run or current).policy_id.horizon_months
            month["model_label"] = labels[month["model_change"]]
            month["main"] = self._main_movement(month, off)
            month["interval"] = self._interval_of(month, run)
            month["confidence"] = run.fit_id.confidence if run else False
            if month["model_change"] != "none" and run:
                month["model_words"] = self._tell_change(before, run)
            before = run

    @api.model
    def _interval_of(self, month, run):
        """Return how sure a month's value was, by what its own model had to show."""
        if not run:
            return None
        past = self.env["crm.value.valuation"]._total_error(run.fit_id)
        return total.interval(month["closing"], *past)

    @api.model
    def _main_movement(self, month, off):
        """Return what made most of a change that the usual error does not explain."""
        if off is None or month["change"] is None or abs(month["change"]) <= off:
            return None
        return max(MOVED, key=lambda name: abs(month[name]))

    @api.model
    def _runs_of(self, days):
        """Return {day: the run whose figures end the month}."""
        # Only these: the scales of a run, and what a fit is made of, are long to read.
        runs = self.env["crm.value.run"].search_fetch(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "=", "done"),
                ("as_of", "in", list(days)),
            ],
            ["as_of", "ended_at", "is_past", "policy_id", "fit_id", "release"],
            order="id",
        )
        runs.fit_id.fetch(["rule", "as_of", "confidence"])
        runs.fit_id.sudo().fetch(["card"])  # tells margins; how far totals are off not
        past = runs.filtered("is_past")
        kept = self._with_month_end(past)
        closed = kept.sorted(
            lambda run: (run.ended_at or datetime.max, run.id), reverse=True
        )
        open_runs = runs - past
        # The last one of a day counts here: the latest of today, the first of the past.
        return {run.as_of: run for run in (*open_runs, *closed)}

    @api.model
    def _with_month_end(self, runs):
        """Return the runs that hold a month end, without reading its customers."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT run.id
                  FROM crm_value_run run
            CROSS JOIN LATERAL (
                       SELECT FROM crm_value_snapshot
                        WHERE run_id = run.id AND month_end LIMIT 1) stored
                 WHERE run.id = ANY(%s)
                """,
                runs.ids,
            )
        )
        return runs & runs.browse(run for (run,) in rows)

    @api.model
    def _tell_change(self, before, run):
        """Return what changed from one run to the next, in words."""
        then, now = (
            one.fit_id if one else run.fit_id.browse() for one in (before, run)
        )
        parts = []
        if before and before.policy_id != run.policy_id:
            parts.append(
                self.env._(
                    "policy version %(now)s (before: %(then)s)",
                    then=before.policy_id.version,
                    now=run.policy_id.version,
                )
            )
        if before and before.release != run.release:
            parts.append(self.env._("version of the add-on: %s", run.release))
        if then.rule != now.rule:
            names = [fit._card_label("rule", fit.rule) for fit in (now, then) if fit]
            parts.append(self._tell_both("%s", names))
        if then != now:
            days = [format_date(self.env, fit.as_of) for fit in (now, then) if fit]
            parts.append(
                self._tell_both(self.env._("learnt from purchases up to %s"), days)
            )
        return words.clauses(self.env, parts)

    @api.model
    def _tell_both(self, said, found):
        """Return what is the case now, and what was before if that is known."""
        now, *before = found
        if not before:
            return said % now
        return self.env._("%(now)s (before: %(then)s)", now=said % now, then=before[0])
