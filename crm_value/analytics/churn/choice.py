"""Choice among candidates for the churn risk, and whether their probabilities hold.

The log score asks for honest probabilities (Good 1952; Gneiting and Raftery 2007): it
is pooled over all past cutoffs, and differences are paired over customers, each of whom
counts once however many cutoffs it was seen at. What is in force stays unless another
is better beyond chance, and no candidate is taken that puts customers in a worse order
than days, purchase count or P(no purchase) at any cutoff, beyond chance. What is in
force and does so itself is not protected.
"""

from dataclasses import dataclass

import numpy as np

from ..statistics import accuracy
from .churn import BUYING, EDGE

SURE = 2.5  # standard errors
MARGIN = 0.003  # of the log score: less is no news, however sure
ORDER = 3.0  # the same of an order, which up to fifteen comparisons look at
ENOUGH, FOLDS = 50, 4  # customers at a cutoff that tells; cutoffs that see a season
OFF, GAP = 0.05, 0.1  # error of the tenths, and of a whole cutoff, that still holds
STAYS = 1.5  # times as much where probabilities held before


@dataclass(frozen=True, slots=True)
class Trial:
    """What each candidate said at one past cutoff, and what came, arrays of shape (n,).

    :param day: the cutoff
    :param customer: who was active, by position
    :param left: 1 where no purchase followed in time
    :param said: {rule: probability of that}
    :param plain: {name: figure alone, more is riskier}: what everybody would sort by
    """

    day: int
    customer: np.ndarray
    left: np.ndarray
    said: dict
    plain: dict


def choose(tests, incumbent):
    """Return (rule, why) of the candidate to be in force.

    :param tests: Trials of all cutoffs; :param incumbent: the rule in force until now

    >>> left, customer = np.tile([1.0, 0], 20), np.arange(40)
    >>> said = {BUYING: np.full(40, 0.5), "model": 0.2 + 0.6 * left}
    >>> choose([Trial(9, customer, left, said, {})], BUYING)
    ('model', 'better')
    >>> choose([], "model")
    ('buying', 'untested')
    """
    if not tests:
        return BUYING, "untested"
    rules = _common(tests)
    incumbent = incumbent if incumbent in rules else BUYING
    orders = [rule for rule in rules if not _disorders(tests, rule)]
    gains = {rule: _gain(tests, rule, incumbent) for rule in orders}
    better = {rule: gain for rule, (gain, _z) in gains.items() if gain > 0}
    if incumbent in orders:
        better = {
            rule: gain
            for rule, gain in better.items()
            if gain > MARGIN
            and gains[rule][1] > SURE
            and _mostly_ahead(tests, rule, incumbent)
        }
    return (max(better, key=better.get), "better") if better else (incumbent, "kept")


def _mostly_ahead(tests, rule, other):
    """Return whether a rule is behind at no cutoff, of three and more at one at most.

    A season moves all customers together: what paired customers cannot show. Where a
    rule knows nothing of its own yet it is neither.
    """
    behind = sum(_gain([test], rule, other)[0] < 0 for test in tests)
    return behind <= (len(tests) > 2)


def holds(tests, rule, before=False):
    """Return whether a candidate's probabilities held on past cutoffs.

    They are as many as see a season: what held in one half of a year need not hold in
    the other.

    :param before: whether those in force until now did: they need not be as near

    >>> left = np.tile([1.0, 0.0], 40)
    >>> tests = [Trial(9, None, left, {BUYING: np.full(80, 0.5)}, {})] * 4
    >>> holds(tests, BUYING), holds(tests[:3], BUYING)
    (True, False)
    """
    tests = [t for t in tests if rule in t.said and t.left.size >= ENOUGH]
    if len(tests) < FOLDS:
        return False
    wide = STAYS if before else 1.0
    gap = max(abs(t.said[rule].mean() - t.left.mean()) for t in tests)
    return bool(gap <= GAP * wide and _off(tests, rule) <= OFF * wide)


