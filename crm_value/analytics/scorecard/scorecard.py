"""Scores of measures between 0 and 10, and their means upward.

A goal and a red flag make measures of all units comparable, as the balanced scorecard
needs it (Kaplan and Norton 1996, The Balanced Scorecard): the goal is two thirds of the
way, the red flag one third. A mean hides what it is made of, so the worst part goes
with it.
"""

from dataclasses import dataclass

import numpy as np

HIGHEST = 10.0
GOAL, RED = HIGHEST * 2 / 3, HIGHEST / 3  # scores of the goal and of the red flag
CLOSE = 1e-9  # a value that is its goal reaches it


@dataclass(frozen=True, slots=True)
class Rollup:
    """A score made of others, arrays without their last axis.

    :param score: weighted mean of those that are known, NaN where none is
    :param worst: index of the lowest score, -1 where none is known
    :param missing: how many are unknown
    """

    score: np.ndarray
    worst: np.ndarray
    missing: np.ndarray


def score(value, goal, red):
    """Return scores between 0 and 10; NaN where something is unknown or goal is red.

    Where the goal is below the red flag, less is better.

    >>> score([300, 500, 700, 900, 1500], 700, 500).round(2).tolist()
    [0.0, 3.33, 6.67, 10.0, 10.0]
    >>> score([2.0, np.nan], 2.0, 5.0).round(2).tolist()
    [6.67, nan]
    """
    value, goal, red = (np.asarray(part, float) for part in (value, goal, red))
    span = goal - red
    with np.errstate(invalid="ignore", divide="ignore"):
        way = np.where(span != 0, (value - red) / span, np.nan)
    return np.clip(RED * (1 + way), 0.0, HIGHEST)


def light(scores):
    """Return "good" from the goal on, "bad" below the red flag, "warn", "none" unknown.

    >>> light(score([700, 699, 500, 499, np.nan], 700, 500)).tolist()
    ['good', 'warn', 'warn', 'bad', 'none']
    """
    scores = np.asarray(scores, float)
    limits = [np.isnan(scores), scores >= GOAL - CLOSE, scores >= RED - CLOSE]
    return np.select(limits, ["none", "good", "warn"], "bad")


def rollup(scores, weights):
    """Return the Rollup of scores along their last axis.

    An unknown score gives its weight to the others.

    :param scores: shape (…, m), NaN unknown
    :param weights: at least 0, shape (m,) or like the scores

    >>> found = rollup([9.0, 3.0, np.nan], [2, 1, 5])
    >>> float(found.score), int(found.worst), int(found.missing)
    (7.0, 1, 1)
    """
    scores = np.asarray(scores, float)
    known = ~np.isnan(scores)
    weights = np.where(known, np.asarray(weights, float), 0.0)
    total = weights.sum(axis=-1)
    sums = (weights * np.where(known, scores, 0.0)).sum(axis=-1)
    mean = np.divide(sums, total, out=np.full(total.shape, np.nan), where=total > 0)
    return Rollup(mean, _worst(scores, known), (~known).sum(axis=-1))


def _worst(scores, known):
    """Return where the lowest known score stands; its weight does not matter."""
    if not scores.shape[-1]:
        return np.full(scores.shape[:-1], -1)
    lowest = np.where(known, scores, np.inf).argmin(axis=-1)
    return np.where(known.any(axis=-1), lowest, -1)
