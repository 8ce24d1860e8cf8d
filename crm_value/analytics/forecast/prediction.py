"""Customer lifetime value of each customer, from a Forecast and its facts."""

import numpy as np

from ..policy.rules import MONTH_DAYS
from ..purchases.histories import WEEK, YEAR
from ..purchases.purchases import margin_rate
from ..statistics import interval
from ..statistics.grouping import in_parts
from . import alike, clv, spend
from . import rows as reading
from .calibration import TARGET
from .forecast import GOOD, LOW, outlooks, purchases_over
from .lately import repeated


def predict(forecast, facts, rules):
    """Return what is expected of the customers of ``facts`` over the horizon.

    :param forecast: Forecast
    :param facts: dict of float arrays of shape (n,), NaN unknown
    :param rules: rules.Rules
    :return: dict of arrays of shape (n,), NaN (or −1) for who never bought; NaN for all
        where the few there are have been customers too short a time

    >>> from ..policy.rules import Rules
    >>> from .forecast import Forecast
    >>> few = Forecast("shrunken", LOW, None, spend.Params(mean=50.0), 0.1, 10.0, 0.4)
    >>> facts = {"purchase_count": np.array([3, 0]),
    ...     "recency_days": np.array([35.0, 0]), "first_purchase_date": np.zeros(2),
    ...     "last_purchase_date": np.ones(2) * 35, "recent_count": np.array([3, 0]),
    ...     "first_spend": np.array([50.0, 0]), "season_count": np.zeros(2),
    ...     "repeat_spend": np.array([50.0, 0]), "margin_total": np.array([60.0, 0]),
    ...     "revenue_total": np.array([150.0, 0]), "revenue": np.array([150.0, 0])}
    >>> found = predict(few, facts, Rules(365, 365, 0.3, "revenue", ()))
    >>> found["expected_purchases"].round(2).tolist(), found["clv"].round(2).tolist()
    ([5.74, nan], [109.28, nan])
    """
    buyer, columns, histories = _buyers(facts)
    futures = _by_history(_futures, forecast, histories, rules)
    each = _amounts(forecast, columns, histories.T, futures, rules)
    found = {
        **_money(forecast, columns, futures, each),
        "clv_confidence": np.minimum(
            forecast.confidence, _most_sure(forecast, columns)
        ),
        "return_chance": futures["return_chance"],
    }
    told = {name: _spread_out(column, buyer) for name, column in found.items()}
    if _reaches(forecast, rules):
        return told
    unknown = dict.fromkeys(told, np.full(buyer.shape, np.nan))
    return unknown | {"clv_confidence": told["clv_confidence"]}


def lifetime_value(forecast, facts, rules):
    """Return the lifetime value of :func:`predict` alone, sooner than all of it.

    >>> from ..policy.rules import Rules
    >>> from .forecast import Forecast
    >>> few = Forecast("shrunken", LOW, None, spend.Params(mean=50.0), 0.1, 10.0, 0.4)
    >>> facts = dict.fromkeys(READ, np.ones(2)) | {"purchase_count": np.array([3, 0])}
    >>> rules = Rules(365, 365, 0.3, "revenue", ())
    >>> alone, whole = lifetime_value(few, facts, rules), predict(few, facts, rules)
    >>> np.array_equal(alone, whole["clv"], equal_nan=True)
    True
    """
    buyer, columns, histories = _buyers(facts)
    futures = _by_history(_purchases, forecast, histories, rules)
    each = _amounts(forecast, columns, histories.T, futures, rules)
    rate = margin_of(forecast, columns, each)
    value = _spread_out(futures["discounted"] * each * rate, buyer)
    return value if _reaches(forecast, rules) else np.full(buyer.shape, np.nan)


READ = (
    "purchase_count",
    "recency_days",
    "first_purchase_date",
    "last_purchase_date",
    "recent_count",
    "season_count",
    "first_spend",
    "repeat_spend",
    "margin_total",
    "revenue_total",
    "revenue",
)
NOTHING = 1e-9  # share kept of what all came back: known, and not unknown
OWN_MARGIN = 2.0  # purchases at everybody's margin rate that an own one is mixed with


def _reaches(forecast, rules):
    return forecast.reaches(rules.horizon_days / WEEK)


def _buyers(facts):
    """Return (who bought, shape (n,); the columns of these; their histories)."""
    buyer = facts["purchase_count"] > 0
    columns = {name: column[buyer] for name, column in facts.items() if name in READ}
    return buyer, columns, reading.of_facts(columns)


def _by_history(ask, forecast, histories, rules):
    """Return the columns of ``ask`` for all histories, equal ones asked for once.

    :param ask: function of the forecast, rows.Rows and the rules
    """
    distinct, group = histories.distinct()
    found = in_parts(
        lambda part: ask(forecast, distinct.take(part), rules), distinct.x.size
    )
    return {name: column[group] for name, column in found.items()}


def _ahead(rules):
    """Return (the ends of the coming months, the days of the season), in weeks."""
    months = np.arange(1, rules.horizon_months + 1) * MONTH_DAYS / WEEK
    return months, rules.horizon_days / WEEK


def _purchases(forecast, rows, rules):
    """Return what to expect of distinct histories: purchases, also discounted."""
    months, horizon = _ahead(rules)
    cumulated = purchases_over(forecast, months, rows, horizon)
    monthly = (1 + rules.discount_rate) ** (1 / 12) - 1
    found = {
        "expected_purchases": cumulated[-1],
        "discounted": clv.discounted(np.array(cumulated), monthly),
    }
    if forecast.lately and forecast.buying:
        period = rules.window_days / WEEK
        found["repeated"] = repeated(forecast.buying, months[-1], rows, period)
    return found


