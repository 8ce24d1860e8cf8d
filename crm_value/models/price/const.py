"""How one face to the customer is kept, and how far back prices are remembered."""

FACES = [
    ("warn", "Warn"),
    ("reason", "Need a Reason"),
    ("block", "Block"),
]
YEARS = 3  # of a customer's own prices
ALIKE_MONTHS = 12  # of the prices of comparable customers
LEAST = 8  # comparable customers, below which nothing is told of them
