"""What a scenario can change, and what of it is told."""

RETENTION, PRICE, DISCOUNT, DEMAND = "retention", "price", "discount", "demand"
TIER, SHARE, RATE, HORIZON, CAP = "tier", "share", "rate", "horizon", "cap"
BUDGET, RESPONSE, RESOLUTION = "budget", "response", "resolution"
PARAMETERS = [
    (RETENTION, "Retention of a Year, Points"),
    (PRICE, "Prices, Percent"),
    (DISCOUNT, "Average Discount, Points"),
    (DEMAND, "Quantity Bought, Percent"),
    (TIER, "Limit of a Tier, New Value"),
    (SHARE, "Quadrants: Share of the Margin, Percent"),
    (RATE, "Discount Rate, Percent"),
    (HORIZON, "Horizon, Months"),
    (CAP, "Automatic Contacts in a Period, at Most"),
    (BUDGET, "Budget of Contacts in a Year"),
    (RESPONSE, "First Response Within, Working Hours"),
    (RESOLUTION, "Solved Within, Working Hours"),
]
# Field of the policy that a line sets; the tiers have fields of their own.
POLICY = {
    SHARE: ("quadrant_share", 0.01),
    RATE: ("discount_rate", 0.01),
    HORIZON: ("horizon_months", 1),
    CAP: ("contact_cap", 1),
}
# What makes sense: lowest and highest value of a line.
BOUNDS = {
    RETENTION: (-100, 100),
    PRICE: (-90, 500),
    DISCOUNT: (-99, 99),
    DEMAND: (-99, 500),
    SHARE: (1, 99),
    RATE: (0, 100),
    HORIZON: (1, 60),
    CAP: (0, 365),
    BUDGET: (0, 10**12),
    RESPONSE: (0.01, 10**4),
    RESOLUTION: (0.01, 10**4),
}
WHOLE = (HORIZON, CAP)
SERVICE = (RESPONSE, RESOLUTION)
TICKET_DAYS = 180
YEAR_DAYS = 365
SEEDS = 10**9
MOST = 4  # scenarios side by side

DRAFT, TAKEN, REVIEWED = "draft", "taken", "reviewed"
STATES = [(DRAFT, "Open"), (TAKEN, "Taken"), (REVIEWED, "Reviewed")]
# What a choice may expect: of the months since together, or of the last one.
FIGURES = [
    ("revenue", "Revenue of the Months Since"),
    ("margin", "Margin of the Months Since"),
    ("net_profit", "Net Profit of the Months Since"),
    ("customers", "Customers Who Bought in the Months Since"),
    ("equity", "Customer Equity at the Last Month End"),
    ("retention", "Retention of a Year in Percent, at the Last Month End"),
]
SUMMED = ("margin", "net_profit")
REVIEW = "crm_value.mail_activity_choice"
FEWEST = 5  # reviews below which no hit rate is told
