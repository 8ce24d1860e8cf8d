"""Loyalty classes by behaviour and attitude, and loyalty types."""
