"""Classes and kinds of loyalty."""

# In the order of analytics/loyalty/loyalty.py.
LOYALTY_CLASSES = [
    ("loyal", "Loyal"),
    ("spurious", "Spurious"),
    ("latent", "Latent"),
    ("none", "No Loyalty"),
    ("unknown", "Not Known"),
]
LOYALTY_KINDS = [
    ("price", "Price"),
    ("incentive", "Incentive"),
    ("inertia", "Inertia"),
    ("convenience", "Convenience"),
    ("monopoly", "Monopoly"),
    ("latent", "Latent"),
    ("premium", "Premium"),
]
