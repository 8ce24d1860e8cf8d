"""Thirty months of a strategy, as plain tables: what was related, and what was not.

Use of the system shortens response times a month later, and those bring satisfaction
two months after. Rating dealers more strictly vexes them, which nobody had expected.
Satisfied employees and response times have nothing to do with each other. How many
customers stay has been counted for some months only.
"""

from random import Random

SEED = 19
EARLIER = 6  # months that act on those that are shown
COUNTED = 14  # months in which somebody counted who stays


def figures(months):
    """Return {measure: one value a month, the last one last, None unknown}.

    >>> found = figures(30)
    >>> {len(values) for values in found.values()}
    {30}
    >>> sum(value is not None for value in found["retention"])
    14
    """
    total = months + EARLIER
    own = {name: _walk(total, name) for name in OWN}
    use, rated = own["system_use"], own["dealer_quality"]
    noise = {name: _walk(total, name, 0.0) for name in ("response", "vexed", "said")}
    quick = [_ago(use, at, 1) + 0.6 * noise["response"][at] for at in range(total)]
    said = [_ago(quick, at, 2) + 0.6 * noise["said"][at] for at in range(total)]
    vexed = [0.6 * noise["vexed"][at] - _ago(rated, at, 3) for at in range(total)]
    own |= {"response": quick, "satisfaction": said, "dealer_satisfaction": vexed}
    found = {
        name: [round(mean + spread * own[name][at], 1) for at in range(total)]
        for name, (mean, spread) in SCALES.items()
    }
    found["retention"][:-COUNTED] = [None] * (total - COUNTED)
    return {name: values[EARLIER:] for name, values in found.items()}


def _walk(months, name, memory=0.4):
    """Return a series that forgets slowly, of its own for each name."""
    random, values = Random(f"{SEED} {name}"), [0.0]
    for _month in range(months):
        values.append(memory * values[-1] + random.gauss(0, 1))
    return values[1:]


def _ago(values, at, lag):
    return values[max(0, at - lag)]


OWN = (
    "system_use",
    "dealer_quality",
    "staff_satisfaction",
    "incentives",
    "service_income",
    "dealer_gain",
    "complaint_response",
    "retention",
    "training_cost",
)
# Mean, and what one step of the series is in the unit of the measure.
SCALES = {
    "system_use": (68.0, 5.0),
    "response": (11.0, -1.6),
    "complaint_response": (16.0, 2.0),
    "satisfaction": (74.0, 2.5),
    "dealer_quality": (63.0, 4.0),
    "dealer_satisfaction": (61.0, 3.0),
    "dealer_gain": (182000.0, 9000.0),
    "staff_satisfaction": (71.0, 3.0),
    "incentives": (58.0, 3.0),
    "training_cost": (4200.0, 600.0),
    "service_income": (36000.0, 3200.0),
    "retention": (79.0, 1.5),
}