def _off(tests, rule):
    """Return the root of the tenths' mean squared error, less what chance alone gives.

    Debiased as in Kumar, Liang and Ma (2019), Verified uncertainty calibration.
    """
    said, left = _pooled(tests, rule)
    total = sum(
        part["customers"] * (part["predicted"] - part["actual"]) ** 2
        - part["actual"] * (1 - part["actual"])
        for part in accuracy.tenths(said, left)
    )
    return np.sqrt(max(total, 0.0) / said.size)


def _pooled(tests, rule):
    said = np.concatenate([test.said[rule] for test in tests])
    return said, np.concatenate([test.left for test in tests])


def account(tests):
    """Return how each candidate did, as plain data; None without a cutoff.

    Scores and tenths are pooled over the cutoffs; AUC is their mean by customers.

    >>> left, said = np.array([1.0, 0]), {BUYING: np.array([0.8, 0.4])}
    >>> found = account([Trial(9, np.arange(2), left, said, {})])["rules"][BUYING]
    >>> found["auc"], round(found["brier"], 2), round(found["log"], 3)
    (1.0, 0.1, -0.367)
    """
    if not any(test.left.size for test in tests):
        return None
    names = [*_common(tests), *(n for n in tests[0].plain if n not in _common(tests))]
    return {
        "day": tests[0].day,
        "days": [test.day for test in tests],
        "customers": sum(int(test.left.size) for test in tests),
        "left": int(sum(test.left.sum() for test in tests)),
        "rules": {name: _measures(tests, name) for name in names},
    }


def _common(tests):
    """Return the candidates that could be asked at all cutoffs."""
    return [rule for rule in tests[0].said if all(rule in one.said for one in tests)]


def _measures(tests, name):
    """Return the measures of a candidate; of a figure alone its AUC."""
    found = {"auc": _auc(tests, name), "brier": None, "log": None, "tenths": []}
    if name not in _common(tests):
        return found
    said, left = _pooled(tests, name)
    return {
        **found,
        "brier": accuracy.brier(said, left),
        "log": float(log_scores(said, left).mean()),
        "tenths": accuracy.tenths(said, left),
    }


def _auc(tests, name):
    """Return the mean AUC over cutoffs, by customers; None where none is known."""
    found = [
        (accuracy.auc({**test.said, **test.plain}[name], test.left), test.left.size)
        for test in tests
    ]
    known = [pair for pair in found if pair[0] is not None]
    return _weighted(known)


def _weighted(pairs):
    """Return the mean of (figure, weight), None of nothing."""
    total = sum(weight for _figure, weight in pairs)
    return sum(figure * weight for figure, weight in pairs) / total if total else None


def log_scores(said, left):
    """Return the log score of each probability, ≤ 0, shape (n,).

    >>> log_scores(np.array([0.5, 1.0]), np.array([0.0, 1.0])).round(3).tolist()
    [-0.693, -0.0]
    """
    said = np.clip(said, EDGE, 1 - EDGE)
    return np.where(left > 0, np.log(said), np.log1p(-said))


def _gain(tests, rule, other):
    """Return (mean gain in log score, the same in standard errors)."""
    gains = np.concatenate(
        [
            log_scores(t.said[rule], t.left) - log_scores(t.said[other], t.left)
            for t in tests
        ]
    )
    customer = np.concatenate([test.customer for test in tests])
    each = np.bincount(np.unique(customer, return_inverse=True)[1], gains)
    error = np.sqrt((each**2).sum() - each.size * each.mean() ** 2)
    return float(gains.mean()), float(each.sum() / error) if error > 0 else 0.0


def _disorders(tests, rule):
    """Return whether a candidate's order is worse than a plain one beyond chance."""
    return any(
        gain < -ORDER * error
        for test in tests
        for plain in (*test.plain.values(), test.said[BUYING])
        for gain, error in [accuracy.auc_gain(test.said[rule], plain, test.left)]
    )
