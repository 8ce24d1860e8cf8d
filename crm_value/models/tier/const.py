"""How safe a tier is, and what happened to it."""

# In the order of analytics/tier/tier.py.
TIER_STATES = [
    ("kept", "Secured"),
    ("short", "Not Secured"),
    ("grace", "In Grace Period"),
    ("manual", "Manual"),
]
TIER_EVENTS = [
    ("same", "As before"),
    ("entered", "Entered"),
    ("upgraded", "Upgraded"),
    ("renewed", "Renewed"),
    ("downgraded", "Downgraded"),
    ("left", "Left"),
    ("manual", "Set by hand"),
]
