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

from analytics import arrows, verdict

TIMES = 1000
DRAWS = 499
LAGS = (0, 1, 3)
MONTHS = (24, 30, 36, 60)


def remembering(random, n, memory=0.7):
    """Return a series that keeps so much of the month before."""
    steps = random.normal(size=n + 40)
    for at in range(1, n + 40):
        steps[at] += memory * steps[at - 1]
    return steps[40:]


def seasonal(random, n):
    """Return noise on months of the year that differ much."""
    return np.resize(random.normal(0, 3, 12), n) + random.normal(size=n)


def rising(random, n):
    """Return noise on a line that goes somewhere."""
    return random.normal(0, 0.3) * np.arange(n) + random.normal(size=n)


def stepping(random, n):
    """Return noise that is three times its spread higher from some month on."""
    return 3.0 * (np.arange(n) >= random.integers(6, n - 6)) + random.normal(size=n)


def sliding(months):
    """Return what makes sums of so many months that end with each."""
    return lambda random, n: np.convolve(
        random.normal(size=n + months - 1), np.ones(months), "valid"
    )


KINDS = {
    "white": lambda random, n: random.normal(size=n),
    "AR .7": remembering,
    "random walk": lambda random, n: random.normal(size=n).cumsum(),
    "season": seasonal,
    "trend": rising,
    "heavy tails": lambda random, n: random.standard_t(2.5, size=n),
    "skewed AR .7": lambda random, n: np.exp(remembering(random, n)),
    "sliding quarter": sliding(3),
    "sliding year": sliding(12),
    "one step": stepping,
}


def called(make, n, lag):
    """Return the shares of supported and of contradicted single arrows, in percent."""
    random, found = np.random.default_rng(42), []
    for seed in range(TIMES):
        arrow = arrows.Arrow(*make(random, n + lag), lag)
        found += arrows.verdicts([arrow], seed)
    names = [row.verdict for row in found]
    return [100 * names.count(name) / TIMES for name in ("supported", "contradicted")]


def twice(kind):
    """Return what makes two unrelated series of a kind."""
    return lambda random, n: (kind(random, n), kind(random, n))


def driven(lag):
    """Return what makes a pair with a true effect after so many months."""

    def pair(random, n):
        cause, noise = random.normal(size=(2, n))
        return cause, 0.5 * np.roll(cause, lag) + np.sqrt(0.75) * noise

    return pair


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
