"""A desk at work in the demo data, as plain tables."""

from dataclasses import dataclass

from ..core.characters import LINEN

CARE, SHANGHAI = "care", "shanghai"
# Team → name, where it works (None: as the company), and the xml ids of its members,
# the leader first.
TEAMS = {
    CARE: ("Customer Care", None, ("base.user_admin", "base.user_demo")),
    SHANGHAI: ("上海客服 Shanghai Desk", "Asia/Shanghai", ("base.user_admin",)),
}
# Working hours until the first answer of closed tickets, in turns: some are late.
ANSWERED = (1, 2, 3, 5, 2, 12, 1, 4, 3, 7, 20)


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the last weeks and what was done, in working hours of its team.

    :param who: xml id (without ``demo_``) of the partner or contact
    :param age: since when it is there
    :param answered: from then until the first answer, None: none yet
    :param closed: from then until it was closed, None: it is open
    :param then: what came after: "waits" for the customer, or was "reopened"
    """

    who: str
    team: str
    age: float
    title: str
    answered: float | None = None
    closed: float | None = None
    then: str = ""


LIVELY = (
    Request("contact_platinum_1", CARE, 3, "Two crates are missing"),
    Request("partner_late", CARE, 11, "Invoice shows the wrong address"),
    Request("partner_once", CARE, 1, "Do you still sell blue cups?"),
    Request("contact_platinum_2", SHANGHAI, 14, "Linen has faded", 1),
    Request("partner_seasonal", SHANGHAI, 9, "Which shelf sizes?", 2, then="waits"),
    Request("partner_bargain", CARE, 60, "Third scratched shelf", 14),
    Request("contact_fading", CARE, 70, "Stop our order", 3, 20, "reopened"),
    Request("partner_seasonal", SHANGHAI, 45, "Invoice in Chinese, please", 3, 12),
    Request("contact_platinum_1", CARE, 52, "Our number is missing", 1, 5),
    Request("partner_bargain", CARE, 66, "Price of the last order", 10, 30),
    Request("contact_platinum_2", SHANGHAI, 80, "Deliver on Saturday?", 2, 6),
    Request("contact_fading", CARE, 110, "Who is our contact now?", 16, 60),
    Request("partner_once", CARE, 130, "Cup broken on arrival", 2, 9),
)
# Who waits for which goods: days since the order, days since they were due.
LATE_ORDER = ("contact_platinum_1", 9, 2, {LINEN: 12})
