"""What is known at the end of a day, and what each rule of prediction learns from it.

Rules that go on from what was bought lately learn how far that goes by looking further
back: at what was known some time before, and at what came since.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..purchases import histories
from ..purchases.histories import RECENT, WEEK
from . import clv, credibility, lately, returning, spend, stacking
from .forecast import MODELS, Forecast, purchases_within
from .rows import Rows

MIN_CUSTOMERS = 50
MAX_CUSTOMERS = 10_000  # more say nothing more about which rule is best
SHORTEST = 42  # days of what came since; less tells more of chance than of customers


@dataclass(frozen=True, slots=True)
class Past:
    """What is known at the end of ``day``.

    :param customers: positions of those who had bought, among all
    :param history: histories.History of these
    :param rows: rows.Rows of these
    :param models: {name: clv.Params} as fitted to them
    :param mean: everybody's mean money of a purchase
    :param own: purchases that it counts for beside a customer's own
    :param age: days since anybody's first purchase
    :param before: the Past some time before, None where there is too little
    :param bought: purchases since then of its customers
    :param money: their money
    :param last: their money of as long a time before that, where as much was known
    """

    day: int
    customers: np.ndarray
    history: histories.History
    rows: Rows
    models: dict
    mean: float
    own: float
    age: int
    before: "Past | None" = None
    bought: np.ndarray | None = None
    money: np.ndarray | None = None
    last: np.ndarray | None = None

    @property
    def weeks(self):
        """Weeks between ``before`` and now."""
        return (self.day - self.before.day) / WEEK

    def rules(self):
        """Return the rules that can learn from this past."""
        aged = self.before is not None and ~np.isnan(self.before.rows.season)
        season = ("season",) if np.sum(aged) >= MIN_CUSTOMERS else ()
        return (*MODELS, "period", *season, "stacked")

    def learn(self, rule, common):
        """Return the Forecast of one rule.

        :param common: the other fields of Forecast
        """
        buying = self.models[rule if rule in MODELS else returning.MODEL]
        weights = self._weights(rule) if rule in stacking.PARTS else None
        spending = self._spending(weights)
        own = {"rule": rule, "buying": buying, "weights": weights, "spending": spending}
        return Forecast(**own, **common)

    def _weights(self, rule):
        if self.before is None:
            return stacking.unlearnt(rule)
        buying = self.before.models[returning.MODEL]
        periods = [float(min(RECENT, past.age)) for past in (self.before, self)]
        rows, bought = self.before.rows, self.bought
        return stacking.learn(rule, buying, self.weeks, rows, bought, periods)

    def lately(self, found):
        """Return the lately.Lately beside a Forecast of this past; None without any.

        Where nobody was known for a whole period, nothing says how far it goes on.
        """
        before, weeks = self.before, self.weeks if self.before else 0.0
        if before is None or not (before.rows.T >= weeks).any():
            return None
        buying, history = before.models[returning.MODEL], before.history
        then = replace(found, buying=buying)
        if found.weights:
            period = float(min(RECENT, before.age))
            then = replace(then, weights=replace(found.weights, period=period))
        purchases = purchases_within(then, weeks, before.rows, weeks)
        each = spend.expected_spend(found.spending, *history.spending)
        said, last = (purchases, each), (self.last, weeks)
        return lately.learn(buying, weeks, before.rows, said, self.money, last)

    def _spending(self, weights):
        """Return the spend.Params that would have predicted best.

        :param weights: those of the rule, None: it is a model of buying
        """
        past, before = self.history, self.before
        fitted = spend.fit(past.x, past.spend, prior=True, within=past.within)
        among = credibility.candidates(fitted, self.mean, self.own)
        if before is None:
            return among[0]
        found = credibility.choose(among, before.history, self.bought, self.money)
        buying, rows = before.models[returning.MODEL], before.rows
        if weights:
            then = replace(weights, period=float(min(RECENT, before.age)))
            predicted = then.expected(buying, self.weeks, rows, self.weeks)
        else:
            history = rows.x, rows.t_x, rows.T
            predicted = clv.expected_purchases(buying, self.weeks, *history)
        found = credibility.levelled(found, before.history, predicted, self.money)
        return credibility.of_young(found, before.history, self.bought, self.money)


def known(occasions, day, length, most=None):
    """Return the Past at the end of ``day``, None below MIN_CUSTOMERS.

    :param occasions: purchases.Occasions
    :param length: days that are to be predicted
    :param most: customers to learn from, evenly picked; None: all

    >>> from ..purchases.purchases import Occasions
    >>> day = np.arange(400) // 2
    >>> bought = Occasions(np.arange(400) % 100, day, np.ones(400), 100)
    >>> past = known(bought, 199, 365)
    >>> past.customers.size, past.before.day, past.rules()
    (100, 100, ('mbg', 'pareto', 'period', 'stacked'))
    >>> known(bought, 10, 365) is None
    True
    """
    found = _look(occasions, day, length, most, MODELS)
    if found is None:
        return None
    first = int(occasions.day.min())
    length = min(length, (day - first) // 2)
    if length < SHORTEST:
        return found
    before = _look(occasions, day - length, length, MAX_CUSTOMERS, (returning.MODEL,))
    if before is None:
        return found
    came = histories.following(occasions, before.day, day)
    bought, money = (column[before.customers] for column in came)
    span = before.day - length, before.day
    last = histories.following(occasions, *span)[1][before.customers]
    return replace(found, before=before, bought=bought, money=money, last=last)


def _look(occasions, day, length, most, models):
    history = histories.until(occasions, day, length)
    customers = np.flatnonzero(history.count > 0)
    if customers.size < MIN_CUSTOMERS:
        return None
    if most:
        customers = customers[:: -(-customers.size // most)]
    history = history.take(customers)
    rows = Rows.of(history)
    k = histories.regularity(occasions, day)
    fitted = {name: clv.fit(rows.x, rows.t_x, rows.T, name, k=k) for name in models}
    then = occasions.day <= day
    mean = credibility.everybody(occasions.amount[then])
    own = credibility.weight(occasions.customer[then], occasions.amount[then])
    age = day - int(occasions.day.min())
    return Past(day, customers, history, rows, fitted, mean, own, age)
