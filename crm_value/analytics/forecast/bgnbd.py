"""BG/NBD, MBG/NBD and MBG/CNBD-k: customers buy, and may leave after a purchase.

Fader, Hardie and Lee (2005), "Counting your customers" the easy way, Marketing Science
24(2); Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison of
models for customer base analysis, IJRM 24(3). The modified model lets a customer leave
after the very first purchase too, so a one-time buyer is not certain to be alive.

Some customers buy more regularly than at random: the times between their purchases are
Erlang-k, as if each k-th of the events of a random process were a purchase (Chatfield
and Goodhardt 1973). Reutterer, Platzer and Schröder (2021), Leveraging purchase
regularity for predicting customer behavior the easy way, IJRM 38(1), put that into the
modified model. A silence then tells more, since so long a one was never seen.

``x`` repeat purchases, ``t_x`` time of the last one, ``T`` age of the customer, all
counted from the first purchase in one unit of time. Parameters come as (r, α, a, b);
r and α are of the events, of which each ``k``-th is a purchase.
"""

import numpy as np
from scipy.special import betainc, betaln, digamma, expit, gammaln, hyp2f1

# Where a meets 1 the expectation divides zero by zero: average both sides.
NEAR_ONE = 1e-5
STEP_ASIDE = 1e-4
NODES, WEIGHTS = np.polynomial.legendre.leggauss(128)
ROUNDED = 1e-8
TINY = 1e-12  # nearer to 0 or 1 than this, a probability to leave is as good as that


def log_likelihood(theta, x, t_x, T, modified=False, k=1):
    """Return ln L of each customer and its gradient by the parameters.

    BG: equation 6 of Fader, Hardie and Lee (2005). MBG: equation 7 of Batislam et al.
    With k > 1 less what the times between purchases add, which no parameter changes.

    :param theta: (r, α, a, b), all > 0
    :param x, t_x, T: arrays of shape (n,)
    :return: (shape (n,), shape (4, n))

    >>> value, _slope = log_likelihood((1.0, 1.0, 1.0, 1.0), *np.ones((3, 1)))
    >>> round(float(np.exp(value)[0]), 6)
    0.25
    """
    value, slope = frequency_part(theta, x, modified, k)
    of_times, slopes = time_part(theta, x, t_x, T, modified, k)
    return value + of_times, slope + np.stack(slopes)


def frequency_part(theta, x, modified=False, k=1):
    """Return the terms of :func:`log_likelihood` that x alone decides.

    >>> value, _slope = frequency_part((1.0, 1.0, 1.0, 1.0), np.zeros(1))
    >>> value.tolist()
    [0.0]
    """
    r, alpha, a, b = theta
    stays = b + x + modified
    events = k * x
    value = (
        gammaln(r + events)
        - gammaln(r)
        + r * np.log(alpha)
        + gammaln(stays)
        - gammaln(a + stays)
        + gammaln(a + b)
        - gammaln(b)
    )
    together = digamma(a + b) - digamma(a + stays)
    slope = (
        digamma(r + events) - digamma(r) + np.log(alpha),
        np.full(x.shape, r / alpha),
        together,
        together + digamma(stays) - digamma(b),
    )
    return value, np.stack(slope)


def time_part(theta, x, t_x, T, modified=False, k=1):
    """Return the other terms: the customer is still there, or left at t_x.

    :return: (shape (n,), four rows of shape (n,))

    >>> value, _slope = time_part((1.0, 1.0, 1.0, 1.0), *np.array([[0], [0.0], [1.0]]))
    >>> value.round(3).tolist()
    [-0.693]
    """
    _r, alpha, a, b = theta
    may_leave = (x > 0) | modified
    last = np.where(may_leave, b + x - 1 + modified, 1.0)
    until, since = np.log(alpha + T), np.log(alpha + t_x)
    inactivity, n = until - since, theta[0] + k * x
    begun, passed, by_n = _begun(n, (T - t_x) / (alpha + T), k)
    # Log odds of having left, over staying.
    lead = n * inactivity + np.log(a) - np.log(last) - begun
    small = np.exp(-np.abs(lead))
    leave = np.where(lead > 0, 1.0, small) / (1 + small) * may_leave
    either = np.where(may_leave, np.maximum(lead, 0.0) + np.log1p(small), 0.0)
    value = either - n * until + begun
    return value, (
        leave * inactivity - until + (1 - leave) * by_n,
        -(1 - leave) * (n + passed) / (alpha + T) - leave * n / (alpha + t_x),
        leave / a,
        -leave / last,
    )


def _begun(n, u, k):
    """Return what the events since the last purchase, fewer than k, add to a silence.

    ln Q, Q = Σ C(n + j − 1, j) u^j over j < k; the mean number of these events; and the
    slope of ln Q by n. Nothing for k = 1.

    :param n: events until the last purchase, with r
    :param u: the silence as a share of α + T
    """
    term, total, passed, slope, grown = 1.0, 1.0, 0.0, 0.0, 0.0
    for j in range(1, k):
        term = term * u * (n + j - 1) / j
        grown = grown + 1 / (n + j - 1)
        total = total + term
        passed = passed + j * term
        slope = slope + grown * term
    return np.log(total), passed / total, slope / total


