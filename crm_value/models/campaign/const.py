"""What a campaign is for, how it reaches customers, and what came of it."""

KINDS = [
    ("sell", "Sell More"),
    ("win_back", "Win Back"),
    ("keep", "Keep"),
    ("introduce", "Introduce Something New"),
    ("first_year", "Through the First Year"),
]
MAIL, PLAYBOOK, ACTIVITY = "mail", "playbook", "activity"
MEANS = [(MAIL, "E-Mail"), (PLAYBOOK, "Playbook"), (ACTIVITY, "Activity")]
DRAFT, RUNNING, DONE, STOPPED = "draft", "running", "done", "stopped"
STATES = [
    (DRAFT, "Draft"),
    (RUNNING, "Running"),
    (DONE, "Ended"),
    (STOPPED, "Called Off"),
]
TREATED, HELD, OUT = "treated", "held", "out"
ARMS = [
    (TREATED, "Gets It"),
    (HELD, "Held Out"),
    (OUT, "Left Out Before the Draw"),
]
PAID, LOST, OPEN, FEW, SKEWED = "paid", "lost", "open", "few", "skewed"
VERDICTS = [
    (PAID, "It Paid"),
    (LOST, "It Did Not Pay"),
    (OPEN, "We Cannot Yet Say"),
    (FEW, "Too Few Held Out"),
    (SKEWED, "The Draw Was Disturbed"),
]
DAYS = 90  # the window, unless somebody says otherwise
SHARE = 0.2  # held out, unless somebody says otherwise
SEEDS = 10**9
UNLIKELY = 0.001  # of the sizes of both groups, below which the draw was disturbed
BY_CHANCE = 0.05  # of draws that do as much, from which on nothing is claimed
SAMPLE = 2000  # customers from whom it is told what can be seen
PROMOTING = ("campaign ", "playbook ")  # how the topic of a promotion begins
BY_PLAYBOOK, BY_YEAR = "playbook", "year"
OF = [(BY_PLAYBOOK, "A Playbook"), (BY_YEAR, "All Marketing of a Year")]
MORE, LESS = "more", "less"
FINDINGS = [
    (MORE, "It Brings More"),
    (LESS, "It Brings Less"),
    (OPEN, "We Cannot Yet Say"),
    (FEW, "Too Few Held Out"),
    (SKEWED, "The Draw Was Disturbed"),
]
YEAR_SHARE = 0.05  # held out of all marketing, unless somebody says otherwise
