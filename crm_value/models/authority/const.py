"""What discount authority and its approvals are made of."""

PART = "selling"
PART_USERS = f"crm_value.group_part_{PART}"
MANAGER = "crm_value.group_manager"
ACTIVITY = "crm_value.mail_activity_approval"
OPEN = ("draft", "sent")  # states of an order that is no promise yet
ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
NEEDED = "needed"
DECISIONS = [
    (ASKED, "Waiting for Approval"),
    (APPROVED, "Approved"),
    (REFUSED, "Refused"),
]
STATES = [(NEEDED, "Needs Approval"), *DECISIONS]
