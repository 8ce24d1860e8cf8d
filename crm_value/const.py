"""Groups of users, days as numbers, a mark of our own: what every capability names."""

from datetime import date, timedelta

USER = "crm_value.group_user"
OFFICER = "crm_value.group_officer"  # who may see margins
SOLD = ("out_invoice", "out_receipt")  # kinds of documents that sell
# Days are counted from PostgreSQL's own epoch, so that its binary dates need no shift.
EPOCH = date(2000, 1, 1)
# What our own keys of a context hold: a client may send any key, but not this object.
OURS = object()


def to_day(day):
    """Return a date as days since EPOCH."""
    return (day - EPOCH).days


def from_day(number):
    """Return the date of days since EPOCH."""
    return EPOCH + timedelta(days=number)
