"""The mean of customers alike, shrunken towards that of ever wider groups.

Customers have a few traits, the most telling first. Those who share the first are a
group, those who share the first two a group within it, and so on; an unknown trait is
left out, as is one that all of a group share. A mean of few tells little, so each
group's counts with a weight w against what its wider group says (Bühlmann and Straub
1970; nested, Jewell 1975):

    w = n τ² / (n τ² + σ²)
    estimate = w · mean + (1 − w) · estimate of the wider group

with σ² the variance within groups and τ² that between groups of one wider group. Both
are estimated from all groups that know the same traits (empirical Bayes).
"""

from dataclasses import dataclass

import numpy as np

from ..statistics.grouping import numbered

ANY = -1  # in place of a trait: not asked
FEWEST = 5  # customers of a group; fewer would tell of one of them [D]
FAR = 0.01  # share at each end that counts as if it were at its edge [D]
EXACT = 1e-9  # of a mean; what differs less is the arithmetic's own rounding
NORMAL = 1.2815515655446004  # standard deviations on either side of the middle 80 %


@dataclass(frozen=True, slots=True)
class Group:
    """What is known of customers alike.

    :param count: how many they are; :param mean: of what they brought
    :param weight: of that mean against the wider group's estimate, 0–1
    :param estimate: what another one like them is expected to bring
    :param error: standard error of the estimate
    """

    count: int
    mean: float
    weight: float
    estimate: float
    error: float

    @property
    def interval(self):
        """The middle 80 % of where the mean of such customers may lie."""
        reach = NORMAL * self.error
        return self.estimate - reach, self.estimate + reach


def tame(values):
    """Return the values with those at both ends cut to the edge of the others.

    >>> tame(np.array([1.0, 2.0, 3.0])).round(2).tolist()
    [1.02, 2.0, 2.98]
    """
    if not values.size:
        return values
    return np.clip(values, *np.quantile(values, (FAR, 1 - FAR)))


def chain(groups, traits):
    """Return the keys of the groups that somebody is in, the widest first.

    A trait that is unknown, or too rare for a group, is left out.

    :param groups: the keys that there are

    >>> groups = {(ANY, ANY, ANY), (7, ANY, ANY), (7, ANY, 3)}
    >>> chain(groups, (7, 5, 3))
    [(-1, -1, -1), (7, -1, -1), (7, -1, 3)]
    >>> chain(set(), (7, 5, 3))
    []
    """
    key = (ANY,) * len(traits)
    keys = [key] if key in groups else []
    for at, trait in enumerate(traits):
        narrower = (*key[:at], trait, *key[at + 1 :])
        if trait != ANY and narrower in groups:
            key = narrower
            keys.append(key)
    return keys


@dataclass(frozen=True, slots=True)
class Kinds:
    """The different traits there are: far fewer than customers, who are read once.

    :param traits: of each kind, shape (k, d), ascending
    :param place: the kind of each customer, shape (n,)
    """

    traits: np.ndarray
    place: np.ndarray

    @classmethod
    def of(cls, traits):
        """Return the kinds of some traits, shape (n, d).

        >>> kinds = Kinds.of(np.array([[7, 3], [ANY, 9], [7, 3]]))
        >>> kinds.traits.tolist(), kinds.place.tolist()
        ([[-1, 9], [7, 3]], [1, 0, 1])
        """
        place = np.zeros(len(traits), np.int64)
        for column in traits.T:
            ids, number = numbered(column - ANY)
            _found, place = numbered(place.astype(np.int64) * max(ids.size, 1) + number)
        shown = np.zeros(place.max(initial=-1) + 1, np.int64)
        shown[place] = np.arange(place.size)
        return cls(traits[shown], place)

    def take(self, rows):
        """Return the kinds, asked of some of the customers only."""
        return Kinds(self.traits, self.place[rows])

    def brought(self, values):
        """Return the _Brought of those kinds that somebody is of."""
        size = len(self.traits)
        count = np.bincount(self.place, minlength=size)
        mean = np.bincount(self.place, values, size) / np.maximum(count, 1)
        spread = np.bincount(self.place, (values - mean[self.place]) ** 2, size)
        everybody = _Brought(self.traits, count, mean, spread)
        return everybody.take(count > 0)


@dataclass(frozen=True, slots=True)
class _Brought:
    """What customers brought by their traits, arrays of shape (k,) beside (k, d).

    :param spread: sum of the squared differences from the mean
    """

    traits: np.ndarray
    count: np.ndarray
    mean: np.ndarray
    spread: np.ndarray

    def take(self, rows):
        return _Brought(
            self.traits[rows], self.count[rows], self.mean[rows], self.spread[rows]
        )


