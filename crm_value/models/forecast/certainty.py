"""How a forecast is said: with the digits it supports, and how sure it is.

The one place that forms these words; screens, lists, prints and exports show them. A
mean of 16,881.97 that ends up between 7,000 and 24,000 eight times in ten is "17 k
(7–24 k)". Where a customer will most likely buy nothing, the words say that first; the
mean follows, for it is what scores and totals are made of.
"""

from dataclasses import dataclass
from math import floor, log10

from odoo.tools import formatLang

LIKELY = 0.5  # a chance of buying nothing from which the words speak of it alone
RARELY = 0.8  # of nothing: then one in five is not reached
STEPS = 10  # an interval is at least ten of the units its figures are rounded to
DIGITS = 2  # significant ones of a figure without an interval
SHARPEST = 3  # and of one with the narrowest
LEAST = 0.01  # purchases; of fewer the words say no more than that
SMALL = 1.0  # money: less is nothing that anybody would plan with
MYRIADS = {"zh_CN": "万亿", "zh_HK": "萬億", "zh_TW": "萬億"}


@dataclass(frozen=True, slots=True)
class Foretold:
    """One figure of the future and what is known of its certainty.

    :param value: the mean; False: not known
    :param low: lower end of the 80 % interval, None: there is no interval
    :param high: its upper end
    :param none: nothing is bought with at least this probability
    :param confidence: a key of CONFIDENCES, or False
    """

    value: float
    low: float | None = None
    high: float | None = None
    none: float = 0.0
    confidence: str | bool = False

    @property
    def largest(self):
        """The largest of its figures, whatever their sign."""
        ends = (self.value, self.low, self.high)
        return max(abs(end) for end in ends if end is not None)

    @property
    def unit(self):
        """The power of ten that its figures are rounded to."""
        if not self.largest:
            return 1.0
        magnitude = floor(log10(self.largest)) + 1
        if self.high is None:
            return 10.0 ** (magnitude - DIGITS)
        width = self.high - self.low
        coarse = 10.0 ** floor(log10(width / STEPS)) if width > 0 else 0.0
        return max(coarse, 10.0 ** (magnitude - SHARPEST))


class Notation:
    """Writes the figures of one forecast: all in the same unit and scale."""

    def __init__(self, env, found, currency=None):
        self.env, self.currency = env, currency
        smallest = currency.rounding if currency else 1.0
        self.unit = max(found.unit, smallest or 0.01)
        self.scale, self.power = self._find_scale(found.value) if currency else (1, 0)
        self.digits = max(0, round(log10(self.scale / self.unit)))

    def _find_scale(self, value):
        """Return what figures are divided by, and which power of the base that is."""
        base, powers = 1_000, (3, 2, 1)
        if self.env.lang in MYRIADS:
            base, powers = 10_000, (2, 1)
        for power in powers:
            if abs(value) >= max(base**power, 10_000):
                return base**power, power
        return 1, 0

    def number(self, figure):
        """Return a figure without its scale: of two, the latter has it."""
        units = round(figure / self.unit)
        digits = self.digits if units else 0
        return formatLang(self.env, units * self.unit / self.scale, digits=digits)

    def scaled(self, figure):
        number = self.number(figure)
        if not self.power or not round(figure / self.unit):
            return number
        if self.env.lang in MYRIADS:
            return number + MYRIADS[self.env.lang][self.power - 1]
        return (
            self.env._("%(number)s k", number=number),
            self.env._("%(number)s M", number=number),
            self.env._("%(number)s bn", number=number),
        )[self.power - 1]

    def lies_at_an_end(self, found):
        """Return whether a mean is written as an end of its interval, or beyond it."""
        if found.high is None:
            return False
        low, mean, high = (
            round(figure / self.unit) for figure in (found.low, found.value, found.high)
        )
        return low < high and not low < mean < high

    def span(self, low, high):
        facts = {"low": self.number(low), "high": self.scaled(high)}
        if low < 0:
            return self.env._("%(low)s to %(high)s", **facts)
        return "{low}–{high}".format(**facts)

    def amount(self, text):
        """Return the text with the currency, where there is one."""
        if not self.currency:
            return text
        symbol = self.currency.symbol or ""
        parts = (symbol, text) if self.currency.position == "before" else (text, symbol)
        return "\N{NO-BREAK SPACE}".join(parts)


