"""Training samples: active customers at past cutoff days, and who then churned."""

from dataclasses import dataclass

import numpy as np

from ..forecast import clv, returning
from ..lifecycle import lifecycle
from ..lifecycle.state import Replay
from ..purchases import assortment, histories
from ..purchases.histories import WEEK, YEAR
from ..service import service
from . import seasons
from .churn import READ, Limits, no_purchase

MAX_CUSTOMERS = 10_000  # more say nothing more about who leaves
MAX_SAMPLES = 5
DATES = ("first_purchase_date", "last_purchase_date")


@dataclass(frozen=True, slots=True)
class Sample:
    """The active customers at one cutoff of the past (a temporal split).

    :param day: the cutoff, the last day that was known
    :param customer: their positions among the customers looked at, shape (n,)
    :param columns: figures as churn.READ names them, each of shape (n,)
    :param left: 1 where no purchase followed in time, shape (n,)
    :param ahead: how busy the days after it were a year before, as seasons.ahead says
    """

    day: int
    customer: np.ndarray
    columns: dict
    left: np.ndarray
    ahead: float = 1.0


def samples(days, as_of, rules, tickets=None, measured=None):
    """Return the Samples that the past allows, the latest first; maybe none.

    They lie ``Limits.days`` apart, the latest so long before ``as_of``: what came
    after one is known before the next. The model of buying is fitted anew at each, and
    who is active goes by it.

    :param days: purchases.Days
    :param tickets: service.Tickets of the customers of ``days``
    :param measured: function from a day to more columns of all customers of ``days``,
        by name; what nobody measures is not known

    >>> from ..purchases.purchases import Days
    >>> from ..policy.rules import Rules
    >>> at = np.arange(0, 400, 20); zero = np.zeros(20)
    >>> lines = {"partner": np.ones(20, int), "day": at, "product": zero}
    >>> lines.update(amount=zero + 5, returned=zero, costed=zero, cost=zero)
    >>> days = Days({**lines, "discount": zero}, 400, 0.3)
    >>> found = samples(days, 400, Rules(365, 365, 0.3, "revenue", ()))
    >>> [(sample.day, sample.left.tolist()) for sample in found]
    [(310, [0.0]), (220, [0.0]), (130, [0.0])]
    """
    step = -(-len(days.customers) // MAX_CUSTOMERS) or 1
    days, tickets, found = days.take(step), _some(tickets, step), []
    occasions, baskets = days.occasions(), days.baskets()
    if not occasions.day.size:
        return found
    length, first = rules.of(Limits).days, int(occasions.day.min())
    past = [as_of - length * (back + 1) for back in range(MAX_SAMPLES)]
    replay = Replay(days, rules.of(lifecycle.Limits).window_days, None)
    for day in reversed([day for day in past if day - first >= length]):
        state = replay.state(day)
        columns = dict.fromkeys(READ, np.full(occasions.size, np.nan))
        ahead = ahead_of(occasions, day, rules)
        said, active = _then(occasions, day, rules, ahead)
        columns |= _columns(state, day, occasions, baskets, rules, tickets) | said
        if not active.any():
            continue
        if measured:
            columns |= {name: col[::step] for name, col in measured(day).items()}
        columns = {name: column[active] for name, column in columns.items()}
        bought = histories.following(occasions, day, day + length)[0]
        left = (bought[active] == 0).astype(float)
        found.append(Sample(day, np.flatnonzero(active), columns, left, ahead))
    return found[::-1]


def ahead_of(occasions, day, rules):
    """Return how busy the days that a risk looks at were a year before."""
    lost_days = rules.of(lifecycle.Limits).lost_days
    return float(seasons.ahead(occasions, day, rules.of(Limits).days, lost_days))


def _some(tickets, step):
    """Return the tickets of every ``step``-th customer."""
    if tickets is None:
        return None
    rows = tickets.customer % step == 0
    columns = (tickets.customer[rows] // step, tickets.opened[rows])
    return service.Tickets(*columns, tickets.closed[rows])


def _columns(state, day, occasions, baskets, rules, tickets):
    size, known = occasions.size, occasions.day <= day
    season = seasons.learn(occasions, day, rules.of(lifecycle.Limits).lost_days)
    adjusted = seasons.seasonal_recency(season, day - state.recency, day)
    index, _category, share = assortment.overdue(baskets, day, size)
    asked, slow = service.counts(tickets, day, rules.window_days, size)
    kept = 0.0 if service.kept(tickets, day) else np.nan
    with np.errstate(invalid="ignore"):
        trend = state.window / state.compared - 1
    return {
        "overdue": state.overdue,
        "season_overdue": seasons.overdue(state.overdue, adjusted, state.recency),
        "category_overdue": index,
        "category_share": share,
        "window_trend": trend,
        "recency_days": state.recency,
        "purchase_count": state.count.astype(float),
        "median_gap_days": histories.median_gaps(
            occasions.customer[known], occasions.day[known], size
        ),
        "ticket_count": asked + kept,
        "slow_ticket_count": slow + kept,
    }


def _then(occasions, day, rules, busy):
    """Return (what the model of buying says, who is not lost) as of a past day.

    ``staying`` are the log odds of a purchase in time if nobody left. Both for the time
    as it is, and ``season_…`` for as many average days as ``busy`` makes of it.
    """
    past = histories.until(occasions, day, 1)
    known = past.count > 0
    figures = {
        "purchase_count": past.count.astype(float),
        "recency_days": (day - past.last).astype(float),
        "first_purchase_date": past.first.astype(float),
        "last_purchase_date": np.where(known, past.last, np.nan),
    }
    some = past.take(known)
    kind = returning.MODEL
    k = histories.regularity(occasions, day)
    learnt = returning.Returning(clv.fit(some.x, some.t_x, some.T, kind, k=k))
    back = np.zeros(known.size)
    back[known] = learnt.chance(YEAR / WEEK, some.x, some.t_x, some.T)
    said = {name: figures[name] for name in DATES}
    for prefix, share in (("", 1.0), ("season_", busy)):
        said[f"{prefix}no_purchase"] = no_purchase(learnt.buying, figures, rules, share)
        weeks = share * rules.of(Limits).days / WEEK
        staying = np.full(known.size, np.nan)
        staying[known] = learnt.odds(weeks, some.x, some.t_x, some.T)[1]
        said[f"{prefix}staying"] = staying
    return said, known & (back >= rules.lost_below)
