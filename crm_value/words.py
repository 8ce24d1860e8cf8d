"""Counts and amounts as people say them: one day, two days, $ 1,500."""

from odoo.tools import formatLang


def days(env, count):
    """Return a number of days with its word."""
    if count == 1:
        return env._("1 day")
    return env._("%(days)s days", days=formatLang(env, count, digits=0))


def whole_money(env, amount, currency):
    """Return an amount without its cents: of what is foretold, nobody knows them."""
    amount = round(amount) or 0  # no minus before nothing
    return formatLang(env, amount, currency_obj=currency, rounding_unit="units")
