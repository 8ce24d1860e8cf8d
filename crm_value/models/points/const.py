"""Kinds of movements of points."""

POINT_KINDS = [
    ("earned", "Earned"),
    ("returned", "Clawed Back"),
    ("spent", "Spent"),
    ("given_back", "Refunded"),
    ("expired", "Expired"),
    ("manual", "Manual"),
    ("opening", "Opening Balance"),
    ("merged", "Merged"),
    ("other", "Other"),
]
