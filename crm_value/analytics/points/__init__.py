"""Loyalty points, lot by lot."""
