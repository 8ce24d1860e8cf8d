"""Classes by value."""

QUADRANTS = [
    ("lead", "Lead"),
    ("iron", "Iron"),
    ("gold", "Gold"),
    ("platinum", "Platinum"),
]
PARETO_CLASSES = [("a", "A"), ("b", "B"), ("c", "C")]
