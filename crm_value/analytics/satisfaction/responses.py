"""Survey responses (voice of the customer) as figures of each customer.

A person who answers a survey anew soon after says it better: the last answer counts.
Answers grow old: each counts half after a half-life, and not at all beyond a limit of
age. Answers of people who decide count more than those of others. What nobody was
asked, or nobody answered, is not known.

Satisfaction × loyalty: Jones and Sasser (1995), Why satisfied customers defect, Harvard
Business Review 73(6).

==============  ============  ===========
satisfaction    loyal         not loyal
==============  ============  ===========
high            apostle       mercenary
low             hostage       defector
==============  ============  ===========
"""

from dataclasses import dataclass

import numpy as np

OTHER, CSAT, NPS, INDEX, LOYALTY = range(5)  # what a question asks for
APOSTLE, MERCENARY, HOSTAGE, DEFECTOR = range(4)
NOBODY = -1
SATISFIED = 75.0  # of 100: the two best of five, three quarters of any other scale
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Limits:
    """What a policy says about answers.

    :param half_life: days after which an answer counts half
    :param max_days: older answers do not count
    :param cut: satisfaction that counts as high, 0–100
    """

    half_life: float = 180.0
    max_days: float = 730.0
    cut: float = 60.0


@dataclass(frozen=True, slots=True)
class Answers:
    """One row for each answer to a question.

    :param customer: position of the customer
    :param day: of the answer
    :param kind: OTHER, CSAT, NPS, INDEX or LOYALTY
    :param participation: which answers were given together
    :param score: 0–100, the higher, the more of what was asked for
    :param weight: of the person who answered, above zero
    :param replaced: day on which the same person answered the same survey anew, NaN
        never; None: nobody did
    """

    customer: np.ndarray
    day: np.ndarray
    kind: np.ndarray
    participation: np.ndarray
    score: np.ndarray
    weight: np.ndarray
    replaced: np.ndarray | None = None

    def take(self, rows):
        """Return some of the answers."""
        columns = (getattr(self, name) for name in self.__slots__)
        return Answers(*(None if col is None else col[rows] for col in columns))

    def standing(self, day):
        """Return whether nobody has replaced an answer until ``day``.

        >>> anew = np.array([90.0, np.nan])
        >>> given = Answers(*np.zeros((6, 2)), anew)
        >>> [given.standing(day).tolist() for day in (89, 90)]
        [[True, True], [False, True]]
        """
        if self.replaced is None:
            return np.ones(self.day.size, dtype=bool)
        return ~(self.replaced <= day)


def none():
    """Return no answers.

    >>> none().score.size
    0
    """
    whole, real = np.zeros(0, np.int64), np.zeros(0)
    return Answers(whole, whole, whole, whole, real, real)


def measure(answers, day, limits, size):
    """Return the figures of each customer at the end of ``day``, NaN unknown.

    :param size: how many customers
    :return: dict of arrays of shape (size,): ``csat`` percent of answers that were
        satisfied, ``nps`` mean of 0–10, ``csi`` index 0–100, ``satisfaction_score`` the
        index, or else the mean answer to single questions, ``answer_count`` surveys
        answered, ``answer_date`` day of the latest

    >>> columns = [[0, 0, 0], [100, 100, 82], [NPS, CSAT, CSAT], [1, 1, 2]]
    >>> given = Answers(*map(np.array, columns), np.array([0, 100, 50]), np.ones(3))
    >>> found = measure(given, 100, Limits(half_life=18), 2)
    >>> {name: column.round(1).tolist() for name, column in found.items()}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'csat': [66.7, nan], 'nps': [0.0, nan], 'csi': [nan, nan],
     'satisfaction_score': [83.3, nan], 'answer_count': [2, 0],
     'answer_date': [100.0, nan]}
    """
    age = day - answers.day
    counts = (age >= 0) & (age <= limits.max_days) & answers.standing(day)
    answers = answers.take(counts)
    weight = answers.weight * 0.5 ** ((day - answers.day) / limits.half_life)

    def mean(kind, values):
        rows = answers.kind == kind
        owner = answers.customer[rows]
        total = np.bincount(owner, (weight * values)[rows], size)
        counted = np.bincount(owner, weight[rows], size)
        unknown = np.full(size, np.nan)
        return np.divide(total, counted, out=unknown, where=counted > 0)

    csi, single = mean(INDEX, answers.score), mean(CSAT, answers.score)
    found = {
        "csat": mean(CSAT, 100.0 * (answers.score >= SATISFIED)),
        "nps": mean(NPS, answers.score / 10),
        "csi": csi,
        "satisfaction_score": np.where(np.isnan(csi), single, csi),
    }
    # Equal customers stay equal, and a limit that is met exactly is met.
    found = {name: column.round(DECIMALS) for name, column in found.items()}
    return {**found, **_given(answers, size)}


def _given(answers, size):
    """Return how many surveys each customer has answered, and when the latest."""
    pairs = np.column_stack((answers.customer, answers.participation))
    owner = np.unique(pairs, axis=0)[:, 0] if pairs.size else answers.customer
    newest = np.full(size, -np.inf)
    np.maximum.at(newest, answers.customer, answers.day)
    return {
        "answer_count": np.bincount(owner, minlength=size),
        "answer_date": np.where(np.isinf(newest), np.nan, newest),
    }


def attitudes(answers):
    """Return the attitude of each customer on each day: (customer, day, 0–100).

    It is the weighted mean of what was asked about loyalty, recommendation included.

    >>> columns = [[3, 3, 3], [7, 7, 9], [NPS, LOYALTY, CSAT], [1, 1, 1]]
    >>> given = Answers(*map(np.array, columns), np.array([90, 60, 1]), np.ones(3))
    >>> [column.tolist() for column in attitudes(given)]
    [[3], [7], [75.0]]
    """
    asked = (answers.kind == NPS) | (answers.kind == LOYALTY)
    answers = answers.take(asked & answers.standing(answers.day))
    pairs = np.column_stack((answers.customer, answers.day))
    days, owner = np.unique(pairs, axis=0, return_inverse=True)
    owner = owner.ravel()
    total = np.bincount(owner, answers.weight * answers.score, len(days))
    weight = np.bincount(owner, answers.weight, len(days))
    return days[:, 0], days[:, 1], (total / weight).round(DECIMALS)


def quadrants(satisfaction, behaviour, cut, behaviour_cut):
    """Return APOSTLE … DEFECTOR, NOBODY where either is unknown (NaN).

    >>> nan = np.nan
    >>> quadrants(np.array([60, 60, 59, 59, nan]), np.array([50, 49, 50, 49, 90]),
    ...     60.0, 50.0).tolist()
    [0, 1, 2, 3, -1]
    """
    with np.errstate(invalid="ignore"):
        content, loyal = satisfaction >= cut, behaviour >= behaviour_cut
    known = ~np.isnan(satisfaction) & ~np.isnan(behaviour)
    return np.select(
        [~known, content & loyal, content, loyal],
        [NOBODY, APOSTLE, MERCENARY, HOSTAGE],
        default=DEFECTOR,
    )
