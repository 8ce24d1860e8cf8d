"""BG/NBD and MBG/NBD: customers buy at random, and may leave after a purchase.

Fader, Hardie and Lee (2005), "Counting your customers" the easy way, Marketing Science
24(2); Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison of
models for customer base analysis, IJRM 24(3). The modified model lets a customer leave
after the very first purchase too, so a one-time buyer is not certain to be alive.

``x`` repeat purchases, ``t_x`` time of the last one, ``T`` age of the customer, all
counted from the first purchase in one unit of time. Parameters come as (r, α, a, b).
"""

import numpy as np
from scipy.special import betainc, betaln, digamma, expit, gammaln, hyp2f1

# Where a meets 1 the expectation divides zero by zero: average both sides.
NEAR_ONE = 1e-5
STEP_ASIDE = 1e-4
NODES, WEIGHTS = np.polynomial.legendre.leggauss(128)
ROUNDED = 1e-8
TINY = 1e-12  # nearer to 0 or 1 than this, a probability to leave is as good as that


def log_likelihood(theta, x, t_x, T, modified=False):
    """Return ln L of each customer and its gradient by the parameters.

    BG: equation 6 of Fader, Hardie and Lee (2005). MBG: equation 7 of Batislam et al.

    :param theta: (r, α, a, b), all > 0
    :param x, t_x, T: arrays of shape (n,)
    :return: (shape (n,), shape (4, n))

    >>> value, _slope = log_likelihood((1.0, 1.0, 1.0, 1.0), *np.ones((3, 1)))
    >>> round(float(np.exp(value)[0]), 6)
    0.25
    """
    value, slope = frequency_part(theta, x, modified)
    of_times, slopes = time_part(theta, x, t_x, T, modified)
    return value + of_times, slope + np.stack(slopes)


def frequency_part(theta, x, modified=False):
    """Return the terms of :func:`log_likelihood` that x alone decides.

    >>> value, _slope = frequency_part((1.0, 1.0, 1.0, 1.0), np.zeros(1))
    >>> value.tolist()
    [0.0]
    """
    r, alpha, a, b = theta
    stays = b + x + modified
    value = (
        gammaln(r + x)
        - gammaln(r)
        + r * np.log(alpha)
        + gammaln(stays)
        - gammaln(a + stays)
        + gammaln(a + b)
        - gammaln(b)
    )
    together = digamma(a + b) - digamma(a + stays)
    slope = (
        digamma(r + x) - digamma(r) + np.log(alpha),
        np.full(x.shape, r / alpha),
        together,
        together + digamma(stays) - digamma(b),
    )
    return value, np.stack(slope)


def time_part(theta, x, t_x, T, modified=False):
    """Return the other terms: the customer is still there, or left at t_x.

    :return: (shape (n,), four rows of shape (n,))

    >>> value, _slope = time_part((1.0, 1.0, 1.0, 1.0), *np.array([[0], [0.0], [1.0]]))
    >>> value.round(3).tolist()
    [-0.693]
    """
    r, alpha, a, b = theta
    may_leave = (x > 0) | modified
    last = np.where(may_leave, b + x - 1 + modified, 1.0)
    until, since = np.log(alpha + T), np.log(alpha + t_x)
    inactivity = until - since
    # Log odds of having left, over staying.
    lead = (r + x) * inactivity + np.log(a) - np.log(last)
    small = np.exp(-np.abs(lead))
    leave = np.where(lead > 0, 1.0, small) / (1 + small) * may_leave
    either = np.where(may_leave, np.maximum(lead, 0.0) + np.log1p(small), 0.0)
    value = either - (r + x) * until
    return value, (
        leave * inactivity - until,
        -(r + x) * ((1 - leave) / (alpha + T) + leave / (alpha + t_x)),
        leave / a,
        -leave / last,
    )


def probability_alive(theta, x, t_x, T, modified=False):
    """Return the probability that a customer has not left, shape (n,).

    BG: Fader, Hardie and Lee (2008), Computing P(alive) using the BG/NBD model.

    >>> theta = (0.243, 4.414, 0.793, 2.426)
    >>> probability_alive(theta, *np.array([[26], [30.857], [31]])).round(3).tolist()
    [0.969]
    >>> probability_alive(theta, *np.array([[0], [0.0], [500]])).tolist()
    [1.0]
    """
    r, alpha, a, b = theta
    last = np.where((x > 0) | modified, b + x - 1 + modified, 1.0)
    inactivity = (r + x) * (np.log(alpha + T) - np.log(alpha + t_x))
    odds = np.log(last) - np.log(a) - inactivity
    return np.where((x > 0) | modified, expit(odds), 1.0)