def _futures(forecast, rows, rules):
    """Return the outlook of distinct histories, in purchases."""
    months, horizon = _ahead(rules)
    found = _purchases(forecast, rows, rules)
    mean = found["expected_purchases"]
    money, count = outlooks(forecast, months[-1], rows, horizon, mean)
    low, high = money.shortest(TARGET)
    least, most = interval.counted(count, TARGET)
    return {
        **_staying(forecast.returning, rows),
        **found,
        "expected_low": least,
        "expected_high": most,
        "low": low,
        "high": high,
    }


def _most_sure(forecast, columns):
    """Return how sure each can be: LOW where customers alike could not check it."""
    count, silence = columns["purchase_count"], columns["recency_days"]
    sure = count > 1
    if forecast.alike:
        sure = sure & alike.checked(forecast.alike, count, silence)
    return np.where(sure, GOOD, LOW)


def _staying(returning, rows):
    """Return the chances to be a customer still and to buy again; NaN if not known."""
    unknown = np.full(rows.x.shape, np.nan)
    if returning is None:
        return {"p_alive": unknown, "return_chance": unknown}
    history = rows.x, rows.t_x, rows.T
    chance = returning.chance(YEAR / WEEK, *history)
    return {"p_alive": returning.alive(*history), "return_chance": chance}


def spend_of(forecast, columns, T):
    """Return the money expected of one purchase, shape (n,).

    What later credit notes took back of the customer's purchases is no spend.

    :param columns: dict of arrays ``purchase_count``, ``repeat_spend``,
        ``first_spend``, ``revenue_total``
    :param T: age in weeks

    >>> from .forecast import Forecast
    >>> spending = spend.Params().by_credibility(50.0, 1.0, 1.0)
    >>> few = Forecast("shrunken", LOW, None, spending, 0.1, 10.0, 0.4)
    >>> one = {"purchase_count": np.ones(3), "repeat_spend": np.full(3, np.nan)}
    >>> one.update(first_spend=np.full(3, 90.0))
    >>> one.update(revenue_total=np.array([90.0, 45.0, 0.0]))
    >>> spend_of(few, one, np.full(3, 9.0)).round(1)
    array([70. , 47.5, 25. ])
    """
    x = columns["purchase_count"] - 1.0
    first, repeat = columns["first_spend"], columns["repeat_spend"]
    bought = first + np.where(x > 0, x * repeat, 0.0)
    kept = np.divide(
        columns["revenue_total"], bought, out=np.ones_like(bought), where=bought > 0
    )
    kept = np.clip(kept, NOTHING, 1.0)
    money = repeat * kept, first * kept
    return spend.expected_spend(forecast.spending, x, *money, T)


def amounts_of(forecast, columns, rows, rules):
    """Return the money expected of one purchase within the horizon, shape (n,).

    By :func:`spend_of`, but where the last period's revenue tells money.

    :param columns: dict of arrays, those of READ
    :param rows: rows.Rows of them
    """
    told = forecast.lately is not None
    futures = _by_history(_purchases, forecast, rows, rules) if told else {}
    return _amounts(forecast, columns, rows.T, futures, rules)


def _amounts(forecast, columns, T, futures, rules):
    """Return :func:`amounts_of` customers whose purchases are predicted already."""
    each = spend_of(forecast, columns, T)
    if "repeated" not in futures:
        return each
    said = futures["expected_purchases"], each
    last = columns["revenue"], rules.window_days / WEEK
    return forecast.lately.each(said, T, last, futures["repeated"])


def margin_of(forecast, columns, each):
    """Return the margin rate expected of each customer, between −1 and 1.

    The customer's own, mixed with everybody's as if of OWN_MARGIN more purchases: a
    rate seen on little money says little.

    :param columns: dict of arrays ``margin_total``, ``revenue_total``
    :param each: money expected of one purchase
    """
    own = margin_rate(columns["margin_total"], columns["revenue_total"])
    seen = np.where(np.isnan(own), 0.0, columns["revenue_total"])
    mixed = OWN_MARGIN * each
    weight = np.divide(seen, seen + mixed, out=np.zeros_like(each), where=mixed > 0)
    return weight * np.nan_to_num(own) + (1 - weight) * forecast.margin_rate


def _money(forecast, columns, futures, each):
    """Return the futures in money: purchases × spend × margin rate × discount.

    :param each: money expected of one purchase
    """
    rate = margin_of(forecast, columns, each)
    purchases = futures["expected_purchases"]
    present = np.divide(
        futures["discounted"], purchases, out=np.ones_like(each), where=purchases > 0
    )
    edges = [futures[name] * each * rate * present for name in ("low", "high")]
    edges = np.sort(edges, axis=0) + 0.0  # and no negative zero
    return {
        "p_alive": futures["p_alive"],
        "expected_purchases": purchases,
        "expected_low": futures["expected_low"],
        "expected_high": futures["expected_high"],
        "expected_spend": each,
        "expected_revenue": purchases * each,
        "clv": futures["discounted"] * each * rate,
        "clv_low": edges[0],
        "clv_high": edges[1],
    }


def _spread_out(column, where):
    """Return ``column`` where ``where`` holds; unknown (NaN or −1) elsewhere."""
    whole = column.dtype.kind == "i"
    everywhere = np.full(where.shape, -1 if whole else np.nan)
    everywhere[where] = column
    return everywhere.astype(np.int32) if whole else everywhere