def write(env, figure, currency=None):
    """Return a mean with two significant digits, as a factor of others."""
    if currency:
        notation = Notation(env, Foretold(figure), currency)
        return notation.amount(notation.scaled(figure))
    if 0 < figure < LEAST:
        least = formatLang(env, LEAST, digits=2)
        return env._("less than %(number)s", number=least)
    unit = Foretold(figure).unit
    digits = max(0, round(-log10(unit)))
    return formatLang(env, round(figure / unit) * unit, digits=digits)


# --- what is said ---


def say_money(env, found, currency):
    """Return an amount of the future in words, "" where nothing is known of it."""
    return _say(env, found, lambda: _say_amount(env, found, currency))


def say_count(env, found):
    """Return a number of purchases in words, "" where nothing is known of it."""
    return _say(env, found, lambda: _say_number(env, found))


def _say(env, found, in_words):
    if found.confidence == "insufficient":
        return env._("too few data")
    if found.value is False or found.value is None:
        return ""
    if found.confidence == "low":
        return env._("%(forecast)s, little certain", forecast=in_words())
    return in_words()


def _say_amount(env, found, currency):
    if found.none >= LIKELY:
        return _say_nothing(env, found, currency)
    write = Notation(env, found, currency)
    if write.lies_at_an_end(found):
        return _say_skewed(env, found, write)
    return _say_figure(env, found, write)


def _say_number(env, found):
    if found.none >= LIKELY:
        return _say_none(env, found)
    write = Notation(env, found)
    if not write.lies_at_an_end(found) or round(found.low):
        return _say_figure(env, found, write)
    return env._(
        "%(value)s on average, eight in ten at most %(high)s",
        value=write.number(found.value),
        high=write.number(found.high),
    )


def _say_none(env, found):
    if not found.value:
        return env._("most likely none")
    value = write(env, found.value)
    return env._("most likely none; %(value)s on average", value=value)


def _say_nothing(env, found, currency):
    """Say what those bring who do buy: one in five is beyond an interval from zero.

    Where fewer buy at all, the interval was but widened to hold the mean.
    """
    if abs(found.value) < SMALL:
        return env._("most likely nothing")
    mean = write(env, found.value, currency)
    low, high = found.low or 0.0, found.high or 0.0
    if found.none >= RARELY or abs(found.value) >= max(high, -low) or low * high:
        return env._("most likely nothing; %(mean)s on average", mean=mean)
    notation = Notation(env, Foretold(max(high, -low)), currency)
    amount = notation.amount(notation.scaled(high or -low))
    if high:
        return env._(
            "most likely nothing; %(mean)s on average, as one in five brings more than "
            "%(amount)s",
            mean=mean,
            amount=amount,
        )
    return env._(
        "most likely nothing; %(mean)s on average, as one in five costs more than "
        "%(amount)s",
        mean=mean,
        amount=amount,
    )


def _say_skewed(env, found, write):
    """Say a mean at the end of its interval, which the few outside have made.

    Most end up on one side of it, and that is what is said: the interval alone would
    read as if they never did.
    """
    value = write.amount(write.scaled(found.value))
    if found.value <= found.low:
        return env._("%(value)s on average, eight in ten bring more", value=value)
    return env._("%(value)s on average, eight in ten bring less", value=value)


def _say_figure(env, found, write):
    """Say the mean and its interval."""
    if found.high is None:
        return env._("about %(amount)s", amount=write.amount(write.scaled(found.value)))
    value = write.amount(write.scaled(found.value))
    if write.number(found.low) == write.number(found.high):
        return value
    span = write.span(found.low, found.high)
    return env._("%(value)s (%(span)s)", value=value, span=span)
