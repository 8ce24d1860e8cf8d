"""Who is held out: a draw within strata that anybody can make again.

Each stratum gives its exact share, up to one customer, and all of them together the
exact share of all; who it is, a hash of seed and customer says, whatever the order in
which they come (Imbens and Rubin 2015, Causal Inference, chapter 9).
"""

import hashlib

import numpy as np


def draw(strata, share, seed, keys):
    """Return which customers are held out.

    :param strata: of each customer, any labels
    :param share: of customers to hold out, between 0 and 1
    :param seed: text or number; the same one draws the same
    :param keys: of each customer, unique

    >>> held = draw(["a"] * 10 + ["b"] * 5, 0.2, "seed", range(15))
    >>> int(held[:10].sum()), int(held[10:].sum())
    (2, 1)
    """
    labels, stratum = np.unique(np.asarray(strata, str), return_inverse=True)
    size = np.bincount(stratum, minlength=labels.size)
    wanted = _whole(size * share, labels, seed)
    order = np.lexsort(([_number(seed, key) for key in keys], stratum))
    starts = np.cumsum(size) - size
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size) - starts[stratum[order]]
    return rank < wanted[stratum]


def _whole(wanted, labels, seed):
    """Return whole numbers whose sum is the rounded sum, each less than one away.

    What is left over goes to the largest remainders; of equal ones, the seed decides.
    """
    found = np.floor(wanted + 1e-9).astype(int)
    left = int(np.round(wanted.sum())) - found.sum()
    remainder = np.round(wanted - found, 9)
    by_seed = [_number(seed, label) for label in labels]
    found[np.lexsort((by_seed, -remainder))[: max(left, 0)]] += 1
    return found


def _number(*parts):
    digest = hashlib.sha256(":".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
