"""Which products the same customers buy: item-item filtering by the cosine.

Sarwar, Karypis, Konstan, Riedl (2001), Item-based collaborative filtering
recommendation algorithms, WWW10: two products are as alike as the vectors of who bought
them, cos(a, b) = n_ab / √(n_a · n_b).
"""

import numpy as np
from scipy import sparse

from ..statistics.grouping import starts_of_runs

TOP = 20  # products kept beside each
FEWEST = 2  # customers who bought both: one alone is chance
AT_ONCE = 256  # products compared with all others at a time
NAMES = ("product", "other", "shared", "buyers", "likeness")


def neighbours(customer, product, top=TOP, fewest=FEWEST):
    """Return the products that are most alike to each product.

    :param customer, product: positions from 0 on, one row a purchase; what a customer
        bought again counts once
    :return: dict of arrays: ``product``, ``other``, ``shared`` (customers of both),
        ``buyers`` (of the product), ``likeness``; each product's best first

    >>> found = neighbours(np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 0]))
    >>> [found[name].tolist() for name in ("product", "other", "shared", "buyers")]
    [[0, 1], [1, 0], [2, 2], [3, 2]]
    >>> found["likeness"].round(3).tolist()
    [0.816, 0.816]
    """
    if not customer.size:
        return {name: np.zeros(0, np.int32) for name in NAMES}
    ones = np.ones(customer.size, np.float32)
    bought = sparse.csr_matrix((ones, (customer, product)))
    bought.data[:] = 1
    sold = bought.T.tocsr()
    buyers = np.diff(sold.indptr)
    parts = [
        _best(sold[at : at + AT_ONCE] @ bought, at, buyers, top, fewest)
        for at in range(0, buyers.size, AT_ONCE)
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in NAMES}


def _best(together, first, buyers, top, fewest):
    """Return the best of some rows of the matrix of who bought both."""
    rows = together.tocoo()
    product, other = rows.row + first, rows.col
    kept = (product != other) & (rows.data >= fewest)
    product, other, both = product[kept], other[kept], rows.data[kept]
    alike = both / np.sqrt(buyers[product] * buyers[other].astype(float))
    order = np.lexsort((other, -alike, product))[_leading(product, top)]
    return {
        "product": product[order].astype(np.int32),
        "other": other[order].astype(np.int32),
        "shared": both[order].astype(np.int32),
        "buyers": buyers[product[order]].astype(np.int32),
        "likeness": alike[order],
    }


def _leading(groups, top):
    """Return which rows are the first ones of their group, once sorted by it."""
    ordered = np.sort(groups)
    starts = starts_of_runs(ordered)
    counts = np.diff(starts, append=ordered.size)
    return np.arange(ordered.size) - np.repeat(starts, counts) < top


def scored(other, likeness):
    """Return what a customer may want: the likeness to all it bought, added up.

    :param other, likeness: rows of :func:`neighbours` of the customer's products
    :return: (products, the best first; their scores; the row that says most for each)

    >>> [c.tolist() for c in scored(np.array([7, 9, 7]), np.array([0.2, 0.3, 0.25]))]
    [[7, 9], [0.45, 0.3], [2, 1]]
    """
    products, place = np.unique(other, return_inverse=True)
    scores = np.bincount(place, likeness, products.size)
    order = np.lexsort((-likeness, place))
    reasons = order[starts_of_runs(place[order])]
    best = np.argsort(-scores, kind="stable")
    return products[best], scores[best], reasons[best]
