"""What customers alike did: as many purchases, and silent for about as long.

A chance is believed where its reader sees whom it was learnt from; where hardly anybody
was like that before, the chance is carried over from others, and that is to be said.
"""

import numpy as np

COUNTS = (1, 2, 4, 8)  # fewest purchases of a group [D]
SILENT = (0, 30, 90, 180, 365)  # fewest days since the last one [D]
ENOUGH = 20  # customers that a share is told of [D]


def cells(looks):
    """Return [customers, who bought again, who was to] by COUNTS and SILENT, plain.

    :param looks: (purchases, days since the last one, whether bought again, the chance
        that is told of it) at each past cutoff, arrays of shape (n,)

    >>> once = np.array([1, 1, 3]), np.array([10, 400, 40]), np.array([True, False, 1])
    >>> found = cells([(*once, np.full(3, 0.5))] * 2)
    >>> found[0][0], found[0][4], of(found, 3, 89)
    ([2.0, 2.0, 1.0], [2.0, 0.0, 1.0], (2.0, 2.0, 1.0))
    """
    found = np.zeros((len(COUNTS), len(SILENT), 3))
    for purchases, silence, came, said in looks:
        at = _group(COUNTS, purchases), _group(SILENT, silence)
        for column, part in enumerate((1, came, said)):
            np.add.at(found, (*at, column), part)
    return found.round(1).tolist()


def of(found, purchases, silence):
    """Return (customers, who bought again, who was to) of those like one customer.

    Who was to is not known of an earlier fit.
    """
    return tuple(found[_group(COUNTS, purchases)][_group(SILENT, silence)])


def checked(found, purchases, silence):
    """Return whether enough were like each of these customers to believe its chance.

    >>> found = cells([(*np.zeros((2, 20)) + 1, np.ones(20), np.ones(20))])
    >>> checked(found, np.array([1, 2]), np.array([20, 20])).tolist()
    [True, False]
    """
    customers = np.array(found)[..., 0]
    return customers[_group(COUNTS, purchases), _group(SILENT, silence)] >= ENOUGH


def _group(edges, numbers):
    return np.searchsorted(edges, numbers, side="right") - 1
