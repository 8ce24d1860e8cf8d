"""The chance that a suggestion is taken, and which are not shown, to compare with."""

import hashlib

SHARE = 10  # of so many suggestions, one is not shown
TAKEN, LEFT = 1, 9  # what counts before anything is known: one of ten is taken


def taken(added, left):
    """Return the chance of a kind of suggestions: the mean of Beta(1 + a, 9 + l).

    >>> taken(0, 0), taken(9, 1)
    (0.1, 0.5)
    """
    return (TAKEN + added) / (TAKEN + LEFT + added + left)


def is_held_out(seed, *unit):
    """Return whether a unit is among the random tenth; always the same for a seed.

    >>> sum(is_held_out("seed", number, "2026-07-01") for number in range(10_000))
    990
    """
    text = ":".join(map(str, (seed, *unit)))
    digest = hashlib.sha256(text.encode()).digest()
    return int.from_bytes(digest[:8], "big") % SHARE == 0
