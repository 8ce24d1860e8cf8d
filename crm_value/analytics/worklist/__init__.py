"""Whom to turn to next, and why."""
