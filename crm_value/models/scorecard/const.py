"""What a strategy, its objectives, arrows and measures can be."""

PROPOSITIONS = [
    ("leadership", "Product Leadership"),
    ("intimacy", "Customer Intimacy"),
    ("excellence", "Operational Excellence"),
]
STATES = [
    ("draft", "Draft"),
    ("active", "Active"),
    ("review", "Under Review"),
    ("superseded", "Superseded"),
]
LIVE = ("active", "review")  # their months go on
PERSPECTIVES = [
    ("financial", "Financial"),
    ("customer", "Customers"),
    ("process", "Internal Processes"),
    ("learning", "Learning and Growth"),
]
PROCESSES = [
    ("selection", "Customer Selection"),
    ("acquisition", "Customer Acquisition"),
    ("retention", "Customer Retention"),
    ("development", "Customer Development"),
]
SIGNS = [("positive", "Better With It"), ("negative", "Worse With It")]
SIGN = {"positive": 1, "negative": -1}
LEVELS = [("month", "Months"), ("customer", "Customers")]
VERDICTS = [
    ("supported", "Supported"),
    ("contradicted", "Contradicted"),
    ("none", "No Evidence"),
    ("untestable", "Not Testable"),
]
UNITS = [
    ("money", "Money"),
    ("percent", "Percent"),
    ("days", "Days"),
    ("hours", "Hours"),
    ("number", "Number"),
    ("score", "Score"),
]
DIRECTIONS = [("up", "Higher Is Better"), ("down", "Lower Is Better")]
ORIGINS = [("computed", "Computed"), ("manual", "Entered Manually")]
LIGHTS = [
    ("good", "On Target"),
    ("warn", "Below Target"),
    ("bad", "Below the Red Flag"),
    ("none", "Not Known"),
]
