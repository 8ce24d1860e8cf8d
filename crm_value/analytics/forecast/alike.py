"""What customers alike did: as many purchases, and silent for about as long.

A chance is believed where its reader sees whom it was learnt from; where hardly anybody
was like that before, the chance is carried over from others, and that is to be said.
"""

import numpy as np

COUNTS = (1, 2, 4, 8)  # fewest purchases of a group [D]
SILENT = (0, 30, 90, 180, 365)  # fewest days since the last one [D]
ENOUGH = 20  # customers that a share is told of [D]


def cells(looks):
    """Return [customers, how many bought again] by COUNTS and SILENT, as plain data.

    :param looks: (purchases, days since the last one, whether bought again) at each
        past cutoff, arrays of shape (n,)

    >>> once = np.array([1, 1, 3]), np.array([10, 400, 40]), np.array([True, False, 1])
    >>> found = cells([once, once])
    >>> found[0], of(found, 3, 89)
    ([[2, 2], [0, 0], [0, 0], [0, 0], [2, 0]], (2, 2))
    """
    found = np.zeros((len(COUNTS), len(SILENT), 2), dtype=int)
    for purchases, silence, came in looks:
        at = _group(COUNTS, purchases), _group(SILENT, silence)
        np.add.at(found, (*at, 0), 1)
        np.add.at(found, (*at, 1), np.asarray(came, dtype=int))
    return found.tolist()


def of(found, purchases, silence):
    """Return (customers, how many bought again) who were like one customer."""
    return tuple(found[_group(COUNTS, purchases)][_group(SILENT, silence)])


def _group(edges, numbers):
    return np.searchsorted(edges, numbers, side="right") - 1
