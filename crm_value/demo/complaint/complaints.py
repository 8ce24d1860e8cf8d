"""Complaints of the demo data, as a plain table.

All hours are counted from when the complaint came; None: not done yet.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint and what has been done about it.

    :param age: hours since it came
    :param done: fact → hours after it came
    :param values: what was found out
    """

    who: str
    age: int
    title: str
    values: dict
    done: dict
    closed: int | None = None


COMPLAINTS = (
    Complaint(
        "contact_platinum_2",
        3 * 24,
        "Twelve cups arrived broken",
        {
            "value_severity": "serious",
            "value_cause_id": "cause_transport",
            "value_product_ids": "demo_product_tableware",
        },
        {
            "value_acknowledged_at": 1,
            "value_assessed_at": 2,
            "value_investigated_at": 26,
        },
    ),
    Complaint(
        "partner_seasonal",
        40 * 24,
        "Charged twice for the same delivery",
        {
            "value_severity": "minor",
            "value_cause_id": "cause_invoice",
            "value_remedy": "refund",
            "value_remedy_note": "Credit note for the second invoice",
            "value_heard_by": "call",
            "value_hours": 1.5,
        },
        {
            "value_acknowledged_at": 2,
            "value_assessed_at": 3,
            "value_investigated_at": 20,
            "value_decided_at": 24,
            "value_told_at": 25,
            "value_confirmed_at": 72,
        },
        closed=72,
    ),
    Complaint(
        "partner_bargain",
        18 * 24,
        "Shelves do not carry the weight of books",
        {
            "value_severity": "serious",
            "value_cause_id": "cause_promise",
            "value_product_ids": "demo_product_shelf",
            "value_remedy": "explain",
            "value_remedy_note": "Showed which shelves carry how much",
            "value_need_note": "Shelves for books: 40 kg a board",
        },
        {
            "value_acknowledged_at": 4,
            "value_assessed_at": 5,
            "value_investigated_at": 30,
            "value_decided_at": 50,
            "value_told_at": 75,
        },
        closed=80,
    ),
)
