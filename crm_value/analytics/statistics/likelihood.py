"""Maximum likelihood over positive parameters, searched for on a log scale."""

import numpy as np
from scipy.optimize import minimize

BOUND = 12.0  # of |ln θ|: beyond, nothing distinguishable happens


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
        options={"maxiter": 1000, "ftol": 1e-12, "gtol": 1e-6},
    )
