"""Working time between moments, for many of them at once."""

import numpy as np


def worked(moments, starts, ends):
    """Return how many hours of work have gone by at each moment.

    :param moments: seconds, any shape
    :param starts: of each piece of working time, in order and apart; seconds
    :param ends: of each piece

    >>> nine, five, next_nine = 9 * 3600.0, 17 * 3600.0, 33 * 3600.0
    >>> starts, ends = np.array([nine, next_nine]), np.array([five, 41 * 3600.0])
    >>> worked(np.array([0.0, 10 * 3600.0, 20 * 3600.0, 34 * 3600.0]), starts, ends)
    array([0., 1., 8., 9.])
    """
    if not starts.size:
        return np.zeros(np.shape(moments))
    at = np.column_stack((starts, ends)).ravel()
    done = np.cumsum(ends - starts) / 3600
    hours = np.column_stack((np.concatenate(([0.0], done[:-1])), done)).ravel()
    return np.interp(moments, at, hours)


def late(waited, is_over, hours):
    """Return (late, judged): who waited longer, and of whom that can be told.

    Who still waits is late once the time is over, and tells nothing before.

    >>> late(np.array([5.0, 1.0, 9.0, 1.0]), np.array([1, 1, 0, 0], bool), 4.0)
    (2, 3)
    """
    is_late = waited > hours + 1 / 60
    return int(is_late.sum()), int((is_late | is_over).sum())
