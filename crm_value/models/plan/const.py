"""What becomes of a play in a plan, and the windows that a plan proposes."""

from ...analytics.plan import choice

DRAFT, RECKONED, DRAFTED = "draft", "reckoned", "drafted"
STATES = [
    (DRAFT, "Draft"),
    (RECKONED, "Worked Out"),
    (DRAFTED, "Campaigns Drafted"),
]
REASONS = [
    (choice.TAKEN, "In the Plan"),
    (choice.ENOUGH, "Not Needed"),
    (choice.NO_MONEY, "No Budget Left"),
    (choice.COSTLY, "Costs More than It Brings"),
    (choice.NOBODY, "Nobody Left"),
    (choice.UNKNOWN, "Nothing Is Known"),
]
WEEK = 7
SHORTEST, LONGEST = 4 * WEEK, 26 * WEEK  # of a window, where the plan's day allows it
