"""Retention economics and customer equity."""
