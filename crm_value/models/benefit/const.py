"""Kinds of benefits."""

BENEFIT_KINDS = [
    ("pricelist", "Member Price"),
    ("reward", "Reward"),
    ("points", "Points"),
    ("service", "Service"),
]
