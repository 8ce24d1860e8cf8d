"""A policy as the analytics see it: frozen, without records or database."""

from dataclasses import dataclass, field
from math import inf

MONTH_DAYS = 365.25 / 12
CURRENT, POTENTIAL, RECEIVED = "current", "potential", "received"
LEFT, ITSELF = "left", "itself"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One scored figure.

    :param code: stable name
    :param side: current, potential or received
    :param raw: column of the raw figure
    :param score: column of its score 0–100
    :param weight: share within its side, ≥ 0, not normalised
    :param inverted: a smaller figure is better
    :param intervals: ((lower bound, score), …) ascending; empty: percentile
    :param floor: the figure of somebody there is nothing of; nobody ranks below it
    :param direct: LEFT: the score is the share of the margin that the figure leaves;
        ITSELF: the figure is a score already; empty: percentile or intervals
    """

    code: str
    side: str
    raw: str
    score: str
    weight: float
    inverted: bool = False
    intervals: tuple = ()
    floor: float = 0.0
    direct: str = ""

    @property
    def ranked(self):
        """Whether the score compares the customers with each other.

        >>> Indicator("volume", CURRENT, "revenue", "score_volume", 1.0).ranked
        True
        """
        return not (self.intervals or self.direct)


@dataclass(frozen=True, slots=True)
class Segment:
    """Ranges, both ends included, that hold the customers of one name.

    :param number: its id
    :param purchases: since ever
    :param age: days since the first purchase
    :param lost: whether customers are lost; None: either
    """

    number: int
    r: tuple = (1, 5)
    f: tuple = (1, 5)
    m: tuple = (1, 5)
    purchases: tuple = (1, inf)
    age: tuple = (0, inf)
    lost: bool | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """All a scoring depends on besides the facts.

    :param window_days: length of the value window, in days
    :param rfm_window_days: length of the window of F and M, in days
    :param rfm_limits: {"r" | "f" | "m": four limits}; a missing key means percentile
    :param segments: Segments in order of precedence
    :param value_weight: weight of current value within the value score, 0–1
    :param fixed_cuts: (current, potential) limits of the quadrants, None: from the data
    :param cut_share: what the fewest customers above a limit make of the margin of the
        window, and of that to come; None: the limits are medians
    :param pareto_shares: cumulative shares that end class A and class B
    :param horizon_months: how far customer lifetime value looks ahead
    :param discount_rate: of a year
    :param lost_below: probability to be still a customer that counts as lost
    :param limits: what single capabilities go by, a frozen dataclass each; read by
        :meth:`of`
    """

    window_days: int
    rfm_window_days: int
    default_margin_rate: float
    rfm_money: str
    indicators: tuple
    value_weight: float = 0.5
    rfm_limits: dict = field(default_factory=dict)
    segments: tuple = ()
    fixed_cuts: tuple | None = None
    cut_share: float | None = None
    pareto_shares: tuple = (0.8, 0.95)
    ticket_cost: float = 0.0
    horizon_months: int = 12
    discount_rate: float = 0.1
    lost_below: float = 0.2
    limits: tuple = ()

    def of(self, kind):
        """Return what one capability goes by; its defaults, if nothing else is said.

        :param kind: its class

        >>> from ..lifecycle.lifecycle import Limits
        >>> Rules(365, 365, 0.3, "revenue", (), limits=(Limits(lost_days=90),)).of(
        ...     Limits
        ... ).lost_days
        90
        >>> Rules(365, 365, 0.3, "revenue", ()).of(Limits) == Limits()
        True
        """
        return next((one for one in self.limits if type(one) is kind), None) or kind()

    @property
    def horizon_days(self):
        """Length of the forecast, in days.

        >>> Rules(365, 365, 0.3, "revenue", ()).horizon_days
        365
        """
        return round(self.horizon_months * MONTH_DAYS)

    def side(self, side):
        """Return the indicators of one side, in order.

        >>> volume = Indicator("volume", CURRENT, "revenue", "score_volume", 1.0)
        >>> Rules(365, 365, 0.3, "revenue", (volume,)).side(CURRENT) == (volume,)
        True
        """
        return tuple(i for i in self.indicators if i.side == side)
