"""Counts as people say them: one day, two days."""

from odoo.tools import formatLang


def days(env, count):
    """Return a number of days with its word."""
    if count == 1:
        return env._("1 day")
    return env._("%(days)s days", days=formatLang(env, count, digits=0))
