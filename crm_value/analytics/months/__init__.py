"""Purchases by month, for comparisons."""
