"""Writes what the package ``lifetimes`` finds, for the test that compares us with it.

``lifetimes`` asks for packages that nothing else here needs, so the test reads its
numbers from a file. Made anew in the environment of ``scripts/bench --only clv``:

    .run/bench-venv/bin/python benchmarks/clv_oracle.py
    scripts/lint --fix prettier

A fit counts when another start ends at the same place; otherwise nothing is written.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import lifetimes

TESTS = Path(__file__).parents[1] / "crm_value" / "tests"
FILE = TESTS / "data" / "lifetimes" / "clv.json"
sys.path.insert(0, str(TESTS / "forecast"))
import clv_samples  # noqa: E402

FITTERS = {
    "bg": (lifetimes.BetaGeoFitter, ("r", "alpha", "a", "b")),
    "mbg": (lifetimes.ModifiedBetaGeoFitter, ("r", "alpha", "a", "b")),
    "pareto": (lifetimes.ParetoNBDFitter, ("r", "alpha", "s", "beta")),
}
SOURCES = ("cdnow", "simulated")
TIMES = (1, clv_samples.HOLD_OUT, 104)  # weeks predicted
TOLERANCES = (1e-9, 1e-8, 1e-7)  # the processor decides which is still met
OTHER_START = 0.5  # lifetimes starts at 0.1, Pareto/NBD anywhere near 1
SAME = 1e-4  # relative, between the ends of two starts
SHOWN = 40  # customers whose predictions are kept


def closest_fit(make, rows, size):
    """Return the fitter at the finest tolerance it reaches from both starts."""
    for tolerance in TOLERANCES:
        try:
            found = make().fit(*rows, tol=tolerance)
            start = np.full(size, OTHER_START)
            again = make().fit(*rows, tol=tolerance, initial_params=start)
        except lifetimes.utils.ConvergenceError:
            continue
        apart = np.abs(again.params_ / found.params_ - 1).max()
        print(f"{make.__name__}: tolerance {tolerance:g}, {apart:.1e} apart")
        if apart < SAME:
            return found, {"tolerance": tolerance, "apart": float(f"{apart:.1e}")}
    sys.exit(f"{make.__name__} does not converge: nothing is written.")


def log_likelihood(model, fitter, theta, rows):
    """Return the fitter's own log-likelihood, in weeks, at its own parameters."""
    theta = np.array(theta)
    if model == "pareto":
        return float(fitter._conditional_log_likelihood(theta, *rows).sum())
    given = (np.log(theta), *rows, np.ones(rows[0].size), 0.0)
    return float(-fitter._negative_log_likelihood(*given) * rows[0].size)


def spread(*columns):
    """Return some of the different rows, from the least to the greatest."""
    rows = np.unique(np.column_stack(columns), axis=0)
    return rows[np.linspace(0, len(rows) - 1, SHOWN).round().astype(int)]


def listed(values):
    return np.asarray(values, float).ravel().tolist()


def buying(model, source):
    """Return what lifetimes finds for a model of buying, by a name for each."""
    make, names = FITTERS[model]
    rows = clv_samples.compared(model, source).rows
    fitter, how = closest_fit(make, rows, len(names))
    theta = [float(fitter.params_[name]) for name in names]
    found = {
        **how,
        "sums": listed([column.sum() for column in rows]),
        "theta": theta,
        "log_likelihood": log_likelihood(model, fitter, theta, rows),
    }
    if model != "pareto":  # lifetimes has none for Pareto/NBD
        found["errors"] = [float(fitter.standard_errors_[name]) for name in names]
    shown = spread(*rows).T
    found["histories"] = dict(zip(("x", "t_x", "T"), map(listed, shown), strict=True))
    found["alive"] = listed(fitter.conditional_probability_alive(*shown))
    found["purchases"] = {t: listed(fitter.predict(t, *shown)) for t in TIMES}
    return found


def spending(source):
    """Return what lifetimes finds for the model of spending."""
    x, m = clv_samples.compared_spend(source)
    known = (x > 0) & (m > 0)
    rows = x[known], m[known]
    fitter, how = closest_fit(lifetimes.GammaGammaFitter, rows, 3)
    shown = spread(*rows).T
    return {
        **how,
        "sums": listed([column.sum() for column in rows]),
        "theta": [float(fitter.params_[name]) for name in "pqv"],
        "histories": dict(zip("xm", map(listed, shown), strict=True)),
        "expected": listed(fitter.conditional_expected_average_profit(*shown)),
    }


def main():
    np.random.seed(19)  # lifetimes draws from it where Pareto/NBD starts
    found = {
        "made_by": f"benchmarks/clv_oracle.py with lifetimes {lifetimes.__version__}"
    }
    for source in SOURCES:
        found[source] = {model: buying(model, source) for model in FITTERS}
        found[source]["spend"] = spending(source)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"{FILE}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
