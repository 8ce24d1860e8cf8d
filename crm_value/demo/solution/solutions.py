"""Needs of the demo customers, what meets them, and what became of it."""

from dataclasses import dataclass

GUESTS, BEDS, QUIET_ROOMS, TERRACE = "guests", "beds", "quiet", "terrace"
# Name, what it is measured in.
NEEDS = {
    GUESTS: ("Room for guests", "guests"),
    BEDS: ("Beds made up", "beds"),
    QUIET_ROOMS: ("Quiet rooms", "m²"),
    TERRACE: ("Warm terrace", "m²"),
}
# Name, price, cost.
PRODUCTS = {
    "chair": ("Stacking Chair", 79.0, 41.0),
    "bedding": ("Bed Linen Set", 36.0, 17.5),
    "panel": ("Acoustic Panel", 145.0, 88.0),
    "visit": ("Measuring on Site", 240.0, 150.0),
}
# Name: lines of product, need, quantity for one of it, least quantity.
TEMPLATES = {
    "dining": ("Dining Room", (("chair", GUESTS, 1.05, 12), ("visit", None, 1, 0))),
    "floor": (
        "Hotel Floor",
        (("bedding", BEDS, 3, 0), ("chair", GUESTS, 0.5, 4), ("visit", None, 1, 0)),
    ),
    "acoustics": ("Acoustics", (("panel", QUIET_ROOMS, 0.08, 6),)),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A quotation of the past year: templates, customers by won and lost."""

    templates: tuple
    needs: dict
    won: tuple
    lost: tuple


OFFERS = (
    Offer(("dining",), {GUESTS: 60}, (41, 44, 47, 50, 53, 56), (42, 45, 48)),
    Offer(("floor",), {BEDS: 24, GUESTS: 30}, (43, 46, 49), (51, 52, 54, 55)),
    Offer(("acoustics",), {QUIET_ROOMS: 90}, (57,), (58, 59)),
    Offer(("dining", "acoustics"), {GUESTS: 80, QUIET_ROOMS: 140}, (61, 62), ()),
)
# The title of an open lead, and what it needs.
LEAD = ("Bar and rooms on two floors", {GUESTS: 72, BEDS: 28, QUIET_ROOMS: 160})
# The title of another one, what it needs, and days since nothing was found to meet it.
UNMET = ("Terrace open in winter", {TERRACE: 120}, 20)
