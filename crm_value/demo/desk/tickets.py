"""A desk at work in the demo data, as plain tables."""

# Hours until the first answer of closed tickets, in turns: some of them too late.
ANSWERED = (1, 2, 3, 5, 2, 26, 1, 4, 3, 7, 49)
# Who asks what: hours ago, hours until the first answer (None: none yet), whether we
# wait for the customer since.
LIVELY = (
    ("contact_platinum_1", 3, None, False, "Two crates are missing"),
    ("partner_seasonal", 20, 2, True, "Which sizes do the shelves come in?"),
    ("partner_late", 26, None, False, "Invoice shows the wrong address"),
    ("contact_platinum_2", 30, 1, False, "Linen of the last delivery has faded"),
    ("partner_bargain", 120, 30, False, "Third scratched shelf this month"),
)
