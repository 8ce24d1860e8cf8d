import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ...analytics.scorecard import arrows, customers, verdict
from .sources import BY_KEY

SIGN = {"positive": 1, "negative": -1}


class CrmValueObjective(models.Model):
    """The figure that stands for an objective where arrows are tested."""

    _inherit = "crm.value.objective"

    def _main_measure(self):
        """Return the measure that weighs most, the first of several."""
        self.ensure_one()
        measures = self.measure_ids.sorted(lambda one: (-one.weight, one.sequence))
        return measures[:1]


class CrmValueObjectiveLink(models.Model):
    """What the company's own data say of its arrows, all judged together."""

    _inherit = "crm.value.objective.link"

    def _judge(self):
        """Give each arrow its verdict; the same data give the same ones."""
        series, start = self._series()
        by_month = self.filtered(lambda link: link.level == "month")
        found = dict(
            zip(
                by_month,
                arrows.verdicts([link._arrow(series, start) for link in by_month]),
                strict=True,
            )
        )
        for link in self - by_month:
            found[link] = link._by_customer()
        judged = verdict.together([found[link] for link in self])
        today = fields.Date.context_today(self)
        for link, one in zip(self, judged, strict=True):
            link._ours().write({"tested_on": today, **link._as_vals(one)})

    @api.model
    def _as_vals(self, found):
        def known(number):
            return False if np.isnan(number) else float(number)

        return {
            "verdict": found.verdict,
            "effect_size": known(found.effect),
            "p_value": known(found.p),
            "p_adjusted": known(found.adjusted),
            "n": found.n,
            "power": known(found.power),
            "why": found.why,
        }

    # --- by month ---

    def _series(self):
        """Return ({measure: closed values, better is more}, their first month)."""
        ends = self.cause_id | self.effect_id
        measures = ends.measure_ids.browse().union(
            *(objective._main_measure() for objective in ends)
        )
        months = self.env["crm.value.measure.month"].search(
            [
                ("measure_id", "in", measures.ids),
                ("closed", "=", True),
                ("value", "!=", False),
            ]
        )
        if not months:
            return {}, None
        start, end = min(months.mapped("month")), max(months.mapped("month"))
        length = _apart(start, end) + 1
        series = {measure: np.full(length, np.nan) for measure in measures}
        for one in months:
            better = 1 if one.measure_id.direction == "up" else -1
            series[one.measure_id][_apart(start, one.month)] = better * one.value
        return series, start

    def _arrow(self, series, start):
        """Return the arrow as the analytics take it; an end without data is empty."""
        nothing = np.full(len(next(iter(series.values()), ())), np.nan)
        return arrows.Arrow(
            series.get(self.cause_id._main_measure(), nothing),
            series.get(self.effect_id._main_measure(), nothing),
            self.lag,
            SIGN[self.sign],
            start.month if start else 1,
        )

    # --- by customer ---

    def _by_customer(self):
        """Return the verdict of customers at the two latest month ends that fit."""
        if why := self._why_no_customers():
            return verdict.Verdict(verdict.UNTESTABLE, why=why)
        cause, after, before = self._customers()
        return customers.customer_verdict(cause, after, before, SIGN[self.sign])

    def _why_no_customers(self):
        """Return why an arrow cannot be tested by customers at all."""
        if not self.lag:
            return "same"
        return "" if all(self._columns()) else "whole"

    def _columns(self):
        """Return the columns of snapshots that say the same of each customer."""
        ends = self.cause_id._main_measure(), self.effect_id._main_measure()
        return [BY_KEY[end.source].customer if end.source else "" for end in ends]

    def _customers(self):
        """Return (cause, outcome after the lag, outcome before), better is more."""
        cause, effect = self._columns()
        self.env["crm.value.snapshot"].flush_model()
        rows = self.env.execute_query(
            SQL(
                CUSTOMERS,
                company=self.company_id.id,
                lag=self.lag,
                cause=self._number("past", cause),
                after=self._number("now", effect),
                before=self._number("past", effect),
            )
        )
        found = np.array(rows, float).reshape(-1, 3)
        up = [
            1 if end._main_measure().direction == "up" else -1
            for end in (self.cause_id, self.effect_id)
        ]
        return found[:, 0] * up[0], found[:, 1] * up[1], found[:, 2] * up[1]

    @api.model
    def _number(self, table, name):
        """Return the SQL of a figure as a number: who still buys is one, else zero."""
        column = SQL.identifier(table, name)
        if name == "relation":
            return SQL("(%s = 'active')::int", column)
        return SQL("%s::float", column)


def _apart(start, day):
    return 12 * (day.year - start.year) + day.month - start.month


CUSTOMERS = """
WITH fits AS (
    SELECT now.date AS day, past.date AS past
      FROM (SELECT DISTINCT date FROM crm_value_snapshot
             WHERE company_id = %(company)s AND month_end) now
      JOIN (SELECT DISTINCT date FROM crm_value_snapshot
             WHERE company_id = %(company)s AND month_end) past
        ON past.date = (date_trunc('month', now.date) - %(lag)s * INTERVAL '1 month'
                        + INTERVAL '1 month' - INTERVAL '1 day')::date
  ORDER BY now.date DESC
     LIMIT 1)
SELECT %(cause)s, %(after)s, %(before)s
  FROM fits
  JOIN crm_value_snapshot past
    ON past.company_id = %(company)s AND past.month_end AND past.date = fits.past
  JOIN crm_value_snapshot now
    ON now.company_id = %(company)s AND now.month_end AND now.date = fits.day
   AND now.origin_id = past.origin_id
 ORDER BY past.origin_id
"""
