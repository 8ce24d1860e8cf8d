"""How often an arrow is called by chance, and how often a true one is seen.

``python benchmarks/arrows.py`` asks the arithmetic alone; numpy and scipy will do. It
prints the two tables of RESULTS.md: shares of single arrows of two series that have
nothing to do with each other, by kind of series and length; and of arrows with a true
partial correlation of one half.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "crm_value"))
sys.path.insert(0, str(Path(__file__).parents[1] / "crm_value/tests/scorecard"))

from analytics import arrows, verdict
from series import KINDS, driven, twice

TIMES = 1000
DRAWS = 499
LAGS = (0, 1, 3)
MONTHS = (24, 30, 36, 60)


def called(make, n, lag):
    """Return the shares of supported and of contradicted single arrows, in percent."""
    random, found = np.random.default_rng(42), []
    for seed in range(TIMES):
        arrow = arrows.Arrow(*make(random, n + lag), lag)
        found += arrows.verdicts([arrow], seed)
    names = [row.verdict for row in found]
    return [100 * names.count(name) / TIMES for name in ("supported", "contradicted")]


def main():
    """Print both tables; it takes minutes."""
    arrows.DRAWS = DRAWS
    print("| series |", " | ".join(f"{n} months" for n in MONTHS), "|")
    for name, kind in KINDS.items():
        cells = []
        for n in MONTHS:
            pairs = [called(twice(kind), n, lag) for lag in LAGS]
            cells.append(" + ".join(f"{share:.1f}" for share in np.mean(pairs, axis=0)))
        print(f"| {name} |", " | ".join(cells), "|", flush=True)
    for n in MONTHS:
        seen = [called(driven(lag), n, lag)[0] for lag in LAGS]
        told = 100 * verdict.power(n - 17)
        print(f"| {n} | {np.mean(seen):.0f} | {told:.0f} |", flush=True)


if __name__ == "__main__":
    main()
