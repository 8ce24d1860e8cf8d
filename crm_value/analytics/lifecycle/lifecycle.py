"""Lifecycle stages, replayed from the purchases by a state machine.

Dwyer, Schurr and Oh (1987), Developing buyer-seller relationships, Journal of Marketing
51(2), in the four-stage reading: exploration, formation, stability, decline, with the
prospect before and the lost customer after.

The stage of a day follows from the purchases until then and from what a fit has learnt
of all customers (:mod:`decline`). The rules are applied every CHECK days since the
first purchase and on the day itself, each time from the stage before. So any past day
can be asked for, running twice changes nothing, and a customer near a limit does not go
to and fro: leaving a stage takes more than entering it, and decline has to be found
CHECK days before, too.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ..statistics.grouping import THREADS, edges_of_parts
from . import decline
from .state import CHECK, FEW, CustomerState, Replay, common_cycles

STAGES = (
    "prospect",
    "exploration",
    "formation",
    "stability",
    "decline",
    "lost",
    "won_back",
)
PROSPECT, EXPLORATION, FORMATION, STABILITY, DECLINE, LOST, WON_BACK = range(7)
NONE = -1
EVENT = ("customer", "day", "before", "after")
MAX_CHECKS = 60
SILENT = 180  # days of silence before anybody is lost by purchase cycles alone [D]


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the lifecycle stages; gaps are counted in purchase cycles.

    The gaps and ``lost_days`` hold where no model says how likely a purchase is.

    :param explore_purchases: up to so many purchases a customer is exploring
    :param explore_days: or younger than this; as long a customer is won back
    :param lost_below: chance of another purchase within a year that is lost
    :param decline_share: to be expected to buy, or to have bought in the window, less
        than this share of what is usual is decline
    :param window_days: length of that window
    :param decline_gap: so many purchase cycles since the last purchase is decline
    :param lost_gap: so many purchase cycles since the last purchase is lost
    :param lost_days: or more days than this since the last purchase
    :param stable_purchases: purchases a stable customer has made
    :param stable_days: its age
    :param stable_growth: its growth lies within ± this
    :param slack: share by which a limit moves in favour of the stage one is in
    """

    explore_purchases: int = 2
    explore_days: int = 90
    lost_below: float = 0.2
    decline_share: float = 0.6
    window_days: int = 90
    decline_gap: float = 2.0
    lost_gap: float = 4.0
    lost_days: int = 365
    stable_purchases: int = 6
    stable_days: int = 365
    stable_growth: float = 0.2
    slack: float = 0.1


@dataclass(frozen=True, slots=True)
class Lives:
    """Result of a replay: stage of each customer and its changes, arrays (n,).

    :param stage: position in STAGES, NONE without a purchase
    :param since: day the stage was first seen on
    :param state: CustomerState of the last day
    :param events: arrays ``customer``, ``day``, ``before``, ``after``, in order
    :param cycles: purchase cycle of all customers, {day: days}
    """

    stage: np.ndarray
    since: np.ndarray
    state: CustomerState
    events: dict
    cycles: dict


def next_stage(state, before, since_days, gone, declining, limits):
    """Return the stage after one check, shape (n,).

    :param state: CustomerState
    :param before: stage at the check before, NONE at the first
    :param since_days: days since ``before`` was first seen
    :param gone: who is not expected to return; :param declining: who buys less

    >>> one, no = np.ones(1), np.zeros(1, bool)
    >>> known = (one * 8, one * 500, one * 9, one * 30, one, one, one * 0.1)
    >>> state = CustomerState(*known, one, one, one, one)
    >>> [STAGES[next_stage(state, np.array([s]), one * 20, no, no, Limits())[0]]
    ...     for s in (EXPLORATION, FORMATION, DECLINE, LOST)]
    ['formation', 'stability', 'formation', 'won_back']
    """
    # Only a purchase ends it: the purchase cycle of all may change meanwhile.
    gone = gone | (before == LOST) & (state.recency > since_days)
    back = before == LOST
    back |= (before == WON_BACK) & (since_days < limits.explore_days)
    exploring = state.count <= limits.explore_purchases
    exploring |= state.age < limits.explore_days
    return np.select(
        [
            state.count == 0,
            gone,
            declining & (state.count >= FEW),
            back,
            exploring,
            _steady(state, before, limits),
        ],
        [NONE, LOST, DECLINE, WON_BACK, EXPLORATION, STABILITY],
        FORMATION,
    )


def inactive_for_good(state, limits, returning=None):
    """Return who has been inactive for too long to count as a customer, shape (n,).

    :param returning: forecast.returning.Returning, None where nothing is known: then
        the purchase cycle tells, that of all below FEW purchases

    >>> one = np.ones(2)
    >>> known = (one * 8, one * 500, one * [130, 190], one * 30, one, one, one)
    >>> state = CustomerState(*known, one, one, one, one)
    >>> inactive_for_good(state, Limits()).tolist()
    [False, True]
    """
    if returning:
        return decline.unlikely_to_return(state, returning, limits)
    # Purchase cycles mislead while few have had the time to come back.
    lost = (state.overdue >= limits.lost_gap) & (state.recency >= SILENT)
    return lost | (state.recency > limits.lost_days)


