"""Loyalty data of the demo customers, as plain tables."""

from ..core.characters import LINEN, TABLEWARE

# Of the second-best tier and the best one.
BENEFITS = (
    {"points_rate": 1.5, "ticket_priority": "1"},
    {"points_rate": 2.0, "ticket_priority": "2", "response_hours": 4.0},
)
# Who came by whose recommendation.
REFERRALS = (
    ("partner_seasonal", "partner_platinum"),
    ("partner_once", "partner_platinum"),
    ("partner_bargain", "partner_late"),
)
# Who spends how much a year on what we sell, with everybody: days ago, by what source.
WALLETS = (
    ("partner_platinum", 45, 160_000, "customer"),
    ("partner_fading", 500, 90_000, "survey"),
    ("partner_bargain", 20, 110_000, "estimate"),
)
# An order that pays in part with points: who, days ago, what.
REWARDED = ("contact_platinum_1", 2, {LINEN: 20, TABLEWARE: 10})
