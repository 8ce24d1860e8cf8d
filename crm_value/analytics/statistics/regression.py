"""Least squares: what is left of a series after others, and one slope with its error.

Frisch and Waugh (1933), Lovell (1963): the slope of one column beside others is that of
what is left of it on what is left of the outcome. The error is the sandwich HC2 of
MacKinnon and White (1985), Some heteroskedasticity-consistent covariance matrix
estimators, Journal of Econometrics 29(3): money of customers varies more where there is
more of it, and the usual error takes it for equal. Where few rows carry most of the
cause, that error is itself unsure; its degrees of freedom are those of Bell and
McCaffrey (Imbens and Kolesár 2016, Robust standard errors in small samples: some
practical advice, The Review of Economics and Statistics 98(4)).
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

FLAT = 1e-9  # of a column's size: what is left is rounding


@dataclass(frozen=True, slots=True)
class Slope:
    """The change of the outcome with one unit of the cause.

    :param slope: NaN where nothing is left of the cause
    :param error: its standard error, HC2
    :param freedom: of the error, at most rows less columns
    """

    slope: float
    error: float
    freedom: float

    def interval(self, level=0.95):
        """Return (low, high) around the slope.

        >>> [round(edge, 2) for edge in Slope(1.0, 0.5, 1e9).interval()]
        [0.02, 1.98]
        """
        reach = float(t.isf((1 - level) / 2, self.freedom)) * self.error
        return self.slope - reach, self.slope + reach

    @property
    def p(self):
        """How often chance alone reaches as far, two-sided."""
        return float(2 * t.sf(abs(self.slope) / self.error, self.freedom))


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
    (5.0, 2.2361, 2.0)
    """
    space = basis(controls)
    cause, rest = left_over(space, np.column_stack([cause, outcome])).T
    square = cause @ cause
    if not square > 0 or len(rest) < space.shape[1] + 2:
        return Slope(np.nan, np.nan, np.nan)
    found = cause @ rest / square
    whole = np.column_stack([space, cause / np.sqrt(square)])
    leverage = (whole**2).sum(axis=1)
    told = np.maximum(1 - leverage, FLAT)  # a row alone in its column is fitted exactly
    weight = cause**2 / told
    error = np.sqrt(weight @ (rest - found * cause) ** 2) / square
    crossed = whole.T @ (weight[:, None] * whole)
    spread = weight**2 @ (1 - 2 * leverage) + (crossed**2).sum()
    return Slope(float(found), float(error), float(square**2 / spread))
