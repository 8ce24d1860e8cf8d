"""Tie-safe percentile scores and the scales they are read from.

A *scale* is the empirical distribution of one figure, thinned to a bounded number of
knots. A full run fits it; a refresh of a few customers reads the same scale, so that
both give one customer the same number. Equal values always share a score, which
NTILE does not guarantee.

The percent rank is Hazen's (1914) plotting position, (mean rank − ½) / n: symmetric,
strictly between 0 and 100, and ½ for a single customer.
"""

from dataclasses import dataclass

import numpy as np

MAX_KNOTS = 1001
FEWEST = 5  # values that customers are compared by: a fifth of fewer holds nobody


@dataclass(frozen=True, slots=True)
class Scale:
    """Distinct values in ascending order and the percent rank (0–100) of each."""

    knots: np.ndarray
    percents: np.ndarray

    def to_json(self):
        """Return the scale as plain lists, for storage."""
        return {"knots": self.knots.tolist(), "percents": self.percents.tolist()}

    @classmethod
    def from_json(cls, data):
        """Rebuild a scale from :meth:`to_json`."""
        return cls(
            np.array(data["knots"], dtype=float),
            np.array(data["percents"], dtype=float),
        )


def fit_scale(values, max_knots=MAX_KNOTS, fewest=1):
    """Fit the percentile scale of ``values``; unknown (NaN) values are left out.

    With at most ``max_knots`` distinct values the scale is exact. Beyond that it keeps
    knots at even steps of rank, both ends included, and reads between them linearly.

    :param values: shape (n,), any unit
    :param fewest: known values that make a scale
    :return: Scale with at most ``max_knots`` knots, empty if too little is known

    >>> scale = fit_scale(np.array([10.0, 20.0, 20.0, 40.0]))
    >>> scale.percents.tolist()
    [12.5, 50.0, 87.5]
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if known.size < max(fewest, 1):
        return Scale(np.empty(0), np.empty(0))
    knots, counts = np.unique(known, return_counts=True)
    percents = 100 * (np.cumsum(counts) - counts / 2) / known.size
    if knots.size > max_knots:
        kept = _even_in_rank(percents, max_knots)
        knots, percents = knots[kept], percents[kept]
    return Scale(knots, percents)


def _even_in_rank(percents, max_knots):
    """Return positions of knots at even steps of rank, first and last included."""
    targets = np.linspace(percents[0], percents[-1], max_knots)
    return np.unique(np.searchsorted(percents, targets).clip(0, percents.size - 1))


def percent(scale, values):
    """Return the percentile score 0–100 of ``values``; unknown stays NaN.

    >>> scale = fit_scale(np.array([10.0, 20.0, 20.0, 40.0]))
    >>> percent(scale, np.array([20.0, 30.0, np.nan])).tolist()
    [50.0, 68.75, nan]
    """
    values = np.asarray(values, dtype=float)
    if not scale.knots.size:
        return np.full(values.shape, np.nan)
    scores = np.interp(values, scale.knots, scale.percents)
    return np.where(np.isnan(values), np.nan, scores)


def from_floor(scores, values, floor):
    """Return the scores, 0 for those at the floor or below it.

    Half of those who share a place stand above it by the middle of their ranks. Of
    whom there is nothing, nobody stands above anybody.

    >>> from_floor(np.array([25.0, 25.0, 80.0]), np.array([0.0, 0.0, 7.0]), 0).tolist()
    [0.0, 0.0, 80.0]
    """
    return np.where(np.asarray(values) <= floor, np.minimum(scores, 0.0), scores)


def by_intervals(bounds, scores, values):
    """Return the score of the interval each value falls in; unknown stays NaN.

    :param bounds: lower bounds in ascending order, shape (k,); a value below the
        first bound gets the first score
    :param scores: score 0–100 of each interval, shape (k,)

    >>> by_intervals([0, 7, 30], [100, 60, 0], np.array([-2.0, 7.0, 45.0])).tolist()
    [100.0, 60.0, 0.0]
    """
    values = np.asarray(values, dtype=float)
    if not len(bounds):
        return np.full(values.shape, np.nan)
    position = np.searchsorted(np.asarray(bounds, float), values, side="right") - 1
    found = np.asarray(scores, dtype=float)[position.clip(0, len(bounds) - 1)]
    return np.where(np.isnan(values), np.nan, found)
