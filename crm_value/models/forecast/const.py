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
            "Same season a year ago",
            "Goes on as before",
            "Own and everybody's rate",
        ),
        strict=True,
    )
)
