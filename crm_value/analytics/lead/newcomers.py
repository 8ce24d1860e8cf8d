"""First years: what customers brought in the year that began with a first purchase."""

from dataclasses import dataclass

import numpy as np

from ..purchases.histories import YEAR


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Customers whose first year is over, arrays of shape (n,).

    :param customer: id, ascending
    :param day: of the first purchase
    :param revenue: net revenue of that year; :param margin: its margin
    """

    customer: np.ndarray
    day: np.ndarray
    revenue: np.ndarray
    margin: np.ndarray

    @property
    def over(self):
        """The day from which each first year is known."""
        return self.day + YEAR

    def take(self, rows):
        """Return some of them, by mask or position."""
        return Newcomers(
            self.customer[rows], self.day[rows], self.revenue[rows], self.margin[rows]
        )


def first_years(days, as_of):
    """Return the Newcomers whose first year was over on a day.

    A credit note counts on the day of what it credits, so a first year is net of what
    came back of it.

    :param days: purchases.Days
    :param as_of: the last day that is known, in the same epoch

    >>> from ..purchases.purchases import Days
    >>> zero, four = np.zeros(4), np.array([0, 100, 400, 300])
    >>> lines = {"partner": np.array([7, 7, 7, 8]), "day": four, "product": four,
    ...     "amount": np.array([10.0, 20.0, 40.0, 5.0]), "returned": zero,
    ...     "costed": zero, "cost": zero, "discount": zero}
    >>> found = first_years(Days(lines, 400, 0.5), 400)
    >>> found.customer.tolist(), found.revenue.tolist(), found.margin.tolist()
    ([7], [30.0], [15.0])
    """
    bought = days.occasions()
    first = np.full(days.customers.size, np.inf)
    first[bought.customer[::-1]] = bought.day[::-1]
    start = first[days.customer]
    inside = (days.day >= start) & (days.day < start + YEAR)
    found = Newcomers(
        days.customers,
        first,
        days.total(days.amount, inside),
        days.total(days.margin, inside),
    )
    return found.take(first + YEAR <= as_of + 1)
