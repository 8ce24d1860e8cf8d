"""Worklists, and what was decided on them."""

# In the order of analytics/worklist/worklist.py.
WORKLISTS = [
    ("identify", "Identify"),
    ("retain", "Retain"),
    ("develop", "Develop"),
]
DECISIONS = [("done", "Done"), ("snooze", "Snoozed"), ("reject", "Rejected")]