def _steady(state, before, limits):
    """Return who is stable: known for long, and neither growing nor shrinking much."""
    # Growth is noisy: who is stable stays so up to twice the limit.
    within = limits.stable_growth * np.where(before == STABILITY, 2, 1)
    with np.errstate(invalid="ignore"):
        steady = np.abs(state.growth) <= within
    steady &= (before == FORMATION) | (before == STABILITY)
    steady &= state.count >= limits.stable_purchases
    return steady & (state.age >= limits.stable_days)


def replay(days, as_of, limits, cycles=None, returning=None):
    """Return the Lives of all customers on ``as_of``.

    :param days: purchases.Days
    :param cycles: purchase cycle of all by day, as a run over all customers found it
    :param returning: what a fit found of returning, None where too little is known

    >>> from ..purchases.purchases import Days
    >>> day = np.array([0, 30, 60, 90, 120]); zero = np.zeros(5)
    >>> lines = {"partner": np.ones(5, int), "day": day, "product": zero,
    ...     "amount": zero + 50, "returned": zero, "costed": zero, "cost": zero,
    ...     "discount": zero}
    >>> for as_of in (60, 125, 215, 305):
    ...     lives = replay(Days(lines, as_of, 0.3), as_of, Limits())
    ...     print(STAGES[lives.stage[0]], lives.state.overdue[0].round(1))
    exploration 0.0
    formation 0.2
    decline 3.2
    lost 6.2
    """
    checks = _days(days, as_of)
    if cycles is None:
        cycles = common_cycles(days.occasions(), [as_of] if returning else checks)
    rules = checks, as_of, limits, cycles, returning
    edges = edges_of_parts(len(days.customers))
    if len(edges) == 1:
        return _replay(days, *rules)
    with ThreadPoolExecutor(THREADS) as pool:
        parts = pool.map(lambda part: _replay(days.between(*part), *rules), edges)
        return _joined(list(parts), [start for start, _stop in edges])


def _replay(days, checks, as_of, limits, cycles, returning):
    """Return the Lives of some customers; no customer's depends on another's."""
    replayed = Replay(days, limits.window_days, cycles)
    size = len(days.customers)
    stage, since = np.full(size, NONE), np.full(size, np.nan)
    events, found = [], {}
    state = None
    for day in checks:
        state = replayed.state(day, day == as_of or not returning)
        found[day] = _fallen(state, stage, limits, returning)
        if day % CHECK and day != as_of:
            continue
        declining = found[day] & found.pop(day - CHECK, False)
        if not returning:
            declining |= _overdue(state, stage, limits)
        gone = inactive_for_good(state, limits, returning)
        after = next_stage(state, stage, day - since, gone, declining, limits)
        moved = np.flatnonzero(after != stage)
        events.append((moved, np.full(moved.size, day), stage[moved], after[moved]))
        since[moved] = day
        stage = after
    state = state or replayed.state(as_of)
    columns = zip(*events, strict=True) if events else ((np.zeros(0, int),),) * 4
    logged = {n: np.concatenate(c) for n, c in zip(EVENT, columns, strict=True)}
    return Lives(stage, since, state, logged, replayed.cycles)


def _joined(parts, starts):
    """Return the Lives of all customers from those of parts of them."""

    def whole(column):
        return np.concatenate([column(part) for part in parts])

    names = CustomerState.__dataclass_fields__
    state = CustomerState(
        *(whole(lambda part, name=name: getattr(part.state, name)) for name in names)
    )
    for part, start in zip(parts, starts, strict=True):
        part.events["customer"] += start
    events = {name: whole(lambda part, name=name: part.events[name]) for name in EVENT}
    order = np.argsort(events["day"], kind="stable")
    events = {name: column[order] for name, column in events.items()}
    stage, since = whole(lambda part: part.stage), whole(lambda part: part.since)
    return Lives(stage, since, state, events, parts[0].cycles)


def _days(days, as_of):
    """Return the days to look at: a fixed grid from the first purchase on, ``as_of``.

    And the day CHECK days before that, which is compared only.
    """
    if not days.day.size:
        return []
    last = as_of // CHECK
    first = max(-(-int(days.day.min()) // CHECK), last - MAX_CHECKS + 1)
    grid = {check * CHECK for check in range(first, last + 1)}
    return sorted(grid | {as_of - CHECK, as_of})


def _fallen(state, stage, limits, returning):
    """Return who buys less than usual, before it is known for how long."""
    # Leaving a stage takes more than entering it.
    share = limits.decline_share * np.where(stage == DECLINE, 1 + limits.slack, 1)
    # Who comes back after a long time has a low window behind it, whatever comes.
    formed = (stage != LOST) & (stage != WON_BACK)
    low = formed & decline.poorer(state, returning, limits.window_days, share)
    return low | decline.slower(state, returning, share) if returning else low


def _overdue(state, stage, limits):
    """Return who is overdue by the purchase cycle, for want of a model."""
    eased = limits.decline_gap * (1 - limits.slack)
    return state.overdue >= np.where(stage == DECLINE, eased, limits.decline_gap)
