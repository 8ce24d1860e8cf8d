"""Counts, shares and amounts as people say them: one day, two days, 12%, $ 1,500.

One is said apart from many, by the words of its own; a sentence takes in the whole:
"in %(days)s", not "in %(days)s days".
"""

from functools import reduce

from babel.dates import format_skeleton

from odoo.tools import format_duration, formatLang, get_lang
from odoo.tools.misc import babel_locale_parse


def clauses(env, parts):
    """Return what there is of some clauses as one sentence of the language."""

    def append(said, more):
        return env._("%(said)s; %(more)s", said=said, more=more)

    said = [part for part in parts if part]
    return reduce(append, said) if said else ""


def number(env, count, digits=0):
    """Return a number as the language writes it, with no minus before nothing."""
    return formatLang(env, round(count, digits) or 0, digits=digits)


def percent(env, share, digits=0):
    """Return a share in percent, with the sign where the language has it."""
    pattern = babel_locale_parse(get_lang(env).code).percent_formats[None]
    return pattern.prefix[0] + number(env, 100 * share, digits) + pattern.suffix[0]


def month(env, day):
    """Return the month of a day as it is written: October 2026, 2026年10月."""
    locale = babel_locale_parse(get_lang(env).code)
    return format_skeleton("yMMMM", day, locale=locale)


def days(env, count):
    if round(count) == 1:
        return env._("1 day")
    return env._("%(days)s days", days=number(env, count))


def ago(env, count):
    """Return how long ago it is; none of a day is no count."""
    if round(count) == 0:
        return env._("just today")
    return env._("%(days)s ago", days=days(env, count))


def months(env, count):
    if count == 1:
        return env._("1 month")
    return env._("%(months)s months", months=number(env, count))


def customers(env, count):
    if count == 1:
        return env._("1 customer")
    return env._("%(customers)s customers", customers=number(env, count))


def purchases(env, count):
    if count == 1:
        return env._("1 purchase")
    return env._("%(purchases)s purchases", purchases=number(env, count))


def measures(env, count):
    if count == 1:
        return env._("1 measure")
    return env._("%(measures)s measures", measures=number(env, count))


def responses(env, count):
    if count == 1:
        return env._("1 response")
    return env._("%(responses)s responses", responses=number(env, count))


def tickets(env, count):
    if count == 1:
        return env._("1 ticket")
    return env._("%(tickets)s tickets", tickets=number(env, count))


def working_hours(env, hours):
    if hours == 1:
        return env._("1 working hour")
    whole = number(env, hours) if hours == int(hours) else format_duration(hours)
    return env._("%(hours)s working hours", hours=whole)


def whole_money(env, amount, currency):
    """Return an amount without its cents: of what is foretold, nobody knows them."""
    amount = round(amount) or 0  # no minus before nothing
    return formatLang(env, amount, currency_obj=currency, rounding_unit="units")