def fit(traits, values, fewest=FEWEST):
    """Return the Group of each key that ``fewest`` customers share.

    :param traits: ids, shape (n, d), ANY where unknown, the most telling first
    :param values: what each brought, shape (n,)
    :return: {key: Group}; a key has ANY for each trait that is not asked

    >>> traits = np.repeat([[1], [2]], 5, axis=0)
    >>> groups = fit(traits, np.array([1.0, 2, 3, 2, 2, 7, 8, 9, 8, 8]))
    >>> groups[ANY,].estimate, round(groups[1,].estimate, 2), groups[1,].count
    (5.0, 2.02, 5)
    """
    return fit_kinds(Kinds.of(traits), values, fewest)


def fit_kinds(kinds, values, fewest=FEWEST):
    """Return what :func:`fit` does, of customers whose kinds are known already.

    >>> fit_kinds(Kinds.of(np.full((5, 1), 7)), np.arange(5.0))[ANY,].mean
    2.0
    """
    brought, groups = kinds.brought(values), {}
    for asked in _subsets(kinds.traits.shape[1]):
        known = (brought.traits[:, asked[:-1]] != ANY).all(axis=1)
        level = _Level(brought.take(known), asked, fewest)
        groups |= level.groups(groups, fewest)
    return groups


def _subsets(size):
    """Return all choices of some positions, each after the same without its last.

    >>> _subsets(2)
    [[], [0], [1], [0, 1]]
    """
    found = [[at for at in range(size) if mask >> at & 1] for mask in range(1 << size)]
    return sorted(found, key=lambda asked: (len(asked), asked))


class _Level:
    """All groups that ask for the same traits.

    Customers of a wider group whose last trait is unknown, or rare, are the rest of it:
    none is like them, but they tell how much the others differ.
    """

    def __init__(self, brought, asked, fewest):
        self.last = asked[-1:]
        keys = np.full(brought.traits.shape, ANY)
        keys[:, asked] = brought.traits[:, asked]
        alike = Kinds.of(keys)
        rare = np.bincount(alike.place, brought.count)[alike.place] < fewest
        keys[np.ix_(rare, self.last)] = ANY
        alike = Kinds.of(keys)
        self.keys, place = alike.traits, alike.place
        count, mean = brought.count, brought.mean
        self.count = np.bincount(place, count, len(self.keys)).astype(int)
        self.mean = np.bincount(place, count * mean, len(self.keys)) / self.count
        self.spread = (brought.spread + count * (mean - self.mean[place]) ** 2).sum()
        self.outer = self.keys.copy()
        self.outer[:, self.last] = ANY

    def groups(self, wider, fewest):
        """Return the groups of this level, given those without its last trait."""
        within, between = self._variances()
        columns = self.keys, self.count, self.mean, self.outer
        found = {}
        for key, n, own, outer in zip(*map(np.ndarray.tolist, columns), strict=True):
            noise = within / n
            if not self.last:
                group = n >= fewest and Group(n, own, 1.0, own, noise**0.5)
            elif key == outer:
                continue  # the rest
            else:
                parent = wider.get(tuple(outer))
                apart = parent and n < parent.count  # else they would count twice
                group = apart and _shrunken(n, own, noise, between, parent)
            if group:
                found[tuple(key)] = group
        return found

    def _variances(self):
        """Return the variance within the groups, and between those of a wider one."""
        count, mean = self.count, self.mean
        freedom = count.sum() - len(count)
        least = (EXACT * np.abs(mean).max(initial=0.0)) ** 2
        within = float(self.spread / freedom) if freedom > 0 else 0.0
        within = within if within > least else 0.0
        place = Kinds.of(self.outer).place
        total = np.bincount(place, count)
        common = np.bincount(place, count * mean) / total
        spread = (count * (mean - common[place]) ** 2).sum()
        room = total.sum() - (np.bincount(place, count**2) / total).sum()
        if room <= 0:
            return within, 0.0
        surplus = spread - (len(count) - len(total)) * within
        between = float(surplus / room)
        return within, between if between > least else 0.0


def _shrunken(count, mean, noise, between, parent):
    """Return the Group of a mean with a sampling variance, within its wider group."""
    weight = between / (between + noise) if between > 0 else 0.0
    estimate = weight * mean + (1 - weight) * parent.estimate
    variance = weight * noise + ((1 - weight) * parent.error) ** 2
    return Group(count, mean, weight, estimate, variance**0.5)
