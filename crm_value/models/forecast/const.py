"""How sure a forecast is, and the rules it may follow."""

from ...analytics.forecast.forecast import RULES

# In the order of the numbers that stand for them in analytics/forecast/forecast.py.
CONFIDENCES = [
    ("insufficient", "Not enough data"),
    ("low", "Low"),
    ("good", "Good"),
]
RELATIONS = [("active", "Active"), ("lost", "Lost")]
FORECAST_RULES = list(
    zip(
        RULES,
        (
            "BG/NBD",
            "MBG/NBD",
            "Pareto/NBD",
            "Same season a year ago (earlier version)",
            "As in the last equally long period",
            "Own and everybody's rate",
            "Last quarter, shrunk to everybody's",
            "Same season a year ago, shrunk to everybody's",
            "Mean of model and last quarter",
        ),
        strict=True,
    )
)
