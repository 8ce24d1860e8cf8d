"""Points: accrual from documents, claw-back, and what remains of each lot.

Whole hundredths of a point throughout, so that sums are exact. An order accrues points
for an amount; each invoice of it is a *lot* that earns its share, less what was
credited. Using points takes them from the oldest lots first.
"""

import numpy as np


def standing(amounts, parents, counts):
    """Return what is left of each document after those that reverse it.

    A credit note that is reversed itself takes away less, and so on down the chain.

    :param amounts: net money of each document, credit notes below zero; a document
        stands before those that reverse it
    :param parents: position of the document that each one reverses, -1 for none
    :param counts: whether a document counts; a reversal that is not paid does not
    :return: array of money, with the sign of the document

    >>> standing([100.0, -40.0, 10.0], [-1, 0, 1], [True, True, True]).tolist()
    [70.0, -30.0, 10.0]
    >>> standing([100.0, -40.0, 10.0], [-1, 0, 1], [True, True, False]).tolist()
    [60.0, -40.0, 0.0]
    """
    left = np.where(np.asarray(counts, bool), np.asarray(amounts, float), 0.0)
    for at in range(len(left) - 1, -1, -1):
        parent = parents[at]
        if parent >= 0 and left[at] * left[parent] < 0:
            rest = left[parent] + left[at]
            left[parent] = rest if rest * left[parent] > 0 else 0.0
    return left


def allot(own, direct, loose):
    """Return how much of each lot is credited.

    Credit counts against the invoice it reverses. The rest, and credit that reverses
    none, counts against the latest invoices first.

    :param own: money of each lot, by date
    :param direct: money credited against each lot
    :param loose: money credited against none in particular
    :return: array of money, no more than the lots

    >>> allot([50.0, 50.0], [60.0, 0.0], 5.0).tolist()
    [50.0, 15.0]
    """
    own, direct = np.asarray(own, float), np.asarray(direct, float)
    credited = np.minimum(direct, own)
    loose += (direct - credited).sum()
    for at in range(len(own) - 1, -1, -1):
        more = min(loose, own[at] - credited[at])
        credited[at] += more
        loose -= more
    return credited


def entitlements(promise, base, own, credited):
    """Return the points of each lot: as invoiced, and after what was credited.

    The points of the first n lots together are rounded, and each lot gets what it adds:
    an order that is invoiced in parts earns exactly its promise.

    :param promise: points for all of the order, in hundredths
    :param base: money that the promise is for
    :param own: money of each lot, by date
    :param credited: money credited of each lot
    :return: (points as invoiced, points after credit), arrays of hundredths

    >>> invoiced, left = entitlements(10000, 30.0, [10.0] * 3, [0.0, 10.0, 5.0])
    >>> invoiced.tolist(), left.tolist()
    ([3333, 3334, 3333], [3333, 0, 1666])
    """
    own, credited = np.asarray(own, float), np.asarray(credited, float)
    if base <= 0 or promise <= 0:
        nothing = np.zeros(len(own), int)
        return nothing, nothing.copy()
    total = _round(promise * np.cumsum(own) / base)
    invoiced = np.diff(total, prepend=0)
    share = np.divide(credited, own, out=np.zeros_like(own), where=own > 0)
    return invoiced, invoiced - _round(invoiced * np.clip(share, 0, 1))


def booking(target, booked, unclaimed, balance, zero):
    """Return how to book the way from what is booked to what is due.

    Points to take back that are not there any more are written down as unclaimed where
    the balance must not fall below zero; given again, they make up for that first.

    :param target: points due, hundredths
    :param booked: points booked, those unclaimed not counted in
    :param unclaimed: of these, points that could not be taken back before
    :param balance: of the card
    :param zero: whether the balance must stay at zero or above
    :return: (points added, points unclaimed more), hundredths

    >>> booking(0, 100, 0, 70, zero=True)
    (-70, 30)
    >>> booking(0, 100, 0, 70, zero=False)
    (-100, 0)
    >>> booking(100, 0, 30, 0, zero=True)
    (70, -30)
    """
    change = target - booked
    if change >= 0:
        forgiven = min(change, max(unclaimed, 0))
        return change - forgiven, -forgiven
    there = min(-change, max(balance, 0)) if zero else -change
    return -there, -change - there


def lots_left(cards, points, used):
    """Return what is left of each lot after use, the oldest first.

    :param cards: number of the card of each lot, 0 … n - 1; lots of a card stand
        together, by age
    :param points: hundredths in each lot
    :param used: hundredths used of each card
    :return: (what is left of each lot, what each card used beyond its lots)

    >>> left, beyond = lots_left([0, 0, 1], [100, 50, 10], [120, 15])
    >>> left.tolist(), beyond.tolist()
    ([0, 30, 0], [0, 5])
    """
    cards = np.asarray(cards, int)
    points, used = np.asarray(points, int), np.asarray(used, int)
    total = np.cumsum(points)
    sums = np.bincount(cards, points, len(used)).astype(int)
    before = np.cumsum(sums) - sums
    reached = total - before[cards]
    left = np.clip(reached - used[cards], 0, points)
    return left, np.maximum(used - sums, 0)


def _round(hundredths):
    """Round to whole hundredths, halves up, blind to the last digits of a float."""
    return np.floor(np.asarray(hundredths) + 0.5 + 1e-6).astype(int)
