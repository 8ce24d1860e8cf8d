"""What a client sends of a record is looked at before any record is asked for."""

BIGGEST = 2**31  # no id is


def number(value):
    """Return the id that a client gave, 0 for whatever is none.

    >>> [number(value) for value in (7, 0, -1, 2**31, True, 7.0, "7", None)]
    [7, 0, 0, 0, 0, 0, 0, 0]
    """
    return value if type(value) is int and 0 < value < BIGGEST else 0
