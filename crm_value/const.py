"""Selections shared by several models, and the numbers that stand for them."""

from datetime import date, timedelta

USER = "crm_value.group_user"
OFFICER = "crm_value.group_officer"  # who may see margins
QUADRANTS = [
    ("lead", "Lead"),
    ("iron", "Iron"),
    ("gold", "Gold"),
    ("platinum", "Platinum"),
]
PARETO_CLASSES = [("a", "A"), ("b", "B"), ("c", "C")]
# In the order of the numbers that stand for them in analytics/forecast/forecast.py.
CONFIDENCES = [
    ("insufficient", "Not enough data"),
    ("low", "Low"),
    ("good", "Good"),
]
RELATIONS = [("active", "Active"), ("lost", "Lost")]
ASSET_STATES = [
    ("no_purchase", "No Purchase"),
    ("unreachable", "Not Reachable"),
    ("no_consent", "No Consent"),
    ("incomplete", "Record Incomplete"),
    ("qualified", "Usable"),
]
# In the order of analytics/lifecycle/lifecycle.py.
STAGES = [
    ("prospect", "Prospect"),
    ("exploration", "Exploration"),
    ("formation", "Formation"),
    ("stability", "Stability"),
    ("decline", "Decline"),
    ("lost", "Lost"),
    ("won_back", "Won Back"),
]
RISK_STATES = [("safe", "Not at Risk"), ("at_risk", "At Risk")]
# In the order of analytics/churn/endings.py.
PATTERNS = [
    ("early_failure", "Early Failure"),
    ("midway", "Midway"),
    ("early_exit", "Early Exit"),
    ("long_lasting", "Long-Lasting"),
]
# The stages of a customer on its way out.
FALLING = ("decline", "lost")
# Of two stages, the later one is the better one to be in.
BETTER_STAGES = (
    "lost",
    "decline",
    "won_back",
    "exploration",
    "formation",
    "stability",
)
# In the order of analytics/worklist/worklist.py.
WORKLISTS = [
    ("identify", "Identify"),
    ("retain", "Retain"),
    ("develop", "Develop"),
]
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
# In the order of analytics/satisfaction/responses.py.
SATISFACTION_QUADRANTS = [
    ("apostle", "Apostle"),
    ("mercenary", "Mercenary"),
    ("hostage", "Hostage"),
    ("defector", "Defector"),
]
DECISIONS = [("done", "Done"), ("snooze", "Snoozed"), ("reject", "Rejected")]
FORECAST_RULES = [
    ("bg", "BG/NBD"),
    ("mbg", "MBG/NBD"),
    ("pareto", "Pareto/NBD"),
    ("seasonal", "Same season a year ago"),
    ("naive", "Goes on as before"),
    ("shrunken", "Own and everybody's rate"),
]
SIDES = [
    ("current", "Current value"),
    ("potential", "Potential value"),
    ("received", "Delivered value"),
]
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
BENEFIT_KINDS = [
    ("pricelist", "Member Price"),
    ("reward", "Reward"),
    ("points", "Points"),
    ("service", "Service"),
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
# What makes us ask a customer, whom, and why somebody was not asked.
EVENTS = [
    ("delivered", "Order Delivered"),
    ("invoiced", "Invoice Posted"),
    ("ticket", "Ticket Closed"),
    ("recovery", "Negative Response Resolved"),
    ("stage", "Stage Reached"),
    ("tier", "Tier Reached"),
    ("calendar", "Calendar"),
]
PERSONS = [
    ("document", "Contact of the Document"),
    ("commercial", "Customer (Company)"),
    ("tag", "Contacts With Tag"),
    ("type", "Contacts by Address Type"),
    ("staff", "Users of the Company"),
]
INVITATION_STATES = [
    ("planned", "Planned"),
    ("sent", "Sent"),
    ("answered", "Answered"),
    ("expired", "Expired"),
    ("skipped", "Not Sent"),
]
SUPPRESSION_REASONS = [
    ("nobody", "No matching contact"),
    ("left", "No longer applies"),
    ("off", "Rule inactive"),
    ("sampled", "Not in the sample"),
    ("no_address", "No e-mail address"),
    ("opt_out", "Opted out"),
    ("answered", "Already responded"),
    ("asked", "Surveyed recently"),
    ("asked_company", "Colleague surveyed recently"),
    ("open_ticket", "Ticket still open"),
    ("contacted", "Too many other mails"),
    ("cap", "Frequency cap reached"),
    ("duplicate", "Already sent to this address"),
    ("failed", "Could not be sent"),
]
FEWEST_STAFF = 5  # answers; with fewer, one could tell who gave them
# Days are counted from PostgreSQL's own epoch, so that its binary dates need no shift.
EPOCH = date(2000, 1, 1)


def to_day(day):
    """Return a date as days since EPOCH."""
    return (day - EPOCH).days


def from_day(number):
    """Return the date of days since EPOCH."""
    return EPOCH + timedelta(days=number)
