"""Survey invitations of the demo company and their outcomes."""

EVENTS = ("invoiced", "ticket", "calendar")  # of the rules that asked
DAYS = 180  # back
DUE_HOURS = 20
REACTION_DAYS = 60
SILENT = 2  # without an answer, for each answer
# Of so many without an answer, those that were not sent, by their place.
ROUND = 12
REASONS = {3: "asked", 6: "cap", 8: "open_ticket", 9: "no_address", 11: "asked_company"}
AGAIN = ("satisfied", "satisfied", "asked", "dissatisfied")
