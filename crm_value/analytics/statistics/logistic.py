"""Logistic regression: how the odds of an event follow from features.

Cox (1958), The regression analysis of binary sequences, Journal of the Royal
Statistical Society B 20(2); fitted by Newton's method, that is by least squares
weighted anew in each step (Hosmer and Lemeshow, Applied Logistic Regression). A ridge
keeps features that say the same thing from large coefficients of opposite signs (le
Cessie and van Houwelingen 1992).
"""

import numpy as np

STEPS, EXACT = 50, 1e-10
RIDGE = 1.0


def fit(features, labels, ridge=RIDGE):
    """Return (intercept, coefficients) of the most probable fit.

    Maximised is Σ ln P(labels) − ridge ÷ 2 × Σ coefficient², and half an event and half
    a non-event at features of zero: so the chances stay within 0 and 1 whatever the
    labels are. The features should be standardised.

    :param features: shape (n, k)
    :param labels: shape (n,), 1 where the event came, else 0

    >>> intercept, slopes = fit(np.array([[-1.0], [0], [1]]), np.array([0, 1, 1]))
    >>> round(intercept, 3), slopes.round(3).tolist()
    (0.54, [0.689])
    >>> fit(np.zeros((0, 1)), np.zeros(0))[0], fit(np.zeros((4, 0)), np.ones(4))[0] > 2
    (0.0, True)
    """
    design, labels, weights = _with_prior(features, labels)
    penalty = np.full(design.shape[1], float(ridge))
    penalty[0] = 0.0
    theta = np.zeros(design.shape[1])
    value = _objective(theta, design, labels, weights, penalty)
    for _step in range(STEPS):
        step = _newton_step(theta, design, labels, weights, penalty)
        theta, found = _climb(theta, value, step, design, labels, weights, penalty)
        if found - value <= EXACT * (1 + abs(value)):
            break
        value = found
    return float(theta[0]), theta[1:]


def _with_prior(features, labels):
    """Return (design with a column of ones, labels, weights), the prior's rows last."""
    size, count = features.shape
    design = np.zeros((size + 2, count + 1))
    design[:, 0] = 1.0
    design[:size, 1:] = features
    return design, np.append(labels, [0.0, 1.0]), np.append(np.ones(size), [0.5, 0.5])


def _objective(theta, design, labels, weights, penalty):
    log_odds = design @ theta
    likely = labels * log_odds - np.logaddexp(0.0, log_odds)
    return float(weights @ likely - penalty @ theta**2 / 2)


def _newton_step(theta, design, labels, weights, penalty):
    chance = probability(design @ theta)
    slope = design.T @ (weights * (labels - chance)) - penalty * theta
    curve = (design.T * (weights * chance * (1 - chance))) @ design + np.diag(penalty)
    return np.linalg.lstsq(curve, slope, rcond=None)[0]


def _climb(theta, value, step, *given):
    """Return (theta, objective) after the step, halved until it is no step down."""
    for halved in range(30):
        moved = theta + step / 2**halved
        found = _objective(moved, *given)
        if found >= value:
            return moved, found
    return theta, value


def probability(log_odds):
    """Return the chance that stands for log odds, without overflow.

    >>> probability(np.array([0.0, -1000.0, 1000.0])).tolist()
    [0.5, 0.0, 1.0]
    """
    return (1 + np.tanh(np.asarray(log_odds) / 2)) / 2
