"""Churn risk, and the defection patterns of churned relationships."""
