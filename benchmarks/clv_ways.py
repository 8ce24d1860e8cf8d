"""Three ways to fit and use BG/NBD and Gamma-Gamma, each run in a process of its own.

Called by ``clv.py`` as ``python clv_ways.py WAY data.npz``; prints one line of JSON:
the seconds of each step, the peak memory, the parameters and the sums of what was
predicted. Loading packages and data is not timed.
"""

import json
import resource
import sys
import warnings
from pathlib import Path
from time import perf_counter

import numpy as np

WEEKS = 52
ADD_ON = Path(__file__).parents[1] / "crm_value"


class Steps:
    """Seconds of consecutive steps; the result of each."""

    def __init__(self):
        self.seconds = {}

    def run(self, name, function, *args, **options):
        """Return what ``function`` returns, and note how long it took."""
        start = perf_counter()
        result = function(*args, **options)
        self.seconds[name] = perf_counter() - start
        return result


def ours(x, t_x, T, m):
    """Fit and predict as the add-on does: over distinct histories."""
    sys.path.insert(0, str(ADD_ON))
    from analytics.forecast import clv, spend
    from analytics.statistics.grouping import unique_rows

    steps = Steps()
    params = steps.run("fit", clv.fit, x, t_x, T, prior=False)
    *rows, _counts, group = steps.run("group", unique_rows, x, t_x, T)
    found = [
        steps.run("alive", lambda: clv.probability_alive(params, *rows)[group]),
        steps.run(
            "purchases", lambda: clv.expected_purchases(params, WEEKS, *rows)[group]
        ),
    ]
    spending = steps.run("fit spend", spend.fit, x, m)
    found.append(steps.run("spend", spend.expected_spend, spending, x, m))
    theta = [*params.theta, spending.p, spending.q, spending.v]
    return steps, theta, found, {"groups": params.groups}


def lifetimes(x, t_x, T, m):
    """Fit and predict as the manual of ``lifetimes`` says."""
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    again = (x > 0) & (m > 0)
    steps = Steps()
    buying = steps.run("fit", BetaGeoFitter().fit, x, t_x, T)
    found = [
        steps.run("alive", buying.conditional_probability_alive, x, t_x, T),
        steps.run("purchases", buying.predict, WEEKS, x, t_x, T),
    ]
    spending = steps.run("fit spend", GammaGammaFitter().fit, x[again], m[again])
    mean = spending.conditional_expected_average_profit
    found.append(steps.run("spend", mean, x, m))
    theta = [*(buying.params_[n] for n in "r alpha a b".split())]
    theta += [spending.params_[n] for n in "pqv"]
    return steps, theta, found, {}


def pymc_marketing(x, t_x, T, m):
    """Fit by maximum a posteriori with the default, weak priors and predict."""
    import pandas as pd
    from pymc_marketing.clv import BetaGeoModel, GammaGammaModel

    data = pd.DataFrame({"frequency": x, "recency": t_x, "T": T, "monetary_value": m})
    data["customer_id"] = np.arange(x.size)

    def fit(model, rows):
        made = model(data=rows)
        made.fit(method="map", progressbar=False)
        return made

    steps = Steps()
    buying = steps.run("fit", fit, BetaGeoModel, data)
    found = [
        steps.run("alive", buying.expected_probability_alive, data),
        steps.run("purchases", buying.expected_purchases, data, future_t=WEEKS),
    ]
    again = data[(x > 0) & (m > 0)]
    spending = steps.run("fit spend", fit, GammaGammaModel, again)
    found.append(steps.run("spend", spending.expected_customer_spend, data))
    theta = [float(buying.fit_result[n].mean()) for n in ("r", "alpha", "a", "b")]
    theta += [float(spending.fit_result[n].mean()) for n in "pqv"]
    return steps, theta, found, {}


def main():
    """Run one way and print what it took."""
    way, path = sys.argv[1:]
    warnings.simplefilter("ignore")
    with np.load(path) as data:
        columns = [data[name] for name in ("x", "t_x", "T", "m")]
    start = perf_counter()
    steps, theta, found, more = WAYS[way](*columns)
    report = {
        "seconds": sum(steps.seconds.values()),
        "steps": steps.seconds,
        "with_imports": perf_counter() - start,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "theta": [float(number) for number in theta],
        "means": [float(np.nanmean(np.asarray(column))) for column in found],
        **more,
    }
    print(json.dumps(report))


WAYS = {"ours": ours, "lifetimes": lifetimes, "pymc-marketing": pymc_marketing}

if __name__ == "__main__":
    main()
