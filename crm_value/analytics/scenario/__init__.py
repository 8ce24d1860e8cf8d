"""Scenarios: what would be otherwise, and how far that can be told."""
