"""What the monthly letter tells, and where its links lead."""

from ..lifecycle.const import BETTER_STAGES
from ..scoring.const import QUADRANTS

TOLD = 5  # customers named in a list; the screens show them all
RISE, FALL = 1, -1
# Of two, the later one is the better one to be in.
STAGE_RANKS = {code: place for place, code in enumerate(BETTER_STAGES, 1)}
QUADRANT_RANKS = {code: place for place, (code, _name) in enumerate(QUADRANTS, 1)}
# Links of a letter name one of these, never an address.
PLACES = {
    "changes": "customer-value-changes",
    "customers": "customer-value",
    "decisions": "customer-decisions",
    "equity": "customer-value-equity",
    "playbooks": "customer-playbooks-running",
    "retain": "customers-to-retain",
    "satisfaction": "customer-satisfaction",
}
