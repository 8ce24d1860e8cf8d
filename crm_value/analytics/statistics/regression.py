"""Least squares: what is left of a series after others, and one slope with its error.

Frisch and Waugh (1933), Lovell (1963): the slope of one column beside others is that of
what is left of it on what is left of the outcome. The error is the sandwich HC2 of
MacKinnon and White (1985), Some heteroskedasticity-consistent covariance matrix
estimators, Journal of Econometrics 29(3): money of customers varies more where there is
more of it, and the usual error takes it for equal.
"""

from dataclasses import dataclass

import numpy as np

FLAT = 1e-9  # of a column's size: what is left is rounding


@dataclass(frozen=True, slots=True)
class Slope:
    """The change of the outcome with one unit of the cause.

    :param slope: NaN where nothing is left of the cause
    :param error: its standard error, HC2
    :param freedom: rows less columns
    """

    slope: float
    error: float
    freedom: int


def basis(columns):
    """Return an orthonormal basis of the columns; what repeats others adds nothing.

    :param columns: shape (n, k)

    >>> twice = np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]])
    >>> basis(twice).shape
    (3, 1)
    """
    size = np.linalg.norm(columns, axis=0)
    scaled = columns / np.where(size > 0, size, 1.0)
    left, values, _right = np.linalg.svd(scaled, full_matrices=False)
    return left[:, values > FLAT * max(1.0, values.max(initial=0.0))]


def left_over(space, columns):
    """Return what a basis does not explain of columns, zero where that is rounding.

    :param space: orthonormal, shape (n, k)
    :param columns: shape (n,) or (n, m)

    >>> line = basis(np.column_stack([np.ones(4), np.arange(4)]))
    >>> left_over(line, np.array([1.0, 3, 5, 7])).tolist()
    [0.0, 0.0, 0.0, 0.0]
    """
    rest = columns - space @ (space.T @ columns)
    small = np.linalg.norm(rest, axis=0) <= FLAT * np.linalg.norm(columns, axis=0)
    return np.where(small, 0.0, rest)


def slope(controls, cause, outcome):
    """Return the Slope of the outcome on the cause, the controls held equal.

    :param controls: with a column of ones, shape (n, k)

    >>> ones = np.ones((4, 1))
    >>> found = slope(ones, np.array([0.0, 0, 1, 1]), np.array([1.0, 3, 5, 9]))
    >>> found.slope, round(found.error, 4), found.freedom
    (5.0, 2.2361, 2)
    """
    space = basis(controls)
    cause_left, rest = left_over(space, np.column_stack([cause, outcome])).T
    square, freedom = cause_left @ cause_left, len(rest) - space.shape[1] - 1
    if not square > 0 or freedom < 1:
        return Slope(np.nan, np.nan, max(freedom, 0))
    found = cause_left @ rest / square
    leverage = (space**2).sum(axis=1) + cause_left**2 / square
    told = np.maximum(1 - leverage, FLAT)  # a row alone in its column is fitted exactly
    weighted = (cause_left * (rest - found * cause_left)) ** 2 / told
    return Slope(float(found), float(np.sqrt(weighted.sum()) / square), freedom)
