"""Retention economics: customer value at a constant retention rate.

Gupta, Lehmann and Stuart (2004), Valuing customers, Journal of Marketing Research
41(1): one more point of retention moves the value of a firm more than one of margin or
of acquisition cost. Reichheld and Sasser (1990), Zero defections, Harvard Business
Review 68(5). Nobody's retention is the same each year; new customers leave sooner.
"""

import numpy as np
from scipy.special import ndtri

from ..forecast.clv import contract_value

YEAR_DAYS = 365
FEW = 30  # customers below which a rate says little


def wilson(kept, of, level=0.95):
    """Return the interval (low, high) of a share, by Wilson (1927), NaN of nothing.

    It stays within 0 and 1 and is honest where all or nobody stayed.

    :param kept: how many stayed; :param of: of how many
    :param level: probability that the interval shall hold the true share

    >>> [np.round(edge, 3).tolist() for edge in wilson(np.array([40, 0]), [40, 0])]
    [[0.912, nan], [1.0, nan]]
    """
    kept, of = np.asarray(kept, dtype=float), np.asarray(of, dtype=float)
    z = ndtri((1 + level) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = kept / of
        middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
        spread = np.sqrt(share * (1 - share) / of + (z / (2 * of)) ** 2)
        spread *= z / (1 + z**2 / of)
    return np.clip(middle - spread, 0.0, 1.0), np.clip(middle + spread, 0.0, 1.0)


def yearly(rate, days):
    """Return the retention of a year that gives ``rate`` over some days.

    >>> yearly(np.array([0.9, 1.0]), YEAR_DAYS / 2).round(4).tolist()
    [0.81, 1.0]
    """
    return np.asarray(rate, dtype=float) ** (YEAR_DAYS / days)


def expected_life(retention):
    """Return the years a customer stays on average, 1 / (1 − ρ); NaN at ρ = 1.

    >>> expected_life(np.array([0.8, 0.0, 1.0])).round(2).tolist()
    [5.0, 1.0, nan]
    """
    churn = 1 - np.asarray(retention, dtype=float)
    with np.errstate(divide="ignore"):
        return np.where(churn > 1e-9, 1 / churn, np.nan)


def worth_of_points(customers, margin, retention, rate, points):
    """Return what all customers are worth more at a higher (or lower) retention.

    n · (v(ρ + p) − v(ρ)) with v = m·ρ / (1 + d − ρ); ρ + p stays within 0 and 1.

    :param customers: n, shape (k,); :param margin: m, of a customer's year
    :param retention: ρ of a year; :param rate: d, discount rate of a year
    :param points: p, as shares, shape (j,)
    :return: shape (k, j), NaN where a value would have no bound

    >>> worth_of_points([10], [100.0], [0.8], 0.1, [-0.01, 0.0, 0.01]).round(1).tolist()
    [[-118.3, 0.0, 126.4]]
    """
    customers, margin, retention = (
        np.asarray(column, dtype=float)[:, None]
        for column in (customers, margin, retention)
    )
    moved = np.clip(retention + np.asarray(points, dtype=float), 0.0, 1.0)
    more = bounded_value(margin, moved, rate) - bounded_value(margin, retention, rate)
    return customers * more


def bounded_value(margin, retention, rate):
    """Return clv.contract_value, NaN where nobody leaves and nothing is discounted.

    >>> bounded_value(100.0, np.array([0.5, 1.0]), 0.0).tolist()
    [100.0, nan]
    """
    retention = np.asarray(retention, dtype=float)
    bounded = np.where(1 + rate - retention > 1e-9, retention, np.nan)
    return contract_value(margin, bounded, rate)
