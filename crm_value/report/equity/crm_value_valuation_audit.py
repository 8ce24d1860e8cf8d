from dataclasses import dataclass
from datetime import date

import numpy as np

from odoo import api, models
from odoo.tools import SQL, date_utils

from ... import bulk
from ...analytics.equity import valuation
from ...analytics.forecast import prediction
from ...analytics.forecast.prediction import READ
from ...analytics.policy.rules import MONTH_DAYS

PAST = 12  # months of the past that tell how many customers are new


@dataclass(frozen=True, slots=True)
class Past:
    """What was expected at a month end, and what came.

    :param day: the month end; :param until: the next one there is
    :param rule: label of the prediction rule then in force
    :param customers: how many had bought
    :param expected: revenue until the next end; :param came: from these customers
    :param from_new: from customers who were none at that month end
    :param reported: revenue of all documents between the two, as the runs summed it
    :param expected_since, came_since: the same, until the last end there is
    """

    day: date
    until: date
    rule: str
    customers: int
    expected: float
    came: float
    from_new: float
    reported: float
    expected_since: float
    came_since: float


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Customers not yet acquired, as far as those of the last year tell.

    :param monthly: ((first day, how many bought for the first time), …), last months
    :param value: lifetime value of one just after the first purchase
    :param first: margin of the first purchase
    """

    monthly: tuple
    value: float
    first: float


class CrmValueValuation(models.AbstractModel):
    """What an auditor asks: do past expectations reconcile, and what is left out."""

    _inherit = "crm.value.valuation"

    # --- expectations of the past, and what came ---

    @api.model
    def _past(self, months):
        """Return the Past of each month end but the last, the earliest first.

        :param months: those of the statement
        """
        runs = self.env["crm.value.equity"]._runs_of([m["date"] for m in months])
        ends = [runs[day] for day in sorted(runs)]
        if not ends:
            return []
        held = [self._held(run) for run in ends]
        return [
            self._past_of(run, after, ends[-1], (before, now, held[-1]))
            for run, after, before, now in zip(
                ends, ends[1:], held, held[1:], strict=False
            )
            if run.is_past and self._is_comparable(run, ends[-1])
        ]

    @api.model
    def _is_comparable(self, run, last):
        """Return whether revenue means the same at both ends, and a model foretold."""
        same = run.policy_id.basis == last.policy_id.basis
        return same and bool(run.fit_id.sudo().parameters)

    @api.model
    def _held(self, run):
        """Return (ids, revenue so far) of the customers at the end of a run's day."""
        if not run.is_past:
            table, who, when = "crm_value_profile", "partner_id", SQL("TRUE")
            self.env["crm.value.profile"].flush_model()
        else:
            table, who = "crm_value_snapshot", "origin_id"
            when = SQL("date = %s AND month_end", run.as_of)
        query = SQL(
            "SELECT %s AS partner, COALESCE(revenue_total, 0) AS revenue FROM %s"
            " WHERE company_id = %s AND purchase_count > 0 AND %s",
            SQL.identifier(who),
            SQL.identifier(table),
            run.company_id.id,
            when,
        )
        kinds = {"partner": "int4", "revenue": "float8"}
        found = bulk.read(self.env.cr, query, kinds)
        return found["partner"], found["revenue"]

    @api.model
    def _past_of(self, run, after, last, held):
        """Return the Past of one month end.

        :param held: what :meth:`_held` found at this end, the next and the last
        """
        (known, before), following, latest = held
        came, from_new = _split(known, before, *following)
        expected, since = self._expected(run, [after.as_of, last.as_of])
        return Past(
            day=run.as_of,
            until=after.as_of,
            rule=run.fit_id._card_label("rule", run.fit_id.rule),
            customers=known.size,
            expected=expected,
            came=came,
            from_new=from_new,
            reported=after.revenue_total - run.revenue_total,
            expected_since=since,
            came_since=_split(known, before, *latest)[0],
        )

    @api.model
    def _expected(self, run, days):
        """Return the revenue that a run expected of its customers until some days."""
        facts = self.env["crm.value.facts"]._at_month_end(run.company_id, run.as_of)
        elapsed = np.array([(day - run.as_of).days for day in days]) / MONTH_DAYS
        months = int(np.ceil(elapsed.max()))
        forecast = run.fit_id.sudo()._as_forecast()
        nobody = np.zeros(facts.pop("partner_id").size, int)
        monthly = valuation.monthly_revenue(
            forecast, facts, nobody, months, run.policy_id._as_rules()
        ).sum(axis=1)
        so_far = np.concatenate(([0.0], np.cumsum(monthly)))
        return np.interp(elapsed, np.arange(months + 1), so_far).tolist()

    # --- customers not yet acquired ---

    @api.model
    def _newcomers(self, found):
        """Return the Newcomers: those of the last months, and what one is worth."""
        forecast, rules = found.fit.sudo()._as_forecast(), found.policy._as_rules()
        one = {name: np.zeros(1) for name in READ}
        one.update(dict.fromkeys(("purchase_count", "recent_count"), np.ones(1)))
        unknown = ("season_count", "first_spend", "repeat_spend")
        one.update(dict.fromkeys(unknown, np.full(1, np.nan)))
        told = prediction.predict(forecast, one, rules)
        return Newcomers(
            monthly=self._acquired(found),
            value=float(told["clv"][0]),
            first=float(told["expected_spend"][0]) * forecast.margin_rate,
        )

    @api.model
    def _acquired(self, found):
        """Return how many customers were new in each of the last full months.

        The history's first month is none of them: everybody in it seems new. So are
        those before it, which hold nothing.
        """
        end = date_utils.start_of(found.as_of, "month")
        since = date_utils.subtract(end, months=PAST)
        own = [("company_id", "=", found.company.id)]
        profiles = self.env["crm.value.profile"]
        [[begins]] = profiles._read_group(own, [], ["first_purchase_date:min"])
        counts = profiles._read_group(
            [
                *own,
                ("first_purchase_date", ">=", since),
                ("first_purchase_date", "<", end),
            ],
            ["first_purchase_date:month"],
            ["__count"],
        )
        known = {day: count for day, count in counts}
        days = [date_utils.add(since, months=at) for at in range(PAST)]
        seen = [day for day in days if begins and day > begins] or days[-1:]
        return tuple((day, known.get(day, 0)) for day in seen)


def _split(known, before, partners, revenue):
    """Return the revenue since, of customers known before and of the others."""
    old = np.isin(partners, known)
    return float(revenue[old].sum() - before.sum()), float(revenue[~old].sum())
