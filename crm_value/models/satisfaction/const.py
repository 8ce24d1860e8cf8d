"""Who answers which survey, and what its answers say."""

# In the order of analytics/satisfaction/responses.py.
SATISFACTION_QUADRANTS = [
    ("apostle", "Apostle"),
    ("mercenary", "Mercenary"),
    ("hostage", "Hostage"),
    ("defector", "Defector"),
]
# Who answers a survey, what makes us ask, and what a question in it measures.
AUDIENCES = [("customer", "Customers"), ("dealer", "Dealers"), ("staff", "Staff")]
SURVEY_KINDS = [
    ("purchase", "After a Purchase"),
    ("service", "After a Ticket"),
    ("relationship", "Relationship"),
    ("index", "Satisfaction Index"),
    ("expectation", "Expectations"),
]
ROLES = [
    ("item", "A Construct"),
    ("csat", "Satisfaction (CSAT)"),
    ("nps", "Recommendation (NPS)"),
    ("reason", "Reason in Words"),
]
# Of whom recommends us, for analytics.satisfaction.PROMOTER and PASSIVE.
VOICES = [
    ("promoter", "Promoters"),
    ("passive", "Passives"),
    ("detractor", "Detractors"),
]
MEASURING = ("item", "csat", "nps")
ORIGINS = [
    ("customer", "External"),
    ("internal", "Internal"),
    ("anonymous", "Anonymous"),
]
FEWEST_STAFF = 5  # answers; with fewer, one could tell who gave them
