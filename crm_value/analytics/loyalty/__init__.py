"""Behaviour against attitude."""
