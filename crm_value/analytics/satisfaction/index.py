"""A satisfaction index with its constructs and paths, once and on samples of people.

What items weigh in their construct is estimated (PLS) or given. Where the answers do
not determine a path model, the constructs' values are all there is.

Before: items that never vary and people who left out too much say nothing about the
model, and the few gaps that remain get the item's mean (Tenenhaus et al. 2005, section
4.2).
"""

from dataclasses import dataclass

import numpy as np

from . import pls
from .satisfaction import raw_weights

MOST_GAPS = 0.3  # of one person's answers


@dataclass(frozen=True, slots=True)
class CompleteCases:
    """Complete cases: the answers left after exclusion, k' items and c' constructs.

    :param data: without gaps, shape (n', k')
    :param structure: Structure of what is left
    :param items: positions of the items kept
    :param constructs: positions of the constructs kept
    :param people: positions of the people kept
    :param imputed: gaps that got the item's mean
    """

    data: np.ndarray
    structure: pls.Structure
    items: np.ndarray
    constructs: np.ndarray
    people: np.ndarray
    imputed: int


def complete_cases(data, structure):
    """Return the CompleteCases of answers with gaps (NaN), the rest imputed.

    :param data: answers, shape (n, k)
    :param structure: Structure of all k items
    :raise pls.NotEstimable: if nothing is left that could be linked

    >>> from numpy import nan
    >>> links = pls.Structure(np.eye(2, dtype=bool), np.eye(2, k=1, dtype=bool))
    >>> found = complete_cases([[1, 2], [2, nan], [3, 1], [nan, nan]], links)
    >>> found.data.tolist(), found.imputed
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
        raise pls.NotEstimable("unlinked")
    kept = kept[:, items]
    missing = np.isnan(kept)
    means = np.broadcast_to(np.nanmean(kept, axis=0), kept.shape)
    return CompleteCases(
        data=np.where(missing, means, kept),
        structure=pls.Structure(blocks[:, constructs], paths),
        items=items,
        constructs=constructs,
        people=people,
        imputed=int(missing.sum()),
    )


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the answers say, k items, c constructs.

    :param values: index 0–100 of each construct, shape (c,)
    :param shares: how much an item counts in its construct's value, they sum to 1 in
        each construct, shape (k,)
    :param loadings: correlation of each item with its construct, NaN unknown, (k,)
    :param paths: effect of row on column, NaN unknown, shape (c, c)
    :param total: direct plus indirect effects, shape (c, c)
    :param points: the same in points of the effect's index for a point of the cause's
    :param r2: explained variance, NaN where nothing acts, shape (c,)
    """

    values: np.ndarray
    shares: np.ndarray
    loadings: np.ndarray
    paths: np.ndarray
    total: np.ndarray
    points: np.ndarray
    r2: np.ndarray


def estimate(data, structure, weights=None, scheme="centroid"):
    """Return the Estimate of a path model.

    :param data: scores 0–100 without gaps, shape (n, k)
    :param structure: pls.Structure
    :param weights: of the items in their construct, shape (k,); None: by PLS
    :raise pls.NotEstimable: see :func:`pls.fit`

    >>> links = pls.Structure(np.eye(2, dtype=bool), np.eye(2, k=1, dtype=bool))
    >>> scores = [[0, 0], [50, 50], [100, 50], [50, 100]]
    >>> found = estimate(np.array(scores, float), links)
    >>> found.values.tolist(), found.paths[0, 1].round(2).item()
    ([50.0, 50.0], 0.5)
    """
    blocks = structure.blocks
    if weights is None:
        model = pls.fit(data, structure, scheme)
        raw = raw_weights((model.weights * blocks).sum(axis=1), data)
    else:
        model = pls.weighted(data, structure, weights)
        raw = np.asarray(weights, dtype=float)
    shares = _shares(raw, blocks)
    spread = ((shares * data) @ blocks).std(axis=0, ddof=1)
    return Estimate(
        values=(shares * data.mean(axis=0)) @ blocks,
        shares=shares,
        loadings=(model.loadings * blocks).sum(axis=1),
        paths=model.paths,
        total=model.total,
        points=model.total * spread / spread[:, None],
        r2=model.r2,
    )


def values_only(data, blocks, weights=None):
    """Return the Estimate of answers with gaps (NaN), without a path model.

    :param weights: of the items in their construct, shape (k,); None: equal

    >>> found = values_only(np.array([[100, np.nan], [0, 80.0]]), np.ones((2, 1), bool))
    >>> found.values.tolist(), found.shares.tolist()
    ([65.0], [0.5, 0.5])
    """
    items, size = blocks.shape
    known = ~np.isnan(data)
    count = known.sum(axis=0)
    total = np.where(known, data, 0.0).sum(axis=0)
    means = np.divide(total, count, out=np.full(items, np.nan), where=count > 0)
    raw = np.ones(items) if weights is None else np.asarray(weights, dtype=float)
    shares = _shares(np.where(count > 0, raw, 0.0), blocks)
    values = (shares * np.nan_to_num(means)) @ blocks
    unknown = np.full((size, size), np.nan)
    return Estimate(
        values=np.where((blocks & (count > 0)[:, None]).any(axis=0), values, np.nan),
        shares=shares,
        loadings=np.full(items, np.nan),
        paths=unknown,
        total=unknown,
        points=unknown,
        r2=np.full(size, np.nan),
    )


def samples(data, estimator, times, seed, part=0):
    """Return (values, paths, totals) of samples of the people, NaN not estimable.

    The same seed and part draw the same samples, so that a figure can be repeated and
    the work be done in parts.

    :param estimator: function of sampled data → Estimate
    :return: arrays of shapes (times, c), (times, c, c) and (times, c, c), None where no
        sample could be estimated

    >>> def mean(data):
    ...     return values_only(data, np.ones((1, 1), bool))
    >>> values, paths, totals = samples(np.array([[50.0], [50.0]]), mean, 3, seed=1)
    >>> values.tolist(), paths.shape
    ([[50.0], [50.0], [50.0]], (3, 1, 1))
    """
    rng = np.random.default_rng((seed, part))
    n = data.shape[0]
    found = []
    for _time in range(times):
        try:
            one = estimator(data[rng.integers(0, n, n)])
        except pls.NotEstimable:
            found.append(None)
            continue
        found.append((one.values, one.paths, one.total))
    known = next((one for one in found if one is not None), None)
    if known is None:
        return None
    empty = tuple(np.full(column.shape, np.nan) for column in known)
    rows = [one or empty for one in found]
    return tuple(np.array([row[at] for row in rows]) for at in range(3))


def _varies(data):
    """Return whether each item has two different answers."""
    low = np.where(np.isnan(data), np.inf, data).min(axis=0, initial=np.inf)
    high = np.where(np.isnan(data), -np.inf, data).max(axis=0, initial=-np.inf)
    return high > low


def _shares(raw, blocks):
    """Return weights that sum to 1 in each construct; equal where none counts."""
    raw = np.where(raw @ blocks > 0, raw[:, None] * blocks, blocks)
    total = raw.sum(axis=0)
    shares = np.divide(raw, total, out=np.zeros(blocks.shape), where=total > 0)
    return (shares * blocks).sum(axis=1)
