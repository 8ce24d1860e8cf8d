"""What makes us ask a customer, whom, and why somebody was not asked."""

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
# States of a follow-up that nobody has finished.
UNDONE = ("waiting", "open", "failed")
