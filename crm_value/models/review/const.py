LEVERS = [
    ("minimum", "Minimum Order"),
    ("self_service", "Self-Service"),
    ("price", "Price or Delivery Charge"),
    ("frequency", "Fewer Visits or Deliveries"),
    ("keep", "Keep as It Is"),
]
STATES = [("open", "Under Way"), ("done", "Reviewed")]
OUTCOMES = [
    ("better", "It Pays Now"),
    ("closer", "Closer to Paying"),
    ("same", "No Change"),
    ("worse", "Worse"),
    ("left", "The Customer Left"),
]
MUCH = 0.001  # of the margin of all customers; what is lost below it is negligible
DAYS = 91  # until what came of a decision is looked at, unless somebody says otherwise
