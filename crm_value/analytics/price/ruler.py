"""The scale on which prices are drawn, and when two of them are the same."""

MARGIN = 0.08  # of the scale, free at each end
MIDDLE = 50.0


def places(prices):
    """Return where each price stands, in percent of the scale; unknown is None.

    >>> places([100.0, 50.0, None, 75.0])
    [92.0, 8.0, None, 50.0]
    >>> places([80.0]), places([]), places([None])
    ([50.0], [], [None])
    """
    known = [price for price in prices if price is not None]
    if not known:
        return [None for _price in prices]
    low, high = min(known), max(known)
    wide = high - low
    return [
        price
        if price is None
        else round(100 * (MARGIN + (1 - 2 * MARGIN) * (price - low) / wide), 1)
        if wide
        else MIDDLE
        for price in prices
    ]


def differ(one, other, rounding):
    """Return whether two prices are two, beyond what is lost by rounding.

    >>> differ(92.0, 88.0, 0.01), differ(1.005, 1.0, 0.01), differ(8.333, 8.33, 0.01)
    (True, False, False)
    """
    return abs(one - other) > rounding
