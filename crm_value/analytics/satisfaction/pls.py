"""Partial least squares path modelling: constructs measured by several items each.

Lohmöller (1989), Latent variable path modeling with partial least squares; Tenenhaus,
Esposito Vinzi, Chatelin and Lauro (2005), PLS path modeling, Computational Statistics
and Data Analysis 48(1). All constructs are measured reflectively (mode A).
"""

from dataclasses import dataclass

import numpy as np

SCHEMES = ("centroid", "factorial", "path")
TOLERANCE = 1e-6
MOST_ROUNDS = 300
FLAT = 1e-12  # a spread or correlation of rounding errors only


class NotEstimable(ValueError):
    """The answers do not determine the model.

    :param reason: "few" (answers), "constant" (item), "unlinked" (constructs), "order"
        (of constructs) or "unstable" (weights), for whoever tells it people
    :param figures: what it is about, by name
    """

    def __init__(self, reason, **figures):
        super().__init__(reason, figures)
        self.reason = reason
        self.figures = figures


@dataclass(frozen=True, slots=True)
class Structure:
    """Which items measure which construct, and which construct acts on which.

    :param blocks: whether an item measures a construct, bool, shape (items, constructs)
    :param paths: whether the construct of the row acts on that of the column, bool,
        shape (constructs, constructs); above the diagonal, so that causes come first
    """

    blocks: np.ndarray
    paths: np.ndarray

    @property
    def linked(self):
        """Whether two constructs are neighbours, whichever acts on the other."""
        return self.paths | self.paths.T


@dataclass(frozen=True, slots=True)
class Model:
    """What was estimated, k items, c constructs, n answers.

    :param weights: of the items in their construct's score, shape (k, c)
    :param loadings: correlation of each item with its construct, shape (k, c)
    :param paths: standardised effect of row on column, shape (c, c)
    :param r2: explained variance, NaN of constructs that nothing acts on, shape (c,)
    :param scores: standardised scores, shape (n, c)
    :param rounds: until it converged
    """

    weights: np.ndarray
    loadings: np.ndarray
    paths: np.ndarray
    r2: np.ndarray
    scores: np.ndarray
    rounds: int

    @property
    def total(self):
        """Direct plus indirect effects, shape (c, c): Σₖ Bᵏ of an acyclic model."""
        total, step = self.paths.copy(), self.paths
        for _longer in range(self.paths.shape[0] - 1):
            step = step @ self.paths
            total += step
        return total


def fit(data, structure, scheme="centroid", scaled=True):
    """Return the Model of complete answers.

    :param data: answers, floats without gaps, shape (n, items)
    :param structure: Structure
    :param scheme: how neighbours weigh: sign of the correlation (centroid), the
        correlation (factorial), or regression on causes and correlation with
        effects (path)
    :param scaled: give all items unit variance first
    :raise NotEstimable: an item that never varies, no more answers than items,
        constructs without anything in common, or no convergence
    :raise ValueError: another scheme than these

    >>> fit(np.eye(2), None, scheme="centre")
    Traceback (most recent call last):
    ValueError: unknown scheme centre: one of centroid, factorial, path
    """
    if scheme not in SCHEMES:
        known = ", ".join(SCHEMES)
        raise ValueError(f"unknown scheme {scheme}: one of {known}")
    answers = _prepared(np.asarray(data, dtype=float), scaled)
    weights, rounds = _outer_weights(answers, structure, scheme)
    scores = _standardised(answers @ weights)
    signs = _signs(answers, scores, structure.blocks)
    weights, scores = weights * signs, scores * signs
    spread = _spread(answers @ weights)
    paths, r2 = _regressions(scores, structure.paths)
    return Model(
        weights=weights / spread,
        loadings=_correlations(answers, scores) * structure.blocks,
        paths=paths,
        r2=r2,
        scores=scores,
        rounds=rounds,
    )