def probability_none(theta, t, x, t_x, T, modified=False):
    """Return the probability of no purchase within the next ``t``, shape (n,).

    Who is alive at T has a rate λ ~ Gamma(r + x, α + T) and cannot leave without a
    purchase, so that E[e^(−λt)] is all there is to it.

    >>> theta = (1.0, 1.0, 1.0, 1.0)
    >>> probability_none(theta, 1.0, *np.zeros((3, 1))).tolist()
    [0.5]
    """
    r, alpha, _a, _b = theta
    alive = probability_alive(theta, x, t_x, T, modified)
    inactive = np.exp(-(r + x) * np.log1p(t / (alpha + T)))
    return 1 - alive * (1 - inactive)


def expected_purchases(theta, t, x, t_x, T, modified=False):
    """Return the purchases to expect within the next ``t``, shape (n,).

    Fader, Hardie and Lee (2005), equation 10, after Euler's transformation: the plain
    form overflows. MBG: the same with b + 1.

    >>> theta = (0.243, 4.414, 0.793, 2.426)
    >>> found = expected_purchases(theta, 39, *np.array([[2], [30.43], [38.86]]))
    >>> found.round(3).tolist()
    [1.226]
    """
    alive = probability_alive(theta, x, t_x, T, modified)
    return alive * _if_alive(theta, t, x, T, modified)


def _if_alive(theta, t, x, T, modified):
    """Return the purchases to expect of a customer who is alive at T."""
    r, alpha, a, b = theta
    if abs(a - 1) < NEAR_ONE:
        aside = [(r, alpha, 1 + sign * STEP_ASIDE, b) for sign in (-1, 1)]
        return sum(_if_alive(theta, t, x, T, modified) for theta in aside) / 2
    c = a + b + x - 1 + modified
    reach = np.asarray(t / (alpha + T))
    with np.errstate(all="ignore"):
        series = hyp2f1(c - r - x, a - 1, c, reach / (1 + reach))
        # a·log keeps its digits where (1 - z)^(a - 1) alone would round to 1.
        log_ratio = np.log(series) - (a - 1) * np.log1p(reach)
        found = np.asarray(-np.expm1(log_ratio) * c / (a - 1))
    # For one-time buyers and a + b ≤ 1 the series has no logarithm, for some large
    # parameters SciPy has no value, and a difference below ROUNDED has no digits.
    lost = ~(np.isfinite(found) & (np.abs(log_ratio) > ROUNDED))
    found[lost] = _over_leaving(theta, reach[lost], x[lost], modified)
    return np.clip(found, 0.0, (r + x) * reach)


def _over_leaving(theta, reach, x, modified):
    """Integrate the purchases to expect over the probability p to leave after one.

    E[(1 − (1 + p·reach)^−(r+x)) / p], p ~ Beta(a, b+x), reach = t / (α+T), in which the
    rate is integrated out. Over logit p, where this is smooth and the density
    log-concave; below ``low`` and above ``high`` the fraction is constant.
    """
    r, _alpha, a, b = theta
    n, stays = r + x, b + x + modified
    middle, spread = np.log(a / stays), 10 * np.sqrt(1 / a + 1 / stays)
    low = np.log(TINY) - np.log1p((n + 1) * reach)
    low = np.maximum(low, middle - spread - 45 / a)
    high = np.minimum(-np.log(TINY), middle + spread + 45 / stays)
    half = np.maximum(high - low, 0.0) / 2
    total = n * reach * betainc(a, stays, expit(low))
    total -= np.expm1(-n * np.log1p(reach)) * betainc(stays, a, expit(-high))
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        y = low + half * (1 + node)
        p = expit(y)
        density = -a * np.logaddexp(0, -y) - stays * np.logaddexp(0, y)
        density = np.exp(density - betaln(a, stays))
        bought = -np.expm1(-n * np.log1p(p * reach)) / p
        total += weight * half * density * bought
    return total
