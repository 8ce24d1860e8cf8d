"""Whether a forecast is to be called good: by what its back-test has measured.

A customer's interval is worth what such intervals held before, and a mean what all the
means together came to. Neither is judged by the latest cut-off alone, which one season
may favour, nor without it, for it is the nearest to today.
"""

from .calibration import SHORTEST, TARGET

SHORT = 0.05  # share by which fewer may lie inside, over all cutoffs [D]
SHORT_LATELY = 0.1  # and at one of the last two [D]
WIDE = 0.1  # and by which more may, before intervals are called too wide [D]
OFF = 0.2  # share by which all predicted purchases may be off, over all and lately [D]
LATELY = 2  # cutoffs


def judge(folds, rule):
    """Return what the cutoffs say of a rule, as plain data; None without any.

    ``inside`` and ``bias`` are of all customers of all cutoffs, ``lately`` the smallest
    share inside at one of the last two, ``short`` whether too little was held out to
    tell, ``held`` and ``level`` whether intervals and totals are to be relied on.

    :param folds: those of the card, the latest first

    >>> fold = {"length": 90, "customers": 100, "inside": 0.8}
    >>> fold["rules"] = [{"rule": "mbg", "predicted": 95.0, "actual": 100.0}]
    >>> found = judge([fold, fold], "mbg")
    >>> round(found["inside"], 2), round(found["bias"], 2), is_good(found)
    (0.8, -0.05, True)
    >>> found = judge([{**fold, "inside": 0.67}, fold], "mbg")
    >>> found["held"], is_good(found), is_good(judge([], "mbg"))
    (False, False, False)
    """
    if not folds:
        return None
    everybody = sum(fold["customers"] for fold in folds)
    inside = sum(fold["customers"] * fold["inside"] for fold in folds) / everybody
    lately = min(fold["inside"] for fold in folds[:LATELY])
    bias, latest = (sums(some, rule)["bias"] for some in (folds, folds[:1]))
    return {
        "inside": inside,
        "lately": lately,
        "bias": bias,
        "short": folds[0]["length"] < SHORTEST,
        "held": inside >= TARGET - SHORT and lately >= TARGET - SHORT_LATELY,
        "level": all(off is not None and abs(off) <= OFF for off in (bias, latest)),
    }


def is_good(found):
    """Return whether nothing that was measured speaks against a forecast.

    :param found: what :func:`judge` returns
    """
    return bool(found and not found["short"] and found["held"] and found["level"])


def sums(folds, rule):
    """Return what a rule predicted, what came, and the bias over some cutoffs.

    ``bias`` is predicted ÷ actual − 1, None where no purchase came.
    """
    measures = [m for fold in folds for m in fold["rules"] if m["rule"] == rule]
    actual = sum(measure["actual"] for measure in measures)
    predicted = sum(measure["predicted"] for measure in measures)
    bias = predicted / actual - 1 if actual else None
    return {"predicted": predicted, "actual": actual, "bias": bias}
