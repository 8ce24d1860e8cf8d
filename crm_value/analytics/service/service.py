"""Tickets of customers, as they stood on any past day."""

from dataclasses import dataclass

import numpy as np

SLOW = 7  # days


@dataclass(frozen=True, slots=True)
class Tickets:
    """One row a ticket.

    :param customer: position of the customer
    :param opened: day
    :param closed: day, NaN while open
    """

    customer: np.ndarray
    opened: np.ndarray
    closed: np.ndarray


def counts(tickets, day, window_days, size):
    """Return (tickets of the window, slow ones) at the end of ``day``, shape (size,).

    Slow is what took more than SLOW days, or is open for longer.

    >>> asked = Tickets(np.zeros(3, int), np.array([1, 80, 99]), np.array([2, 95, 999]))
    >>> [column.tolist() for column in counts(asked, 100, 50, 1)]
    [[2.0], [1.0]]
    """
    if tickets is None:
        return np.zeros(size), np.zeros(size)
    mine = (tickets.opened <= day) & (tickets.opened > day - window_days)
    open_yet = ~(tickets.closed <= day)
    slow = np.where(open_yet, day, tickets.closed) - tickets.opened > SLOW
    return tuple(
        np.bincount(tickets.customer[rows], minlength=size).astype(float)
        for rows in (mine, mine & slow)
    )


def kept(tickets, day):
    """Return whether anybody had asked for anything: else tickets are not kept here.

    >>> kept(None, 5), kept(Tickets(*np.array([[0], [5], [6]])), 5)
    (False, True)
    """
    return tickets is not None and bool((tickets.opened <= day).any())
