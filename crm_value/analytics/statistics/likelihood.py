"""Maximum likelihood over positive parameters, searched for on a log scale."""

import numpy as np
from scipy.optimize import minimize

BOUND = 12.0  # of |ln θ|: beyond, nothing distinguishable happens
PRECISION = {"maxiter": 1000, "ftol": 1e-12, "gtol": 1e-6}
STEP = 1e-5  # of ln θ, for the curvature
FLAT = 1e-4  # of the curvature: no direction is stretched more than of this one


def fit(loss, size, *args):
    """Return scipy's account of the ``size`` logarithms that make a loss smallest.

    :param loss: function of ln θ and ``args`` → (loss, its gradient)

    >>> def square(point):
    ...     return float((point**2).sum()), 2 * point
    >>> fit(square, 2).x.tolist()
    [0.0, 0.0]
    """
    return minimize(
        loss,
        np.zeros(size),
        args=args,
        jac=True,
        method="L-BFGS-B",
        bounds=[(-BOUND, BOUND)] * size,
        options=PRECISION,
    )


def fit_many(loss, size, some, everything):
    """Return :func:`fit` of ``everything``, begun where ``some`` of it is likeliest.

    That lies near, and the loss curves alike there: measured in standard errors, the
    rest of the way takes a few steps.

    :param some, everything: ``args`` of the loss, of a few thousand rows and of all

    >>> def square(point, centre):
    ...     return float(((point - centre) ** 2).sum()), 2 * (point - centre)
    >>> fit_many(square, 2, (1.0,), (1.1,)).x.round(6).tolist()
    [1.1, 1.1]
    """
    near = fit(loss, size, *some)
    curved, directions = np.linalg.eigh(curvature(loss, near.x, *some))
    stretch = directions / np.sqrt(np.maximum(curved, FLAT))

    def stretched(away):
        value, slope = loss(near.x + stretch @ away, *everything)
        return value, slope @ stretch

    found = minimize(
        stretched, np.zeros(size), jac=True, method="L-BFGS-B", options=PRECISION
    )
    found.x = near.x + stretch @ found.x
    if near.success and found.success and (np.abs(found.x) < BOUND).all():
        return found
    return fit(loss, size, *everything)


def curvature(loss, at, *args):
    """Return the second derivatives of a loss, by differences of its gradient.

    >>> def square(point):
    ...     return float((point**2).sum()), 2 * point
    >>> curvature(square, np.zeros(2)).round(6).tolist()
    [[2.0, 0.0], [0.0, 2.0]]
    """
    here = loss(at, *args)[1]
    rows = [loss(at + aside, *args)[1] - here for aside in STEP * np.eye(at.size)]
    found = np.array(rows) / STEP
    return (found + found.T) / 2