def probability_alive(theta, x, t_x, T, modified=False, k=1):
    """Return the probability that a customer has not left, shape (n,).

    BG: Fader, Hardie and Lee (2008), Computing P(alive) using the BG/NBD model.

    >>> theta = (0.243, 4.414, 0.793, 2.426)
    >>> probability_alive(theta, *np.array([[26], [30.857], [31]])).round(3).tolist()
    [0.969]
    >>> probability_alive(theta, *np.array([[0], [0.0], [500]])).tolist()
    [1.0]

    Nine purchases, one a month, then nothing for two months; for four:

    >>> rows = np.array([[9, 9], [39.0, 39], [47.7, 56.4]])
    >>> [probability_alive((2.0 * k, 9.0, 0.1, 1.0), *rows, True, k).round(2).tolist()
    ...     for k in (1, 4)]
    [[0.94, 0.77], [0.85, 0.04]]
    """
    r, alpha, a, b = theta
    last = np.where((x > 0) | modified, b + x - 1 + modified, 1.0)
    inactivity = (r + k * x) * (np.log(alpha + T) - np.log(alpha + t_x))
    begun = _begun(r + k * x, (T - t_x) / (alpha + T), k)[0]
    odds = np.log(last) - np.log(a) - inactivity + begun
    return np.where((x > 0) | modified, expit(odds), 1.0)


def probability_silent(theta, t, x, t_x, T, k=1):
    """Return the probability that who is alive buys nothing in the next ``t``, (n,).

    Who is alive at T cannot leave without a purchase. For k = 1 the rate is
    λ ~ Gamma(r + x, α + T) whatever the silence, and this is E[e^(−λt)].

    >>> probability_silent((1.0, 1.0, 1.0, 1.0), 1.0, *np.zeros((3, 1))).tolist()
    [0.5]
    """
    r, alpha, _a, _b = theta
    n, seen = r + k * x, alpha + T
    later = _begun(n, (T - t_x + t) / (seen + t), k)[0]
    return np.exp(later - _begun(n, (T - t_x) / seen, k)[0] - n * np.log1p(t / seen))


def probability_none(theta, t, x, t_x, T, modified=False, k=1):
    """Return the probability of no purchase within the next ``t``, shape (n,).

    >>> theta = (1.0, 1.0, 1.0, 1.0)
    >>> probability_none(theta, 1.0, *np.zeros((3, 1))).tolist()
    [0.5]
    """
    alive = probability_alive(theta, x, t_x, T, modified, k)
    return 1 - alive * (1 - probability_silent(theta, t, x, t_x, T, k))


def expected_purchases(theta, t, x, t_x, T, modified=False, k=1):
    """Return the purchases to expect within the next ``t``, shape (n,).

    Fader, Hardie and Lee (2005), equation 10, after Euler's transformation: the plain
    form overflows. MBG: the same with b + 1. With k > 1 the purchases are taken for
    random ones at a k-th of the rate, but for the next one: it is due in so many events
    as are left of its k, not in their mean (renewal theory: Cox 1962, section 4.2).

    >>> theta = (0.243, 4.414, 0.793, 2.426)
    >>> found = expected_purchases(theta, 39, *np.array([[2], [30.43], [38.86]]))
    >>> found.round(3).tolist()
    [1.226]
    """
    alive = probability_alive(theta, x, t_x, T, modified, k)
    r, alpha, a, b = theta
    if k == 1:
        return alive * _if_alive((r + x, alpha + T, a, b), t, x, modified)
    n, seen = r + k * x, alpha + T
    passed = _begun(n, (T - t_x) / seen, k)[1]
    found = _if_alive((n + passed, k * seen, a, b), t, x, modified)
    once = 1 - probability_silent(theta, t, x, t_x, T, k)
    return alive * np.maximum(found + (passed - (k - 1) / 2) / k * once, once)


def _if_alive(known, t, x, modified):
    """Return the purchases to expect of a customer who is alive at T.

    :param known: (n, seen, a, b) of a rate ~ Gamma(n, seen)
    """
    n, seen, a, b = known
    if abs(a - 1) < NEAR_ONE:
        aside = [(n, seen, 1 + sign * STEP_ASIDE, b) for sign in (-1, 1)]
        return sum(_if_alive(known, t, x, modified) for known in aside) / 2
    c = a + b + x - 1 + modified
    reach = np.asarray(t / seen)
    with np.errstate(all="ignore"):
        series = hyp2f1(c - n, a - 1, c, reach / (1 + reach))
        # a·log keeps its digits where (1 - z)^(a - 1) alone would round to 1.
        log_ratio = np.log(series) - (a - 1) * np.log1p(reach)
        found = np.asarray(-np.expm1(log_ratio) * c / (a - 1))
    # For one-time buyers and a + b ≤ 1 the series has no logarithm, for some large
    # parameters SciPy has no value, and a difference below ROUNDED has no digits.
    lost = ~(np.isfinite(found) & (np.abs(log_ratio) > ROUNDED))
    leaving = a, b + x[lost] + modified
    found[lost] = _over_leaving(leaving, n[lost], reach[lost])
    return np.clip(found, 0.0, n * reach)


def _over_leaving(leaving, n, reach):
    """Integrate the purchases to expect over the probability p to leave after one.

    E[(1 − (1 + p·reach)^−n) / p], p ~ Beta(a, stays), reach = t / seen, in which the
    rate is integrated out. Over logit p, where this is smooth and the density
    log-concave; below ``low`` and above ``high`` the fraction is constant.
    """
    a, stays = leaving
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
