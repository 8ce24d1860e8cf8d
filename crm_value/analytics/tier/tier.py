"""Tier qualification: who enters, retains or loses a tier, and until when.

A tier is entered by its entry limits and kept by a share of them. A membership holds
for a period; who falls short at its end has some days of grace before the tier is
lost. A tier is never lost before.

The rules look at today's figures and at the membership of the day before. Asked again,
or first asked after some days without an answer, they give the same: what fell due
meanwhile is dated from the day it was due.
"""

from dataclasses import dataclass

import numpy as np

from ..statistics import months

CONDITIONS = (
    "value_score",
    "margin",
    "revenue",
    "points",
    "purchases",
    "tenure_months",
)
UNASKED = (None,) * len(CONDITIONS)
NONE = -1  # in no tier
SAME, ENTERED, UPGRADED, RENEWED, DOWNGRADED, LEFT = range(6)
KEPT, SHORT, GRACE, BY_HAND = range(4)
CENT = 1e-9


@dataclass(frozen=True, slots=True)
class QualificationRules:
    """What a policy says about the tiers of a company, the lowest first.

    :param ids: of the tiers
    :param entry: a tuple of limits per tier, in the order of CONDITIONS, None: not
        asked for; a tier that asks for nothing cannot be earned
    :param every: per tier, whether all its limits must be met, or one of them
    :param keep: per tier, the share of the entry limits that suffices to keep it
    :param window_months: the time before the check in which money, points and
        purchases count
    :param period_months: how long a membership holds
    :param grace_days: how much longer, if it is not renewed
    :param soft: whether a lost tier leads to the next lower one instead of to what is
        earned
    :param at_month_end: whether tiers are entered at the ends of months only
    """

    ids: tuple = ()
    entry: tuple = ()
    every: tuple = ()
    keep: tuple = ()
    window_months: int = 12
    period_months: int = 12
    grace_days: int = 30
    soft: bool = True
    at_month_end: bool = False

    @property
    def limits(self):
        """Return the limits to enter, shape (tiers, conditions)."""
        return np.array(self.entry, float).reshape(len(self.ids), len(CONDITIONS))

    @property
    def keeping(self):
        """Return the limits to keep a tier, shape (tiers, conditions)."""
        return self.limits * np.array(self.keep, float).reshape(-1, 1)

    @property
    def earnable(self):
        """Return which tiers have thresholds, so that customers can qualify."""
        return ~np.isnan(self.limits).all(axis=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """The membership of each customer, arrays of shape (n,).

    :param tier: position of the tier in the rules, NONE
    :param since: day from which on the customer has been in it, NaN in none
    :param until: last day it is earned for, NaN in none
    """

    tier: np.ndarray
    since: np.ndarray
    until: np.ndarray

    @classmethod
    def nobody(cls, size):
        """Return the standing of customers who are in no tier.

        >>> Standing.nobody(2).tier.tolist()
        [-1, -1]
        """
        unknown = np.full(size, np.nan)
        return cls(np.full(size, NONE), unknown, unknown.copy())


def met(figures, limits, every):
    """Return which customers meet the limits of which tier, shape (n, tiers).

    A figure that is not known meets no limit.

    :param figures: shape (n, conditions); :param limits: shape (tiers, conditions)

    >>> limits = np.array([[5.0, np.nan], [9.0, 100.0]])
    >>> figures = np.array([[9.0, 20.0], [np.nan, 100.0]])
    >>> met(figures, limits, (True, False)).tolist()
    [[True, True], [False, True]]
    """
    found = np.zeros((len(figures), len(limits)), bool)
    for at, (row, whole) in enumerate(zip(limits, every, strict=True)):
        asked = np.flatnonzero(~np.isnan(row))
        with np.errstate(invalid="ignore"):
            reached = figures[:, asked] >= row[asked] - CENT
        if asked.size:
            found[:, at] = reached.all(axis=1) if whole else reached.any(axis=1)
    return found


def earned(figures, rules):
    """Return the highest tier each customer earns now, NONE for none, shape (n,).

    >>> entry = tuple((None,) * 4 + (count, None) for count in (1.0, 5.0))
    >>> rules = QualificationRules((7, 8), entry, (True, True), (0.8, 0.8))
    >>> bought = np.full((3, 6), np.nan)
    >>> bought[:, 4] = 0, 4, 5
    >>> earned(bought, rules).tolist()
    [-1, 0, 1]
    """
    reached = met(figures, rules.limits, rules.every)
    highest = reached.shape[1] - 1 - np.argmax(reached[:, ::-1], axis=1)
    return np.where(reached.any(axis=1), highest, NONE)


def check(figures, rules, before, as_of, checked=None):
    """Return (Standing, event) of each customer after a check.

    :param figures: shape (n, conditions), NaN unknown
    :param before: Standing at the end of the day before
    :param as_of: day of the check
    :param checked: day of the check before, None if nobody has ever been checked

    >>> rules = QualificationRules((7,), ((None,) * 4 + (5.0, None),), (True,), (0.8,))
    >>> bought = np.full((1, 6), np.nan)
    >>> bought[:, 4] = 5
    >>> now, event = check(bought, rules, Standing.nobody(1), 0)
    >>> now.until.tolist(), event.tolist() == [ENTERED]
    ([365.0], True)
    >>> bought[:, 4] = 3
    >>> now, event = check(bought, rules, now, 380, 379)
    >>> now.tier.tolist(), event.tolist() == [SAME]
    ([0], True)
    >>> now, event = check(bought, rules, now, 396, 395)
    >>> now.tier.tolist(), event.tolist() == [LEFT]
    ([-1], True)
    """
    best = earned(figures, rules)
    kept = met(figures, rules.keeping, rules.every)
    now = _rise(best, rules, before, as_of, checked)
    now = _expire(best, kept, rules, now, as_of)
    event = np.select(
        [
            now.tier > before.tier,
            now.tier < before.tier,
            (now.until != before.until) & (now.tier != NONE),
        ],
        [
            np.where(before.tier == NONE, ENTERED, UPGRADED),
            np.where(now.tier == NONE, LEFT, DOWNGRADED),
            RENEWED,
        ],
        SAME,
    )
    return now, event


def state(figures, rules, now, as_of):
    """Return the state of each membership (secured, short, grace), shape (n,).

    KEPT or SHORT by whether the limits to keep the tier are met, GRACE after its end,
    NONE in no tier.

    :param now: Standing

    >>> rules = QualificationRules((7,), ((None,) * 4 + (5.0, None),), (True,), (0.8,))
    >>> now = Standing(np.array([0, 0, -1]), np.zeros(3), np.array([9, 9, np.nan]))
    >>> bought = np.full((3, 6), np.nan)
    >>> bought[:, 4] = 4, 3, 9
    >>> state(bought, rules, now, 9).tolist() == [KEPT, SHORT, NONE]
    True
    >>> state(bought, rules, now, 10).tolist() == [GRACE, GRACE, NONE]
    True
    """
    best = earned(figures, rules)
    kept = met(figures, rules.keeping, rules.every)
    keeps = best >= now.tier
    if len(rules.ids):
        keeps |= kept[np.arange(len(kept)), now.tier]
    ended = now.until < as_of
    return np.select([now.tier == NONE, ended, keeps], [NONE, GRACE, KEPT], SHORT)


def _rise(best, rules, before, as_of, checked):
    """Upgrade customers who qualify for a higher tier, if the day has come."""
    due = as_of
    if rules.at_month_end and checked is not None:
        due = months.end(checked + 1)
    rises = (best > before.tier) & (due <= as_of)
    since = np.where(rises, due, before.since)
    until = np.where(rises, _period(since, rules), before.until)
    return Standing(np.where(rises, best, before.tier), since, until)


def _expire(best, kept, rules, now, as_of):
    """Renew tiers that are retained; downgrade the others after the grace period."""
    tier, since, until = now.tier.copy(), now.since.copy(), now.until.copy()
    lower = _lower(rules)
    open_ = np.flatnonzero(until < as_of)
    while open_.size:
        at = tier[open_]
        keeps = kept[open_, at] | (best[open_] >= at)
        falls = ~keeps & (until[open_] + rules.grace_days < as_of)
        renewed, fallen = open_[keeps], open_[falls]
        until[renewed] = _period(until[renewed] + 1, rules)
        due = until[fallen] + rules.grace_days + 1
        step = lower[tier[fallen]] if rules.soft else NONE
        tier[fallen] = np.maximum(best[fallen], step)
        out = tier[fallen] == NONE
        since[fallen] = np.where(out, np.nan, due)
        until[fallen] = _period(since[fallen], rules)
        moved = np.concatenate((renewed, fallen))
        open_ = moved[until[moved] < as_of]
    return Standing(tier, since, until)


def _period(since, rules):
    """Return the last day of a membership that begins on a day."""
    return months.add(since, rules.period_months) - 1


def _lower(rules):
    """Return the next lower tier that can be earned, NONE below the lowest."""
    earnable = rules.earnable
    found, last = np.full(len(rules.ids), NONE), NONE
    for at, possible in enumerate(earnable.tolist()):
        found[at] = last
        last = at if possible else last
    return found
