"""Which plays reach whom: the most margin for its cost first, while the budget lasts.

The greedy rule of the knapsack (Dantzig 1957, Discrete-variable extremum problems), the
last play given to a part of the customers. A segment has one play: where money is left,
a play gives way to a dearer one of its segment that brings the most more for what it
costs more (Sinha and Zoltners 1979, The multiple-choice knapsack problem). One customer
is in one play only: what is left of a segment is counted anew after each choice.
"""

from dataclasses import dataclass, replace

import numpy as np

from ..campaign.lift import FEWEST, reach

SHARES = np.arange(1, 11) / 20  # held out: 5 % to a half
UNSEEN = 0.2  # held out where no share shows an effect of that size
TAKEN, ENOUGH, NO_MONEY, COSTLY, NOBODY, UNKNOWN = (
    "taken",
    "enough",
    "money",
    "costly",
    "nobody",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Play:
    """What a play costs and brings in one segment.

    :param gain: expected of each customer who gets it, NaN where nothing is known
    :param spread: deviation of one customer's money, NaN where it is not known
    :param fixed, contact: cost of all, and of each customer who gets it
    """

    gain: float
    spread: float
    fixed: float
    contact: float


@dataclass(frozen=True, slots=True)
class Offer:
    """A play for a number of customers.

    :param size, treated: customers in it, and those who get it
    :param share: held out
    :param seen: whether an effect of the expected size would mostly be seen
    :param reason: TAKEN, or why it is not
    """

    size: int = 0
    treated: int = 0
    share: float = 0.0
    seen: bool = False
    cost: float = 0.0
    gain: float = 0.0
    reason: str = NOBODY

    @property
    def ratio(self):
        return self.gain / self.cost if self.cost > 0 else np.inf


def held_out(play, size):
    """Return the smallest share that shows an effect of the expected size, and if any.

    >>> held_out(Play(10.0, 50.0, 0.0, 1.0), 2000)
    (0.15, True)
    >>> held_out(Play(1.0, 50.0, 0.0, 1.0), 100)
    (0.3, False)
    """
    for share in SHARES.tolist():
        if _shows(play, size, share):
            return share, True
    return max(UNSEEN, _judged(size - FEWEST, size)), False


def offer(play, size, money):
    """Return the Offer of a play to so many customers, to fewer where money is short.

    >>> offer(Play(10.0, 50.0, 100.0, 1.0), 2000, 1000.0).treated
    900
    """
    if np.isnan(play.gain):
        return Offer(reason=UNKNOWN)
    share, seen = held_out(play, size) if size > 1 else (UNSEEN, False)
    payable = _payable(play, money)
    if size - int(size * share) > payable:
        share = max(share, _judged(payable, size))
        size = min(size, int(payable / (1 - share)))
        seen = _shows(play, size, share)
    treated = size - int(size * share)
    if size < 2:
        return Offer(reason=NO_MONEY if payable < 2 else NOBODY)
    cost, gain = play.fixed + play.contact * treated, play.gain * treated
    reason = TAKEN if gain > cost else COSTLY
    return Offer(size, treated, share, seen, cost, gain, reason)


def _payable(play, money):
    """Return how many can get it for the money."""
    left = money - play.fixed
    if left < 0:
        return 0
    return np.floor(left / play.contact) if play.contact > 0 else np.inf


def _judged(treated, size):
    """Return the share to hold out besides so many, for a verdict; 0 for none."""
    if treated < FEWEST or treated + FEWEST > size:
        return 0.0
    return float(np.ceil(100 * FEWEST / (treated + FEWEST)) / 100)


def _shows(play, size, share):
    """Return whether an effect of the expected size would mostly be seen."""
    return bool(size * share >= FEWEST and reach(play.spread, size, share) <= play.gain)


def choose(plays, places, who, blocks, budget, target=np.inf):
    """Return the Offer of each play, and the order in which those taken were.

    :param plays: Play of each candidate
    :param places: of each candidate, the number of its segment
    :param who: of each candidate, whom it would reach, shape (customers,)
    :param blocks: of each segment, who is in no segment after it, shape (customers,)
    :param budget: never more is spent
    :param target: nothing more is taken once so much is expected

    >>> who = np.array([[1, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 1]], bool)
    >>> plays = [Play(3.0, 1.0, 0.0, 1.0), Play(5.0, 1.0, 0.0, 1.0)]
    >>> offers, order = choose(plays, [0, 1], who, who, 100.0)
    >>> order, [one.size for one in offers]
    ([1, 0], [2, 4])
    """
    found, order = _greedy(plays, places, who, blocks, budget, target)
    while _brought(found, order) < target:
        dearer = _dearer(plays, places, who, blocks, found, order, budget)
        if dearer is None:
            break
        place, at, better = dearer
        found[order[place]] = Offer()
        order[place], found[at] = at, better
    return found, order


def _greedy(plays, places, who, blocks, budget, target):
    found, order, money = [Offer()] * len(plays), [], budget
    free = np.ones(len(who[0]) if len(who) else 0, bool)
    while len(order) < len(plays):
        for at in set(range(len(plays))) - set(order):
            found[at] = offer(plays[at], int((who[at] & free).sum()), money)
        if _brought(found, order) >= target:
            return _enough(found, order), order
        best = _best(found, order)
        if best is None:
            break
        order.append(best)
        money -= found[best].cost
        free &= ~blocks[places[best]]
    return found, order


def _brought(found, order):
    return sum(found[at].gain for at in order)


def _best(found, order):
    """Return the place of the best Offer not taken yet, None without any."""
    left = [
        at for at, one in enumerate(found) if at not in order and one.reason == TAKEN
    ]
    return max(
        left, key=lambda at: (found[at].ratio, found[at].gain, -at), default=None
    )


def _enough(found, order):
    """Return the Offers, of which those that would be taken are not needed."""
    return [
        replace(one, reason=ENOUGH) if at not in order and one.reason == TAKEN else one
        for at, one in enumerate(found)
    ]


def _dearer(plays, places, who, blocks, found, order, budget):
    """Return where a play gives way to one that brings more, which, and its Offer."""
    left = budget - sum(found[at].cost for at in order)
    free, swaps = np.ones(len(who[0]), bool) if len(who) else None, []
    for place, taken in enumerate(order):
        old = found[taken]
        for at, play in enumerate(plays):
            if at != taken and places[at] == places[taken]:
                size = int((who[at] & free).sum())
                new = offer(play, size, left + old.cost)
                more, dearer = new.gain - old.gain, new.cost - old.cost
                if new.reason == TAKEN and more > max(0.0, dearer):
                    ratio = more / dearer if dearer > 0 else np.inf
                    swaps.append((ratio, more, place, at, new))
        free = free & ~blocks[places[taken]]
    if not swaps:
        return None
    return max(swaps, key=lambda one: one[:2])[2:]
