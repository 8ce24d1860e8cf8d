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
# How close a company is to a customer (Kotler), by how many customers there are and by
# the third that the customer's margin is in, the lowest first.
RELATION_LEVELS = [
    ("basic", "Basic"),
    ("reactive", "Reactive"),
    ("accountable", "Accountable"),
    ("proactive", "Proactive"),
    ("partner", "Partnership"),
]
SUGGESTED_LEVELS = {
    "few": ("accountable", "proactive", "partner"),
    "some": ("reactive", "accountable", "proactive"),
    "many": ("basic", "reactive", "accountable"),
}
FEW, MANY = 100, 1000  # customers; the source names no numbers
