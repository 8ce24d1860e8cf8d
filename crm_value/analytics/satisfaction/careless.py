"""People who answered without care: always the same choice, or too fast to have read.

Straight-lining is the longest string of one choice there is, the whole questionnaire:
Curran (2016), Methods for the detection of carelessly invalid responses in survey data,
Journal of Experimental Social Psychology 66, who calls half of it already suspicious.
Speed: Leiner (2019), Too fast, too straight, too weird, Survey Research Methods 13(3);
a relative speed of 2 is half of the median time. Neither proves anything of one person:
whoever is content with all says so, too. What it does to an index is for people to see.
"""

import numpy as np

FEWEST_RATED = 5  # questions; fewer alike are nothing to wonder about
FEWEST_TIMED = 10  # people; the median of fewer is no measure
FAST = 0.5  # of the median time: a relative speed of 2
ALIKE = 1e-9


def straight(places):
    """Return who made the same choice in all questions answered, five at least.

    :param places: of the choice on the scale of each question, 0–1 as it was offered
        (reversed questions are not turned), NaN not answered, shape (n, k)

    >>> places = [[0.5] * 5, [1.0] * 4 + [0.5], [1.0] * 4 + [np.nan]]
    >>> straight(np.array(places)).tolist()
    [True, False, False]
    """
    given = ~np.isnan(places)
    low = np.where(given, places, np.inf).min(axis=1, initial=np.inf)
    high = np.where(given, places, -np.inf).max(axis=1, initial=-np.inf)
    return (given.sum(axis=1) >= FEWEST_RATED) & (high - low < ALIKE)


def speeders(seconds, survey):
    """Return who needed less than half the median time of those who did the same.

    :param seconds: from the beginning to the end, NaN or 0 not known, shape (n,)
    :param survey: which one each answered, shape (n,)

    >>> seconds = np.array([49.0, 50.0, *[100.0] * 9, np.nan])
    >>> np.flatnonzero(speeders(seconds, np.zeros(12))).tolist()
    [0]
    >>> speeders(seconds[:9], np.zeros(9)).any().item()
    False
    """
    timed = seconds > 0
    _known, place = np.unique(survey, return_inverse=True)
    found = np.zeros(seconds.shape, dtype=bool)
    for one in range(_known.size):  # a handful of surveys
        rows = timed & (place == one)
        if rows.sum() >= FEWEST_TIMED:
            found |= rows & (seconds < FAST * np.median(seconds[rows]))
    return found
