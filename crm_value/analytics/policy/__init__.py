"""Weights from comparisons in pairs."""
