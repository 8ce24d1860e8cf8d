"""Weights from pairwise comparison: the analytic hierarchy process (Saaty 1980).

Weights are the normalised geometric means of the rows (Crawford, Williams 1985). The
comparisons are usable only if they agree with each other: consistency ratio < 0.1.
"""

import numpy as np

RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
MAX_CONSISTENCY_RATIO = 0.1


def matrix(size, comparisons):
    """Return the reciprocal matrix of the comparisons; pairs left out count as equal.

    :param comparisons: (row, column, ratio): row matters ratio times column
    """
    result = np.ones((size, size))
    for row, column, ratio in comparisons:
        result[row, column] = ratio
        result[column, row] = 1 / ratio
    return result


def weights(comparisons):
    """Return the weights of a reciprocal comparison matrix; they sum to 1.

    >>> compared = matrix(3, [(0, 1, 2), (0, 2, 4), (1, 2, 2)])
    >>> weights(compared).round(4).tolist()
    [0.5714, 0.2857, 0.1429]
    """
    means = np.exp(np.log(np.asarray(comparisons, dtype=float)).mean(axis=1))
    return means / means.sum()


def consistency_ratio(comparisons):
    """Return CR = CI / RI, CI = (λmax − n) / (n − 1); 0 for one or two criteria.

    :raise ValueError: more than ten criteria, for which no random index is published

    >>> round(consistency_ratio(np.array([[1, 9, 1], [1 / 9, 1, 9], [1, 1 / 9, 1]])), 1)
    2.2
    """
    comparisons = np.asarray(comparisons, dtype=float)
    size = len(comparisons)
    if size < 3:
        return 0.0
    if size not in RANDOM_INDEX:
        raise ValueError("at most ten criteria can be compared in pairs")
    priority = weights(comparisons)
    largest = (comparisons @ priority / priority).mean()
    return float((largest - size) / (size - 1) / RANDOM_INDEX[size])
