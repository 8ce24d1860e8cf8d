"""Worklists, and what was decided on them."""

# In the order of analytics/worklist/worklist.py.
WORKLISTS = [
    ("identify", "Identify"),
    ("retain", "Retain"),
    ("develop", "Develop"),
]
# The order in which they are worked: who may be lost comes first.
WORKED = ("retain", "develop", "identify")
# Who is at risk, wherever they are counted or named.
AT_RISK = ["|", ("stage_id.code", "=", "decline"), ("risk_state", "=", "at_risk")]
DECISIONS = [("done", "Done"), ("snooze", "Snoozed"), ("reject", "Rejected")]
# What is at stake, as the rank among all on the lists: the top fifth, above the middle.
BANDS = [("top", "Most at Stake"), ("upper", "Much"), ("lower", "Less")]
TOP, UPPER = 80, 50
# What came of it when a customer was worked.
OUTCOMES = [
    ("ordered", "Has Ordered"),
    ("offer", "Wants a Quotation"),
    ("later", "Call Again Later"),
    ("missed", "Not Reached"),
    ("nothing", "No Interest"),
    ("other", "Something Else"),
]
