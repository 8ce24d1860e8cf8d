"""Kinds of movements of points, and the sign of Odoo's own reward flow."""

POINT_KINDS = [
    ("earned", "Earned"),
    ("returned", "Clawed Back"),
    ("spent", "Spent"),
    ("given_back", "Refunded"),
    ("expired", "Expired"),
    ("manual", "Manual"),
    ("opening", "Opening Balance"),
    ("merged", "Merged"),
    ("other", "Other"),
]

# In the context of what Odoo's reward flow writes. An object of ours: no context that
# comes over the wire can hold it.
REWARD_FLOW = object()
