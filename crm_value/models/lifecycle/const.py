"""Stages of the customer lifecycle."""

from ...analytics import lifecycle

STAGES = list(
    zip(
        lifecycle.STAGES,
        (
            "Prospect",
            "Trial",
            "Growing",
            "Steady",
            "Declining",
            "Lost",
            "Won Back",
        ),
        strict=True,
    )
)
# The stages of a customer on its way out.
FALLING = ("decline", "lost")
# Of two stages, the later one is the better one to be in.
BETTER_STAGES = (
    "lost",
    "decline",
    "won_back",
    "exploration",
    "formation",
    "stability",
)