def weighted(data, structure, weights):
    """Return the Model of complete answers whose items weigh what is given.

    :param weights: of the items on the raw scale, not negative, shape (items,)
    :raise NotEstimable: as :func:`fit`

    >>> links = Structure(np.eye(2, dtype=bool), np.eye(2, k=1, dtype=bool))
    >>> found = weighted([[0, 0], [1, 1], [2, 1], [1, 2]], links, [1.0, 1.0])
    >>> found.paths[0, 1].round(2).item()
    0.5
    """
    answers = _prepared(np.asarray(data, dtype=float), scaled=False)
    outer = structure.blocks * np.asarray(weights, dtype=float)[:, None]
    spread = (answers @ outer).std(axis=0, ddof=1)
    if not (spread > 0).all():
        raise NotEstimable("unlinked")
    scores = _standardised(answers @ outer)
    paths, r2 = _regressions(scores, structure.paths)
    return Model(
        weights=outer / spread,
        loadings=_correlations(answers, scores) * structure.blocks,
        paths=paths,
        r2=r2,
        scores=scores,
        rounds=0,
    )


def _prepared(answers, scaled):
    """Centre the items and scale them; refuse what cannot be estimated."""
    n, items = answers.shape
    if n <= items:
        raise NotEstimable("few", n=n, needed=items + 1)
    spread = answers.std(axis=0, ddof=1)
    if not (spread > 0).all():
        raise NotEstimable("constant", item=int(np.argmin(spread > 0)))
    centred = answers - answers.mean(axis=0)
    return centred / spread if scaled else centred


def _outer_weights(answers, structure, scheme):
    """Weigh items by their covariance with the neighbours' view, until that stays."""
    weights = structure.blocks.astype(float)
    weights /= _spread(answers @ weights)
    for rounds in range(1, MOST_ROUNDS + 1):
        scores = _standardised(answers @ weights)
        seen = _standardised(scores @ _inner_weights(scores, structure, scheme))
        fresh = (answers.T @ seen / (answers.shape[0] - 1)) * structure.blocks
        fresh /= _spread(answers @ fresh)
        change = ((np.abs(fresh) - np.abs(weights)) ** 2).sum()
        weights = fresh
        if change < TOLERANCE:
            return weights, rounds
    raise NotEstimable("unstable", rounds=MOST_ROUNDS)


def _inner_weights(scores, structure, scheme):
    """Return how much each construct (row) counts in the view of each (column)."""
    correlation = np.corrcoef(scores, rowvar=False)
    if scheme == "centroid":
        return np.sign(correlation) * (np.abs(correlation) > FLAT) * structure.linked
    if scheme == "factorial":
        return correlation * structure.linked
    causes, _r2 = _regressions(scores, structure.paths)
    return causes + correlation * structure.paths.T


def _regressions(scores, paths):
    """Regress each construct on what acts on it.

    :return: (coefficients, shape (c, c); explained variance, NaN where nothing acts)
    """
    correlation = np.corrcoef(scores, rowvar=False)
    effects = np.zeros(paths.shape)
    r2 = np.full(paths.shape[0], np.nan)
    for target in np.flatnonzero(paths.any(axis=0)):  # a handful of constructs
        causes = np.flatnonzero(paths[:, target])
        slopes = np.linalg.lstsq(
            correlation[np.ix_(causes, causes)], correlation[causes, target], rcond=None
        )[0]
        effects[causes, target] = slopes
        r2[target] = slopes @ correlation[causes, target]
    return effects, r2


def _signs(answers, scores, blocks):
    """Return −1 for constructs that most of their items run against."""
    agreeing = np.sign(_correlations(answers, scores)) * blocks
    return np.where(agreeing.sum(axis=0) < 0, -1.0, 1.0)


def _correlations(items, scores):
    return _standardised(items).T @ scores / (items.shape[0] - 1)


def _standardised(columns):
    centred = columns - columns.mean(axis=0)
    return centred / _spread(centred)


def _spread(columns):
    """Return the deviation of each column; what has none says nothing of the others.

    Items of a construct can cancel out, and its neighbours tell nothing about it.
    """
    spread = columns.std(axis=0, ddof=1)
    if not (spread > FLAT).all():
        raise NotEstimable("unlinked")
    return spread
