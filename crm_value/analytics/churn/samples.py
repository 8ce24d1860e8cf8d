"""Active customers as they stood at past days, and who of them did not come back."""

from dataclasses import dataclass

import numpy as np

from ..forecast import clv
from ..lifecycle import lifecycle
from ..lifecycle.state import CHECK, Book
from ..purchases import assortment, histories
from ..service import service
from . import seasons
from .churn import READ, Limits

MAX_CUSTOMERS = 10_000  # more say nothing more about who leaves
MAX_CUTS = 5


@dataclass(frozen=True, slots=True)
class Cut:
    """The active customers of one past day.

    :param day: last day that was known
    :param columns: figures as churn.READ names them, each of shape (n,)
    :param left: 1 where no purchase followed in time, shape (n,)
    """

    day: int
    columns: dict
    left: np.ndarray


def cuts(days, as_of, rules, buying=None, tickets=None, measured=None):
    """Return the Cuts that the past allows, the latest first; maybe none.

    They lie ``Limits.days`` apart, the latest so long before ``as_of``: what came
    after one is known before the next.

    :param days: purchases.Days
    :param buying: clv.Params of the model that says who is gone, None: nobody can be
        seen to leave; fitted anew at each cut
    :param tickets: service.Tickets of the customers of ``days``
    :param measured: function from a day to more columns of all customers of ``days``,
        by name; what nobody measures is not known

    >>> from ..purchases.purchases import Days
    >>> from ..policy.rules import Rules
    >>> at = np.arange(0, 400, 20); zero = np.zeros(20)
    >>> lines = {"partner": np.ones(20, int), "day": at, "product": zero}
    >>> lines.update(amount=zero + 5, returned=zero, costed=zero, cost=zero)
    >>> days = Days({**lines, "discount": zero}, 400, 0.3)
    >>> found = cuts(days, 400, Rules(365, 365, 0.3, "revenue", ()))
    >>> [(cut.day, cut.left.tolist()) for cut in found]
    [(310, [0.0]), (220, [0.0]), (130, [0.0])]
    """
    step = -(-len(days.customers) // MAX_CUSTOMERS) or 1
    days, tickets = days.take(step), _some(tickets, step)
    occasions = days.occasions()
    length = rules.of(Limits).days
    if not occasions.day.size:
        return []
    first = int(occasions.day.min())
    past = [as_of - length * (back + 1) for back in range(MAX_CUTS)]
    stages = rules.of(lifecycle.Limits)
    book, baskets = Book(days, stages.window_days, None), days.baskets()
    found = []
    for day in reversed([day for day in past if day - first >= length]):
        look = book.look(day, book.look(day // CHECK * CHECK, None))
        columns = dict.fromkeys(READ, np.full(occasions.size, np.nan))
        columns |= _columns(look, day, occasions, baskets, rules, tickets)
        columns["p_alive"] = _alive(occasions, day, buying)
        if measured:
            columns |= {name: col[::step] for name, col in measured(day).items()}
        active = (look.count > 0) & ~lifecycle.silent_for_good(look, stages)
        columns = {name: column[active] for name, column in columns.items()}
        bought, _money = histories.following(occasions, day, day + length)
        found.append(Cut(day, columns, (bought[active] == 0).astype(float)))
    return found[::-1]


def _some(tickets, step):
    """Return the tickets of every ``step``-th customer."""
    if tickets is None:
        return None
    rows = tickets.customer % step == 0
    columns = (tickets.customer[rows] // step, tickets.opened[rows])
    return service.Tickets(*columns, tickets.closed[rows])


def _columns(look, day, occasions, baskets, rules, tickets):
    size, known = occasions.size, occasions.day <= day
    season = seasons.learn(occasions, day, rules.of(lifecycle.Limits).lost_days)
    silence = seasons.silence(season, day - look.silence, day)
    index, _category, share = assortment.overdue(baskets, day, size)
    asked, slow = service.counts(tickets, day, rules.window_days, size)
    kept = 0.0 if service.kept(tickets, day) else np.nan
    with np.errstate(invalid="ignore"):
        trend = look.window / look.compared - 1
    return {
        "overdue": look.overdue,
        "season_overdue": seasons.overdue(look.overdue, silence, look.silence),
        "category_overdue": index,
        "category_share": share,
        "window_trend": trend,
        "recency_days": look.silence,
        "purchase_count": look.count.astype(float),
        "median_gap_days": histories.median_gaps(
            occasions.customer[known], occasions.day[known], size
        ),
        "ticket_count": asked + kept,
        "slow_ticket_count": slow + kept,
    }


def _alive(occasions, day, buying):
    """Return how likely each is still a customer, as it would have been found then."""
    alive = np.full(occasions.size, np.nan)
    if buying is None or not buying.dropout:
        return alive
    past = histories.until(occasions, day, 1)
    known = past.count > 0
    past = past.take(known)
    then = clv.fit(past.x, past.t_x, past.T, buying.model)
    if then.dropout:
        alive[known] = clv.probability_alive(then, past.x, past.t_x, past.T)
    return alive
