"""Kinds of suggestions, what became of them, and how long they count."""

SIMILAR, DUE, NEW = "similar", "due", "new"
KINDS = [
    (SIMILAR, "Bought as Well"),
    (DUE, "Due Again"),
    (NEW, "New in a Category They Buy"),
]
OPEN, ADDED, DISMISSED, IGNORED = "open", "added", "dismissed", "ignored"
OUTCOMES = [
    (OPEN, "Not Answered"),
    (ADDED, "Added"),
    (DISMISSED, "Dismissed"),
    (IGNORED, "Ignored"),
]
REASONS = [
    ("unneeded", "The customer does not need it"),
    ("elsewhere", "The customer buys it elsewhere"),
    ("price", "Too expensive for the customer"),
    ("other", "Another reason"),
]
MOST = 5  # suggestions at a time
REST_DAYS = 180  # after it was dismissed it is not suggested
WINDOW_DAYS = 90  # within which what is bought counts for a suggestion
NEW_DAYS = 180  # for which a product is new
CHANCE_DAYS = 365  # of the log that chances are taken from
