"""What is owed to whoever complains, and what is found out about a complaint."""

from ..desk.helpdesk_ticket import DESK

PARTED = f"{DESK},crm_value.group_part_service"  # what shows or hides the part's pages

# In the order of ISO 10002: acknowledgement, initial assessment, investigation,
# response, communicating the decision, closing.
DUTIES = [
    ("acknowledge", "Acknowledge"),
    ("assess", "Assess"),
    ("investigate", "Find the Cause"),
    ("decide", "Decide on a Remedy"),
    ("tell", "Tell the Customer"),
    ("confirm", "Have It Confirmed"),
]
DONE = ("done", "Confirmed")
SEVERITIES = [
    ("minor", "Minor"),
    ("serious", "Serious"),
    ("critical", "Critical"),
]
FAULTS = [
    ("ours", "Our Own"),
    ("supplier", "A Supplier's"),
    ("customer", "The Customer's"),
    ("none", "Nobody's"),
]
UPHELD = ("ours", "supplier")  # whose fault it may be that customers do not pay for
REMEDIES = [
    ("replace", "Replacement"),
    ("repair", "Repair"),
    ("again", "Done Again"),
    ("refund", "Refund or Credit"),
    ("explain", "Explanation or Apology"),
    ("none", "None: Not Justified"),
]
HEARD = [
    ("call", "Call"),
    ("visit", "Visit"),
    ("answer", "Survey or Written Answer"),
]
