"""Suggests the loyalty type where documents or survey responses point to one.

*Premium* and *latent* follow from the class: what customers answered speaks before what
their purchases hint at. *Incentive* and *price* are told by shares of orders with a
reward and of discounted purchases, *inertia* by buying the same few things on time,
undiscounted and unasked. *Convenience* and *monopoly* leave no trace in documents:
people know them, no figure does.
"""

import numpy as np

from ..purchases.purchases import ratio
from .loyalty import LATENT, LOYAL, NO_LOYALTY

(
    PRICE,
    INCENTIVE,
    INERTIA,
    CONVENIENCE,
    MONOPOLY,
    ONLY_LATENT,
    PREMIUM,
) = range(7)
NO_KIND = -1
FEW = 3  # purchases or orders that a share needs; products that are few
REGULAR = 0.5  # variation of the gaps; who buys at random has 1
CONTACTS = ("lead_count", "quotation_count", "ticket_count")


def suggest(figures, classes, limits):
    """Return the suggested loyalty type, NO_KIND where the data show none.

    Who has no loyalty, or is lost, has no kind of it either.

    :param figures: dict of arrays of shape (n,): ``window_count`` of purchases in the
        window, ``discounted_count`` of these; ``window_order_count`` of orders in the
        window, ``reward_count`` of these; ``gap_variation``, ``product_count``,
        ``overdue``, ``lead_count``, ``quotation_count``, ``ticket_count``, ``lost``
    :param classes: of :func:`loyalty.classify`
    :param limits: loyalty.Limits

    >>> from .loyalty import SPURIOUS, UNKNOWN, Limits
    >>> of = lambda *numbers: np.array(numbers, float)
    >>> figures = {"window_count": of(6, 6, 6, 2), "discounted_count": of(3, 1, 0, 2),
    ...     "window_order_count": of(6, 4, 6, 2), "reward_count": of(0, 2, 0, 2),
    ...     "gap_variation": of(1, 1, 0.2, 0.2), "product_count": of(9, 9, 2, 2),
    ...     "overdue": of(1, 1, 1, 1), "lead_count": of(0, 0, 0, 0),
    ...     "quotation_count": of(0, 0, 0, 0), "ticket_count": of(0, 0, 0, 0),
    ...     "lost": np.zeros(4, bool)}
    >>> unknown = np.full(4, UNKNOWN)
    >>> suggest(figures, unknown, Limits()).tolist()
    [0, 1, 2, -1]
    >>> classes = np.array([LOYAL, LATENT, NO_LOYALTY, SPURIOUS])
    >>> suggest(figures, classes, Limits()).tolist()
    [6, 5, -1, -1]
    """
    discounted = share(figures["discounted_count"], figures["window_count"])
    rewarded = share(figures["reward_count"], figures["window_order_count"])
    with np.errstate(invalid="ignore"):
        price = discounted >= limits.price_share
        incentive = rewarded >= limits.incentive_share
    return np.select(
        [
            classes == LOYAL,
            classes == LATENT,
            (classes == NO_LOYALTY) | figures["lost"],
            incentive,
            price,
            _by_habit(figures, limits),
        ],
        [PREMIUM, ONLY_LATENT, NO_KIND, INCENTIVE, PRICE, INERTIA],
        default=NO_KIND,
    )


def share(part, whole):
    """Return part of whole, NaN where the whole is too small for a share to tell.

    >>> share(np.array([2, 2]), np.array([4, 2])).tolist()
    [0.5, nan]
    """
    return np.where(whole >= FEW, ratio(part, whole), np.nan)


def _by_habit(figures, limits):
    """Return who buys from inertia: few products, regularly, unprompted."""
    products = figures["product_count"]
    contacts = sum(figures[name] for name in CONTACTS)
    with np.errstate(invalid="ignore"):
        regular = figures["gap_variation"] <= REGULAR
        active = figures["overdue"] < limits.inactive
    same_few = (products > 0) & (products <= FEW) & (figures["window_count"] >= FEW)
    unmoved = (figures["discounted_count"] == 0) & (figures["reward_count"] == 0)
    return regular & active & same_few & unmoved & (contacts == 0)
