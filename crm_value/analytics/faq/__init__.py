"""Likeness of texts: which frequent question a customer asks in other words."""
