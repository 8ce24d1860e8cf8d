"""Purchases by customer and day, and what they cost."""
