"""Accuracy of probabilities: AUC, Brier score, and calibration by tenths."""

import numpy as np
from scipy.stats import rankdata


def auc(predicted, labels):
    """Return how often an event had the higher prediction than a non-event.

    The area under the curve, by ranks (Hanley and McNeil 1982, The meaning and use of
    the area under a receiver operating characteristic curve, Radiology 143(1)); a tie
    counts half. ½ is chance. None without an event or without a non-event.

    >>> auc(np.array([0.1, 0.4, 0.4, 0.9]), np.array([0, 0, 1, 1]))
    0.875
    """
    events = np.asarray(labels) > 0
    count, others = int(events.sum()), int((~events).sum())
    if not count or not others:
        return None
    ranks = rankdata(predicted)[events].sum()
    return float((ranks - count * (count + 1) / 2) / (count * others))


def auc_gain(one, other, labels):
    """Return (AUC of ``one`` less that of ``other``, its standard error).

    Paired over the same events: DeLong, DeLong and Clarke-Pearson (1988), Comparing
    the areas under two or more correlated receiver operating characteristic curves,
    Biometrics 44(3). (0, 0) where there are not two of each kind.

    >>> auc_gain(np.array([1, 2, 3, 4]), np.array([4, 3, 2, 1]), np.array([0, 0, 1, 1]))
    (1.0, 0.0)
    """
    events = np.asarray(labels) > 0
    if min(events.sum(), (~events).sum()) < 2:
        return 0.0, 0.0
    found = [_placements(said, events) for said in (one, other)]
    among, below = (a - b for a, b in zip(*found, strict=True))
    error = among.var(ddof=1) / among.size + below.var(ddof=1) / below.size
    return float(among.mean()), float(np.sqrt(error))


def _placements(said, events):
    """Return the share of the other kind each event is above, each other below."""
    ranks, inside = rankdata(said), np.empty(events.size)
    for kind in (events, ~events):
        inside[kind] = rankdata(np.asarray(said)[kind])
    share = (ranks - inside) / np.where(events, (~events).sum(), events.sum())
    return share[events], 1 - share[~events]


def brier(predicted, labels):
    """Return the mean squared error of probabilities (Brier 1950), None of nobody.

    >>> brier(np.array([0.0, 0.5]), np.array([0, 1]))
    0.125
    """
    if not len(labels):
        return None
    return float(np.mean((np.asarray(predicted) - labels) ** 2))


def tenths(predicted, actual):
    """Return mean predicted and mean actual by tenth of the predictions, lowest first.

    :return: list of dicts: ``customers``, mean ``predicted`` and mean ``actual``

    >>> tenths(np.array([0.9, 0.1]), np.array([1, 0]))[0]
    {'customers': 1, 'predicted': 0.1, 'actual': 0.0}
    """
    order = np.argsort(predicted, kind="stable")
    return [
        {
            "customers": int(part.size),
            "predicted": float(predicted[part].mean()),
            "actual": float(actual[part].mean()),
        }
        for part in np.array_split(order, 10)
        if part.size
    ]
