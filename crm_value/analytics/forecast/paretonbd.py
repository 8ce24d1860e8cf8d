"""Pareto/NBD: customers buy at random, and may leave at any moment.

Schmittlein, Morrison and Colombo (1987), Counting your customers: who are they and
what will they do next?, Management Science 33(1). Symbols as in :mod:`bgnbd`,
parameters come as (r, α, s, β).

The likelihood holds an integral over the unknown moment of leaving. The papers write it
with hypergeometric functions, which lose all digits far out and have no derivative by
their parameters. Here it is summed by Gauss and Legendre's rule, so that value and
gradient are exact to rounding everywhere.
"""

import numpy as np
from scipy.special import digamma, expit, gammaln

NODES, WEIGHTS = np.polynomial.legendre.leggauss(32)
NEGLIGIBLE = 45.0  # e^-45 of the integrand's start adds nothing to a double
NEAR_ONE = 1e-7


def log_likelihood(theta, x, t_x, T):
    """Return ln L of each customer and its gradient by the parameters.

    Schmittlein et al. (1987), with the moment of leaving integrated out:
    L = Γ(r+x) α^r β^s / Γ(r) · [(α+T)^-(r+x) (β+T)^-s + s·I], where I is the integral
    of (α+u)^-(r+x) (β+u)^-(s+1) over u from t_x to T.

    :param theta: (r, α, s, β), all > 0
    :param x, t_x, T: arrays of shape (n,)
    :return: (shape (n,), shape (4, n))

    >>> zero, one = np.zeros(1), np.ones(1)
    >>> value, _slope = log_likelihood((1.0, 1.0, 1.0, 1.0), zero, zero, one)
    >>> round(float(np.exp(value)[0]), 6)
    0.625
    """
    r, alpha, s, beta = theta
    alive = -(r + x) * np.log(alpha + T) - s * np.log(beta + T)
    log_integral, means = _leaving(theta, x, t_x, T)
    gone = np.log(s) + log_integral
    either = np.logaddexp(alive, gone)
    value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + either
    stay, leave = np.exp(alive - either), np.exp(gone - either)
    log_a, inverse_a, log_b, inverse_b = means
    slope = np.stack(
        (
            digamma(r + x)
            - digamma(r)
            + np.log(alpha)
            - stay * np.log(alpha + T)
            - leave * log_a,
            r / alpha - (r + x) * (stay / (alpha + T) + leave * inverse_a),
            np.log(beta) - stay * np.log(beta + T) + leave * (1 / s - log_b),
            s / beta - stay * s / (beta + T) - leave * (s + 1) * inverse_b,
        )
    )
    return value, slope


def _leaving(theta, x, t_x, T):
    """Integrate over the moment of leaving, u from t_x to T.

    :return: (ln of the integral, −inf where t_x = T; the means of ln(α+u), 1/(α+u),
        ln(β+u) and 1/(β+u) under the integrand)
    """
    r, alpha, s, beta = theta
    end = np.minimum(T, _horizon(alpha, t_x, NEGLIGIBLE / (r + x)))
    end = np.minimum(end, _horizon(beta, t_x, NEGLIGIBLE / s))
    # In the logarithm of time the integrand is smooth over all its orders of magnitude.
    shift = min(alpha, beta)
    width = np.log((shift + end) / (shift + t_x))
    log_a0, log_b0 = np.log(alpha + t_x), np.log(beta + t_x)
    total, sums = np.zeros_like(t_x), np.zeros((4, *t_x.shape))
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        u = (shift + t_x) * np.exp(width * (1 + node) / 2) - shift
        log_a, log_b = np.log(alpha + u), np.log(beta + u)
        fall = (r + x) * (log_a0 - log_a) + (s + 1) * (log_b0 - log_b)
        share = weight * np.exp(fall) * (shift + u)
        total += share
        for row, term in zip(
            sums, (log_a, 1 / (alpha + u), log_b, 1 / (beta + u)), strict=True
        ):
            row += share * term
    with np.errstate(divide="ignore"):
        log_integral = np.log(total * width / 2) - (r + x) * log_a0 - (s + 1) * log_b0
    return log_integral, sums / total


def _horizon(shift, t_x, exponent):
    """Return the time at which (shift + u) has grown by e^exponent since t_x."""
    return (shift + t_x) * np.exp(np.minimum(exponent, 600.0)) - shift


def probability_alive(theta, x, t_x, T):
    """Return the probability that a customer has not left, shape (n,).

    >>> theta = (0.553, 10.578, 0.606, 11.669)
    >>> probability_alive(theta, *np.array([[2], [30.43], [38.86]])).round(2).tolist()
    [0.87]
    """
    r, alpha, s, beta = theta
    log_integral, _means = _leaving(theta, x, t_x, T)
    odds = np.log(s) + log_integral + (r + x) * np.log(alpha + T) + s * np.log(beta + T)
    return expit(-odds)


def probability_none(theta, t, x, t_x, T):
    """Return the probability of no purchase within the next ``t``, shape (n,).

    Who is alive at T buys nothing until T + t, or leaves before without a purchase.

    >>> theta = (1.0, 1.0, 1.0, 1.0)
    >>> probability_none(theta, 1.0, *np.zeros((3, 1))).round(3).tolist()
    [0.625]
    """
    r, alpha, s, beta = theta
    end = T + t
    log_integral, _means = _leaving(theta, x, T, end)
    inactive = -(r + x) * np.log(alpha + end) - s * np.log(beta + end)
    either = np.logaddexp(inactive, np.log(s) + log_integral)
    either += (r + x) * np.log(alpha + T) + s * np.log(beta + T)
    return 1 - probability_alive(theta, x, t_x, T) * (1 - np.exp(either))


def expected_purchases(theta, t, x, t_x, T):
    """Return the purchases to expect within the next ``t``, shape (n,).

    Schmittlein, Morrison and Colombo (1987), equation 22.

    >>> theta = (0.553, 10.578, 0.606, 11.669)
    >>> found = expected_purchases(theta, 39, *np.array([[2], [30.43], [38.86]]))
    >>> found.round(2).tolist()
    [1.46]
    """
    r, alpha, s, beta = theta
    rate = (r + x) / (alpha + T)
    # (1 - e^-(s-1)y) / (s - 1), which is y where s is 1
    y = np.log1p(t / (beta + T))
    lifetime = y if abs(s - 1) < NEAR_ONE else -np.expm1((1 - s) * y) / (s - 1)
    return rate * (beta + T) * lifetime * probability_alive(theta, x, t_x, T)
