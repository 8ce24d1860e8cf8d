"""Worklists and the next best date."""
