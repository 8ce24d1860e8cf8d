"""The likelihood of all customers together, as a function of ln θ, and its curvature.

Equal histories are counted once. The gamma functions of the BG/NBD likelihood depend on
x alone, of which there are a hundred different values among a million customers.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from ..statistics import likelihood
from ..statistics.grouping import blocks, count_rows, starts_of_runs
from . import bgnbd, paretonbd

PRIOR_SD = 3.0  # of ln θ, in scaled units; wide, but it keeps θ finite


@dataclass(frozen=True, slots=True)
class Sample:
    """Distinct histories.

    :param rows: (x, t_x, T), shape (groups,), x ascending
    :param counts: customers of each
    :param xs: the distinct x
    :param x_counts: customers of each
    :param k: regularity, see :mod:`bgnbd`
    """

    rows: tuple
    counts: np.ndarray
    xs: np.ndarray
    x_counts: np.ndarray
    k: int = 1

    @property
    def n(self):
        """Customers."""
        return float(self.counts.sum())


def sample(x, t_x, T, scale=1.0, k=1):
    """Return the Sample of histories, their times multiplied by ``scale``.

    >>> found = sample(*np.array([[0, 0, 1], [0.0, 0.0, 2.0], [9.0, 9.0, 9.0]]))
    >>> found.counts.tolist(), found.xs.tolist(), found.n
    ([2.0, 1.0], [0.0, 1.0], 3.0)
    """
    x, t_x, T, counts = count_rows(x, t_x, T)
    return _of((x, t_x * scale, T * scale), counts.astype(float), k)


def thinned(data, most):
    """Return the Sample of at most ``most`` of its histories, evenly picked.

    >>> found = sample(*np.array([[0, 0, 1], [0.0, 0.0, 2.0], [9.0, 8.0, 9.0]]))
    >>> thinned(found, 2).rows[0].tolist()
    [0.0, 1.0]
    """
    step = slice(None, None, -(-data.counts.size // most))
    return _of(tuple(row[step] for row in data.rows), data.counts[step], data.k)


def _of(rows, counts, k):
    starts = starts_of_runs(rows[0])
    of_x = np.add.reduceat(counts, starts)
    return Sample(rows, counts, rows[0][starts], of_x, k)


def total(model, theta, data):
    """Return ln L of all customers and its gradient by θ, shape (4,).

    :param str model: "bg", "mbg" or "pareto"
    :param data: Sample
    """
    value, slope, part = 0.0, np.zeros(4), paretonbd.log_likelihood
    if model != "pareto":
        modified = model == "mbg"
        of_x, slopes_of_x = bgnbd.frequency_part(theta, data.xs, modified, data.k)
        value = weighed(of_x, data.x_counts)
        slope = weighed(slopes_of_x, data.x_counts)
        part = partial(bgnbd.time_part, modified=modified, k=data.k)
    for rows in blocks(data.counts.size):
        found, slopes = part(theta, *(column[rows] for column in data.rows))
        value += weighed(found, data.counts[rows])
        slope += [weighed(row, data.counts[rows]) for row in slopes]
    return value, slope


def weighed(values, counts):
    """Return the sums of values × counts along the last axis.

    Not by ``@``: the threads of BLAS cost several times what they save here.

    >>> weighed(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 10.0])).tolist()
    [21.0, 43.0]
    """
    return np.einsum("...i,i->...", values, counts)


def loss(log_theta, model, data, prior):
    """Return the negative penalised mean log-likelihood and its gradient by ln θ."""
    theta, n = np.exp(log_theta), data.n
    value, slope = total(model, theta, data)
    found, gradient = -value / n, -slope * theta / n
    if prior:
        found += log_theta @ log_theta / (2 * PRIOR_SD**2 * n)
        gradient += log_theta / (PRIOR_SD**2 * n)
    return found, gradient


def drawn(away, centre, sd, model, data):
    """Return the negative log posterior and its gradient by ``away``.

    :param away: ln θ − ln ``centre`` in units of ``sd``, normal beforehand
    """
    theta = centre * np.exp(sd * away)
    value, slope = total(model, theta, data)
    return away @ away / 2 - value, away - slope * theta * sd


def covariance(log_theta, model, data, prior):
    """Return the covariance of ln θ from the curvature at the maximum, shape (4, 4).

    A direction the data do not curve in is as uncertain as the prior lets it be.
    """
    found = likelihood.curvature(loss, log_theta, model, data, prior) * data.n
    curvature, directions = np.linalg.eigh(found)
    spread = 1 / np.maximum(curvature, 1 / PRIOR_SD**2)
    return directions * spread @ directions.T
