"""Ways to sell: which rules of a policy suit each, and why. docs/method.md, section 14.

Every value is a default of ours, and an editable choice.
"""

from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WAYS = [
    ("wholesale", "Wholesale"),
    ("retail", "Retail and Shop"),
    ("services", "Services and Projects"),
    ("contract", "Contracts and Subscriptions"),
]


class Rule(NamedTuple):
    """One rule of the policy: its field, what it becomes, and why."""

    name: str
    value: object
    why: object


class Preset(NamedTuple):
    """The rules of one way to sell.

    :param rules: tuple of Rule
    :param tiers: (purchases, months as a customer) of each tier, the lowest first;
        empty: the tiers stay
    :param why_tiers: why they ask for that
    """

    rules: tuple
    tiers: tuple = ()
    why_tiers: object = None


WHOLESALE = Preset(
    rules=(
        Rule(
            "rfm_money",
            "margin",
            _lt("Prices are negotiated: revenue does not say what a customer brings."),
        ),
        Rule(
            "horizon_months",
            24,
            _lt("Who buys to sell again stays for years: one year hides the stake."),
        ),
        Rule(
            "explore_purchases",
            3,
            _lt("The first orders try the goods, the delivery and the terms."),
        ),
        Rule(
            "decline_share",
            0.7,
            _lt("Stock is refilled steadily: a third less goes to somebody else."),
        ),
        Rule(
            "risk_days",
            60,
            _lt("Orders come every few weeks: two silent months are an early sign."),
        ),
        Rule(
            "rest_days",
            14,
            _lt("Who orders every few weeks is spoken to as often."),
        ),
    ),
    tiers=((1, False), (6, False), (12, 6), (24, 12)),
    why_tiers=_lt("In a year: an order every two months, each month, twice a month."),
)
RETAIL = Preset(
    rules=(
        Rule(
            "explore_purchases",
            1,
            _lt("Most buy once: the second purchase makes a customer of a visitor."),
        ),
        Rule(
            "stable_purchases",
            4,
            _lt("Few buy six times: who came back three times has made it a habit."),
        ),
        Rule(
            "stage_window_days",
            180,
            _lt("Months lie between two purchases: a quarter holds too few of them."),
        ),
        Rule(
            "risk_days",
            180,
            _lt("Three months without a purchase are usual, half a year tells more."),
        ),
        Rule(
            "loyalty_price_share",
            0.7,
            _lt("Offers are the norm: who buys little else is there for the price."),
        ),
        Rule(
            "rest_days",
            60,
            _lt("Who buys a few times a year is not written to each month."),
        ),
    ),
)
SERVICES = Preset(
    rules=(
        Rule(
            "basis",
            "ordered",
            _lt(
                "A project is invoiced in parts, and each day with an invoice would be "
                "a purchase; a confirmed order is one."
            ),
        ),
        Rule(
            "window_days",
            730,
            _lt(
                "Projects are rarer than years: one year would show most customers "
                "without any. Growth is known after four years."
            ),
        ),
        Rule(
            "rfm_window_days",
            730,
            _lt("As above: who had a project in the last two years has bought."),
        ),
        Rule(
            "horizon_months",
            24,
            _lt("The next project may be more than a year away."),
        ),
        Rule(
            "explore_purchases",
            1,
            _lt("The second project says that the first one convinced."),
        ),
        Rule(
            "stage_window_days",
            365,
            _lt("A quarter without a project is usual, a year says something."),
        ),
        Rule(
            "stable_purchases",
            3,
            _lt("Three projects are what six purchases are elsewhere."),
        ),
        Rule(
            "stable_days",
            730,
            _lt("Two years hold as many projects as others sell in one."),
        ),
        Rule(
            "risk_days",
            365,
            _lt("Whether another project comes is seen within a year, not a quarter."),
        ),
        Rule(
            "lost_days",
            730,
            _lt("Few customers tell: two years of silence, not one, end a relation."),
        ),
        Rule(
            "tier_window_months",
            24,
            _lt("Tiers count the projects of as many years as the scores do."),
        ),
    ),
    tiers=((1, False), (2, False), (3, 12), (5, 24)),
    why_tiers=_lt("In two years: the second, the third and the fifth project."),
)
CONTRACT = Preset(
    rules=(
        Rule(
            "horizon_months",
            36,
            _lt("Contracts run for years: what is at stake is more than one of them."),
        ),
        Rule(
            "explore_days",
            180,
            _lt("With an invoice a month three purchases are no decision yet."),
        ),
        Rule(
            "stable_purchases",
            12,
            _lt("A year of monthly invoices."),
        ),
        Rule(
            "stable_growth",
            0.1,
            _lt("Fees are agreed: a tenth more or less is another contract."),
        ),
        Rule(
            "decline_share",
            0.8,
            _lt("Fees do not scatter: a fifth less is a part that was given up."),
        ),
        Rule(
            "risk_days",
            60,
            _lt("Two invoices that do not come are an end, not a pause."),
        ),
        Rule(
            "decline_gap",
            1.5,
            _lt("An invoice that is half a month late has a reason."),
        ),
        Rule(
            "lost_gap",
            3.0,
            _lt("Three invoices in a row that do not come end the relation."),
        ),
        Rule(
            "lost_days",
            120,
            _lt("Nobody under contract is silent for a third of a year."),
        ),
        Rule(
            "rest_days",
            90,
            _lt("A talk each quarter: between them the service speaks."),
        ),
    ),
    tiers=((1, False), (False, 12), (False, 36), (False, 60)),
    why_tiers=_lt(
        "An invoice a month is no merit: tiers go by one, three and five years."
    ),
)
PRESETS = {
    "wholesale": WHOLESALE,
    "retail": RETAIL,
    "services": SERVICES,
    "contract": CONTRACT,
}
