"""Sides of two-way customer value."""

SIDES = [
    ("current", "Current value"),
    ("potential", "Potential value"),
    ("received", "Delivered value"),
]
