"""What became of those who were called lost or in decline: how often it was wrong."""

import numpy as np

from ..forecast import clv
from ..forecast.past import MAX_CUSTOMERS, MIN_CUSTOMERS
from ..forecast.returning import MODEL, Returning
from ..purchases import histories
from ..purchases.histories import YEAR
from . import lifecycle

LENGTHS = (90, YEAR)  # days in which a purchase shows that it was wrong
FEW = 20  # customers called so, below which a share says nothing
CALLED = {"lost": lifecycle.LOST, "decline": lifecycle.DECLINE}


def outcomes(days, as_of, limits):
    """Return the shares of lost and declining customers who bought again.

    Each as of the latest day whose outcome is known, with what was known then; not
    calibrated.

    :param days: purchases.Days; later days in it are left out
    :param limits: lifecycle.Limits
    :return: {"lost_back_90" …: share, None of fewer than FEW; "lost_90" …: of how many}

    >>> from ..purchases.purchases import Days
    >>> at = np.arange(0, 400, 20); zero = np.zeros(20)
    >>> lines = {"partner": np.ones(20, int), "day": at, "product": zero}
    >>> lines.update(amount=zero + 5, returned=zero, costed=zero, cost=zero)
    >>> days = Days({**lines, "discount": zero}, 400, 0.3)
    >>> outcomes(days, 400, lifecycle.Limits())["lost_back_90"] is None
    True
    """
    days = days.take(-(-len(days.customers) // MAX_CUSTOMERS) or 1)
    found = {}
    for length in LENGTHS:
        stage, back = _look(days, as_of - length, length, limits)
        for name, code in CALLED.items():
            called = stage == code
            share = float(back[called].mean()) if called.sum() >= FEW else None
            found[f"{name}_back_{length}"] = share
            found[f"{name}_{length}"] = int(called.sum())
    return found


def _look(days, cutoff, length, limits):
    """Return the stages as of ``cutoff``, and who bought within ``length`` days."""
    occasions = days.occasions()
    history = histories.until(occasions, cutoff, 1)
    past = history.take(history.count > 0)
    if past.count.size < MIN_CUSTOMERS:
        return np.zeros(0, int), np.zeros(0)
    k = histories.regularity(occasions, cutoff)
    returning = Returning(clv.fit(past.x, past.t_x, past.T, MODEL, k=k))
    lives = lifecycle.replay(days, cutoff, limits, None, returning)
    bought, _money = histories.following(occasions, cutoff, cutoff + length)
    return lives.stage, bought > 0
