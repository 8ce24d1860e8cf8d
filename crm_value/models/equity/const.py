"""How far a customer can be reached as an asset."""

ASSET_STATES = [
    ("no_purchase", "No Purchase"),
    ("unreachable", "Not Reachable"),
    ("no_consent", "No Consent"),
    ("incomplete", "Record Incomplete"),
    ("qualified", "Usable"),
]
