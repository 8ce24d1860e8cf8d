"""Selections shared by several models, and the numbers that stand for them."""

from datetime import date

QUADRANTS = [
    ("lead", "Lead"),
    ("iron", "Iron"),
    ("gold", "Gold"),
    ("platinum", "Platinum"),
]
PARETO_CLASSES = [("a", "A"), ("b", "B"), ("c", "C")]
CODES = {
    "quadrant": [key for key, _label in QUADRANTS],
    "quadrant_computed": [key for key, _label in QUADRANTS],
    "pareto_class": [key for key, _label in PARETO_CLASSES],
}
SIDES = [
    ("current", "Current value"),
    ("potential", "Potential value"),
    ("received", "Received value"),
]
# Days are counted from PostgreSQL's own epoch, so that its binary dates need no shift.
EPOCH = date(2000, 1, 1)


def to_day(day):
    """Return a date as days since EPOCH."""
    return (day - EPOCH).days
