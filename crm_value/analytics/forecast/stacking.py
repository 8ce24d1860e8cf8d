"""Rules that go on from what was bought lately, with weights that the past shows.

"As many as in the last period" and "as in the same season a year ago" are drawn towards
everybody's (Bühlmann 1967, Experience rating and credibility: the best linear estimate)
and let customers leave, by the chance that they buy again. A third rule adds what a
model of buying expects: stacked regressions (Breiman 1996, Machine Learning 24), whose
weights are ≥ 0 and drawn towards even ones, so that few customers move them little.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import nnls

from ..purchases.histories import RECENT, WEEK
from . import clv

PARTS = {  # what each rule adds up; the chance to buy again is in the first two
    "period": ("everybody", "recent"),
    "season": ("everybody", "season"),
    "stacked": ("everybody", "recent", "model"),
}
PRIORS = {  # of those new and old to the rule, by trial on two companies [D]
    "period": ((0.0, 0.3), (0.0, 0.8)),
    "season": ((0.0, 0.8), (0.0, 0.8)),
    "stacked": ((0.0, 0.2, 0.8), (0.0, 0.5, 0.5)),
}
PRIOR_CUSTOMERS = 200.0
PRIOR_PURCHASES = 60.0  # that these brought at least [D]
SETTLED = 6.0  # weeks in which a rate is seen at least, of who came back [D]
NEWS = 0.4  # share of what the last period says in the weights that are used [D]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the parts of one rule.

    :param rule: key of PARTS
    :param new: of customers whose first purchase the rule's period does not reach
        behind, one for each part
    :param old: of the others
    :param period: days that ``rows.recent`` tells of: RECENT, less in a young company
    :param weeks: time in which the weights were learnt
    """

    rule: str
    new: tuple
    old: tuple
    period: float = RECENT
    weeks: float = RECENT / WEEK

    def expected(self, buying, t, rows, horizon):
        """Return the purchases to expect within ``t`` weeks, shape (n,).

        :param buying: clv.Params of the model
        :param rows: rows.Rows
        :param horizon: weeks that ``rows.season`` stands for
        """
        return self.over(buying, [t], rows, horizon)[0]

    def over(self, buying, times, rows, horizon):
        """Return :meth:`expected` of several times, in a list.

        What does not depend on the time asked about is found once.
        """
        basis = _basis(self.rule, buying, (self.weeks, self.period / WEEK), rows)
        new, old = np.array(self.new), np.array(self.old)
        found = []
        for t in times:
            parts = _parts(self.rule, buying, t, rows, horizon, basis)
            found.append(np.where(basis.new, new @ parts, old @ parts))
        return found

    def following(self, before):
        """Return the same, drawn towards the weights in force until now, if any.

        :param before: Weights of the same rule, None without any
        """
        if before is None or before.rule != self.rule:
            return self
        old, new = (np.array([w.new, w.old]) for w in (before, self))
        mixed = (1 - NEWS) * old + NEWS * new
        return replace(self, new=tuple(mixed[0].tolist()), old=tuple(mixed[1].tolist()))


def learn(rule, buying, weeks, rows, bought, periods):
    """Return the Weights by which a rule would have predicted best.

    :param buying: clv.Params as fitted then
    :param weeks: time in which ``bought`` was bought
    :param rows: rows.Rows as they were then
    :param bought: purchases that came, shape (n,)
    :param periods: days that ``rows.recent`` told of then, and tells of now
    """
    basis = _basis(rule, buying, (weeks, periods[0] / WEEK), rows)
    new, parts = basis.new, _parts(rule, buying, weeks, rows, weeks, basis)
    found = [
        solve(parts[:, rows], bought[rows], np.array(prior), _like(bought[rows]))
        for rows, prior in zip((new, ~new), PRIORS[rule], strict=True)
    ]
    return Weights(rule, *found, period=periods[1], weeks=weeks)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What the parts of a rule rest on, whatever time is asked about.

    :param history: x, t_x and T, see :func:`settled`
    :param new: who is new to the rule
    :param learnt, period: weeks that the weights were learnt in, and that
        ``rows.recent`` tells of
    :param at_least_one: chance to buy within ``learnt``
    :param as_long, lately: purchases that the model expects within the two
    """

    history: tuple
    new: np.ndarray
    learnt: float
    period: float
    at_least_one: np.ndarray
    as_long: np.ndarray
    lately: np.ndarray


def _basis(rule, buying, weeks, rows):
    """Return the _Basis of a rule for some customers."""
    learnt, period = weeks
    history = settled(rows)
    new = np.isnan(rows.season) if rule == "season" else WEEK * rows.T < RECENT
    at_least_one = 1 - clv.probability_none(buying, learnt, *history)
    as_long, lately = (clv.expected_purchases(buying, time, *history) for time in weeks)
    return _Basis(history, new, learnt, period, at_least_one, as_long, lately)


def _parts(rule, buying, t, rows, horizon, basis):
    """Return the rule's parts within ``t`` weeks, shape (parts, n)."""
    chance = 1 - clv.probability_none(buying, t, *basis.history)
    model = clv.expected_purchases(buying, t, *basis.history)
    # Later periods bring less than the next one, as customers leave.
    times = t / basis.learnt, t / basis.period
    everybody = basis.at_least_one * ratio(model, basis.as_long, times[0])
    recent = chance * rows.recent * ratio(model, basis.lately, times[1])
    young = np.isnan(rows.season)
    season = np.where(young, recent, chance * rows.season * t / horizon)
    made = {"everybody": everybody, "recent": recent, "season": season, "model": model}
    return np.array([made[part] for part in PARTS[rule]])


def settled(rows):
    """Return x, t_x and T with nobody's rate seen in less than SETTLED weeks.

    Orders often come in clumps: three in the first two weeks are not 78 a year.
    """
    missing = np.where(rows.x > 0, np.maximum(SETTLED - rows.T, 0.0), 0.0)
    return rows.x, rows.t_x + missing, rows.T + missing


def ratio(part, whole, otherwise):
    """Return part / whole, ``otherwise`` where the whole is nothing."""
    even = np.full(part.shape, otherwise)
    return np.divide(part, whole, out=even, where=whole > 1e-12)


def _like(bought):
    """Return how many customers the prior weights stand for: 200, of rare buyers more.

    A customer who hardly ever buys says hardly anything about weights.

    >>> _like(np.ones(9)), _like(np.repeat([0, 1], [90, 10]))
    (200.0, 600.0)
    """
    rare = PRIOR_PURCHASES * bought.size / max(float(bought.sum()), 1.0)
    return max(PRIOR_CUSTOMERS, rare)


def solve(parts, bought, prior, like=PRIOR_CUSTOMERS):
    """Return the weights ≥ 0 of least squared error, drawn towards ``prior``.

    :param like: customers that the prior stands for
    """
    if not bought.size:
        return tuple(prior.tolist())
    pull = np.sqrt(like * (parts**2).mean(axis=1)) + 1e-9
    known = np.vstack([parts.T, np.diag(pull)])
    weights, _residual = nnls(known, np.concatenate([bought, pull * prior]))
    return tuple(weights.tolist())


def unlearnt(rule):
    """Return the Weights where there is no past to learn them from.

    >>> unlearnt("stacked").new
    (0.0, 0.0, 1.0)
    """
    if rule == "stacked":  # nothing says yet that anything is to be added to the model
        return Weights(rule, (0.0, 0.0, 1.0), (0.0, 0.0, 1.0))
    return Weights(rule, *PRIORS[rule])
