"""Classes by value."""

QUADRANTS = [
    ("lead", "Small"),
    ("iron", "Promising"),
    ("gold", "Established"),
    ("platinum", "Star"),
]
PARETO_CLASSES = [("a", "A"), ("b", "B"), ("c", "C")]
