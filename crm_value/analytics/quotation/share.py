"""What is left of a price after what lowers the whole document.

A discount of the whole order, a coupon or goodwill is taken off all lines alike, each
by the same share of what it costs; a product given for nothing makes the others
cheaper, where it counts.
"""

import numpy as np


def left_over(asked, taken, free=0.0):
    """Return the share of its lines' prices that each document really asks for.

    :param asked: what its lines ask for together
    :param taken: what its negative lines take off, as a positive amount
    :param free: what it gives for nothing would cost
    :return: from 0 on, 1 where nothing is asked for

    Three pieces at 100 with a fourth one free, and 60 off the whole:

    >>> left_over(np.array([300.0]), np.array([60.0]), np.array([100.0])).tolist()
    [0.6]
    >>> left_over(np.array([300.0, 0.0]), np.array([360.0, 5.0])).tolist()
    [0.0, 1.0]
    """
    whole = asked + free
    share = np.divide(asked - taken, whole, out=np.ones(len(asked)), where=whole > 0)
    return np.maximum(share, 0.0)
