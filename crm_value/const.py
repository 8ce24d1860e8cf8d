"""Groups of users, and days as numbers: what every capability names."""

from datetime import date, timedelta

USER = "crm_value.group_user"
OFFICER = "crm_value.group_officer"  # who may see margins
# Days are counted from PostgreSQL's own epoch, so that its binary dates need no shift.
EPOCH = date(2000, 1, 1)


def to_day(day):
    """Return a date as days since EPOCH."""
    return (day - EPOCH).days


def from_day(number):
    """Return the date of days since EPOCH."""
    return EPOCH + timedelta(days=number)
