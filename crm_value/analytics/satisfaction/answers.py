"""Answers to a questionnaire, made ready for a path model.

Items that never vary and people who left out too much say nothing about the model. The
few gaps that remain get the item's mean (Tenenhaus et al. 2005, section 4.2).
"""

from dataclasses import dataclass

import numpy as np

from .pls import NotEstimable, Structure

MOST_GAPS = 0.3  # of one person's answers


@dataclass(frozen=True, slots=True)
class Usable:
    """What is left of the answers, k' items and c' constructs.

    :param data: without gaps, shape (n', k')
    :param structure: Structure of what is left
    :param items: positions of the items kept
    :param constructs: positions of the constructs kept
    :param people: positions of the people kept
    :param filled: gaps that got the item's mean
    """

    data: np.ndarray
    structure: Structure
    items: np.ndarray
    constructs: np.ndarray
    people: np.ndarray
    filled: int


def usable(data, structure):
    """Return the Usable part of answers with gaps (NaN).

    :param data: answers, shape (n, k)
    :param structure: Structure of all k items
    :raise NotEstimable: if nothing is left that could be linked

    >>> from numpy import nan
    >>> links = Structure(np.eye(2, dtype=bool), np.array([[False, True], [False] * 2]))
    >>> found = usable([[1, 2], [2, nan], [3, 1], [nan, nan]], links)
    >>> found.data.tolist(), found.filled
    ([[1.0, 2.0], [3.0, 1.0]], 0)
    """
    data = np.asarray(data, dtype=float)
    gaps = np.isnan(data)
    people = np.flatnonzero(gaps.mean(axis=1) <= MOST_GAPS)
    kept = data[people]
    items = np.flatnonzero(_varies(kept))
    blocks = structure.blocks[items]
    constructs = np.flatnonzero(blocks.any(axis=0))
    paths = structure.paths[np.ix_(constructs, constructs)]
    if not paths.any():
        raise NotEstimable("unlinked")
    kept = kept[:, items]
    missing = np.isnan(kept)
    means = np.broadcast_to(np.nanmean(kept, axis=0), kept.shape)
    return Usable(
        data=np.where(missing, means, kept),
        structure=Structure(blocks[:, constructs], paths),
        items=items,
        constructs=constructs,
        people=people,
        filled=int(missing.sum()),
    )


def _varies(data):
    """Return whether each item has two different answers."""
    low = np.where(np.isnan(data), np.inf, data).min(axis=0, initial=np.inf)
    high = np.where(np.isnan(data), -np.inf, data).max(axis=0, initial=-np.inf)
    return high > low
