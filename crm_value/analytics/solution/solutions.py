"""Which offers meet what a customer needs: combinations, and how often such are won.

A need is a bit of a number; what an offer meets is a number of such bits. Offers are
combined only where each adds a need that no other one of the combination meets.
"""

from itertools import combinations_with_replacement, product
from operator import and_, or_

import numpy as np

PRIOR = 10  # quotations that everybody's share counts for


def shrunk(won, decided, all_won, all_decided):
    """Return the share that is won: the mean of a Beta around everybody's share.

    >>> round(shrunk(3, 4, 49, 98), 4), shrunk(0, 0, 0, 0)
    (0.5714, 0.5)
    """
    everybody = (all_won + 1) / (all_decided + 2)
    return (won + PRIOR * everybody) / (decided + PRIOR)


def combined(masks, most=3):
    """Return the combinations of up to some offers in which none could be left out.

    :param masks: what each offer meets, as bits
    :return: tuples of places, each in ascending order

    >>> combined([0b11, 0b01, 0b10, 0])
    [(0,), (1,), (2,), (1, 2)]
    """
    alike = {}
    for at, mask in enumerate(masks):
        if mask:
            alike.setdefault(mask, []).append(at)
    found = []
    for size in range(1, most + 1):
        for kinds in combinations_with_replacement(alike, size):
            if _each_adds(kinds):
                choices = product(*(alike[kind] for kind in kinds))
                found += [tuple(sorted(choice)) for choice in choices]
    return found


def _each_adds(kinds):
    """Return whether each of some offers meets what none of the others does."""
    for at, kind in enumerate(kinds):
        others = _joined(or_, (*kinds[:at], *kinds[at + 1 :]), 0)
        if not kind & ~others:
            return False
    return True


def outcomes(count, quotations):
    """Return a function: (won, decided) of the quotations with all offers of some.

    :param count: number of offers
    :param quotations: (places of the offers of a quotation, won, decided)

    >>> of = outcomes(3, [({0, 1}, 2, 3), ({0}, 1, 4)])
    >>> of((0,)), of((0, 1)), of((2,))
    ((3, 7), (2, 3), (0, 0))
    """
    held = [0] * count
    for at, (places, _won, _decided) in enumerate(quotations):
        for place in places:
            held[place] |= 1 << at
    sums = {}

    def of(places):
        bits = _joined(and_, [held[place] for place in places], -1)
        if bits not in sums:
            rows = [row for at, row in enumerate(quotations) if bits >> at & 1]
            sums[bits] = tuple(sum(row[column] for row in rows) for column in (1, 2))
        return sums[bits]

    return of


def _joined(operation, numbers, start):
    for number in numbers:
        start = operation(start, number)
    return start


def ranked(options, most):
    """Return the best options: what meets most, then what is won most often.

    :param options: tuples of (needs met, share won, offers, price)
    :return: places of the options; what is alike in all this stays in its order

    >>> ranked([(1, 0.9, 1, 5), (2, 0.5, 2, 9), (2, 0.5, 1, 9), (2, 0.5, 1, 8)], 3)
    [3, 2, 1]
    """
    columns = np.array(options, float).reshape(len(options), 4)
    met, share, offers, price = columns.T
    return np.lexsort((price, offers, -share, -met))[:most].tolist()
