"""Which constructs the answers tell apart, and which effects they do not determine.

Henseler, Ringle and Sarstedt (2015), A new criterion for assessing discriminant
validity in variance-based structural equation modeling, Journal of the Academy of
Marketing Science 43(1): the heterotrait-monotrait ratio (HTMT) of item correlations,
between two constructs to within each, estimates what the constructs themselves
correlate. From 0.90 on they are hard to tell apart, at 1 the items of two are those of
one.

An effect is a regression, and causes that go together leave it open which one acts:
Hair, Ringle and Sarstedt (2011), PLS-SEM: indeed a silver bullet, Journal of Marketing
Theory and Practice 19(2), a variance inflation factor of 5 and more.
"""

from dataclasses import dataclass

import numpy as np

HARD = 0.90  # HTMT from which two constructs are hard to tell apart
SAME = 1.0  # HTMT from which they cannot be told apart, if they share half of variance
INFLATED = 5.0  # variance inflation factor
SHARED = 1 - 1 / INFLATED  # variance shared by two constructs at that factor
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Distinction:
    """How well answers tell constructs apart, c constructs.

    :param htmt: heterotrait-monotrait ratio, NaN not known, shape (c, c)
    :param correlation: of the constructs' scores, shape (c, c)
    :param same: whether two constructs cannot be told apart, shape (c, c)
    :param hard: whether two are hard to tell apart, the same ones not, shape (c, c)
    """

    htmt: np.ndarray
    correlation: np.ndarray
    same: np.ndarray
    hard: np.ndarray


def htmt(data, blocks):
    """Return the HTMT of each two constructs, NaN not known, shape (c, c).

    A construct of one item has nothing within: it counts as measured exactly.

    :param data: complete answers, shape (n, k)
    :param blocks: whether an item measures a construct, shape (k, c)

    >>> rows = np.array([[1, 1, 2], [2, 3, 1], [3, 2, 3], [4, 4, 4.0]])
    >>> htmt(rows, np.array([[1, 0], [1, 0], [0, 1]], bool)).round(3).tolist()
    [[nan, 0.671], [0.671, nan]]
    """
    size = blocks.shape[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        strength = np.abs(np.corrcoef(data, rowvar=False)).reshape(len(blocks), -1)
        counts = blocks.sum(axis=0).astype(float)
        sums = blocks.T @ strength @ blocks.astype(float)
        pairs = counts * (counts - 1)
        within = np.where(pairs > 0, (np.diag(sums) - counts) / pairs, 1.0)
        found = sums / np.outer(counts, counts) / np.sqrt(np.outer(within, within))
    found[np.eye(size, dtype=bool)] = np.nan
    return found


def distinguish(data, blocks, shares):
    """Return the Distinction of constructs by complete answers.

    :param shares: how much an item counts in its construct, shape (k,)

    >>> rows = np.array([[1, 1, 2], [2, 2, 1], [3, 3, 3], [4, 4, 4.0]])
    >>> found = distinguish(rows, np.eye(3, dtype=bool), np.ones(3))
    >>> found.same.tolist()
    [[False, True, False], [True, False, False], [False, False, False]]
    """
    ratio = htmt(data, blocks)
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = data @ (shares[:, None] * blocks)
        correlation = np.corrcoef(scores, rowvar=False).reshape(ratio.shape)
        shared = np.where(np.eye(len(ratio), dtype=bool), 0, correlation**2)
        same = (shared >= SHARED) | ((ratio >= SAME) & (shared >= HALF))
        hard = (ratio >= HARD) & ~same
    return Distinction(ratio, correlation, same, hard)


def undetermined(distinction, paths):
    """Return which paths the answers do not determine, shape (c, c).

    Those between constructs that are the same, those of a cause that is the same as
    another cause of the effect, and those of a cause that the others tell almost whole.

    :param paths: whether row acts on column, shape (c, c)

    >>> rows = np.array([[1, 1, 2], [2, 2, 1], [3, 3, 3], [4, 4, 4.0]])
    >>> found = distinguish(rows, np.eye(3, dtype=bool), np.ones(3))
    >>> undetermined(found, np.triu(np.ones((3, 3), bool), 1)).tolist()
    [[False, True, True], [False, False, True], [False, False, False]]
    """
    twins = (distinction.same.astype(int) @ paths.astype(int)) > 0
    found = paths & (distinction.same | twins)
    for effect in np.flatnonzero(paths.any(axis=0)):  # a handful of constructs
        causes = np.flatnonzero(paths[:, effect])
        among = distinction.correlation[np.ix_(causes, causes)]
        found[causes, effect] |= _inflation(among) >= INFLATED
    return found


def _inflation(correlation):
    """Return the variance inflation factors: the diagonal of the inverse."""
    if np.linalg.matrix_rank(correlation, hermitian=True) < len(correlation):
        return np.full(len(correlation), np.inf)
    return np.diag(np.linalg.inv(correlation))


def unreachable(hidden, paths, target):
    """Return whose total effect on a construct rests on a path that is not determined.

    >>> hidden = np.zeros((3, 3), bool)
    >>> hidden[1, 2] = True
    >>> unreachable(hidden, np.eye(3, k=1, dtype=bool), 2).tolist()
    [True, True, False]
    """
    reach = np.eye(len(paths), dtype=int) + paths
    reach = np.linalg.matrix_power(reach, len(paths)) > 0
    through = hidden & reach[:, target]  # paths that lead on to the target
    return (reach.astype(int) @ through.sum(axis=1)) > 0
