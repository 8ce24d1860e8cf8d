"""What must hold for any ledger, against a slow reference.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from math import isnan, nan

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...analytics.credit import credit, trial

DAY = 800
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)
invoices = st.lists(
    st.tuples(
        st.integers(1, 4),  # customer
        st.integers(0, 900),  # issued
        st.integers(0, 60),  # days until it is due
        st.integers(1, 500),  # amount
        st.lists(
            st.tuples(
                st.integers(0, 200),  # days after it was issued
                st.integers(1, 200),  # amount
                st.booleans(),  # a credit note
            ),
            max_size=3,
        ),
    ),
    max_size=25,
)


def ledger(rows):
    """Return the ledger of invoices; nobody settles more than there is."""
    due, parts = [], []
    for line, (partner, issued, term, amount, settled) in enumerate(rows, 1):
        due.append((line, partner, issued, issued + term, float(amount)))
        left = amount
        for after, money, credited in settled:
            money = min(money, left)
            left -= money
            if money:
                parts.append((line, float(money), issued + after, int(credited), 0.0))
    columns = (
        _columns(due, ("line", "partner", "issued", "day", "balance")),
        _columns(parts, ("line", "amount", "day", "credited", "lost")),
    )
    none = {"partner": np.zeros(0, int), "opened": np.zeros(0), "closed": np.zeros(0)}
    return credit.Ledger(*columns, none)


def _columns(rows, names):
    columns = zip(*rows, strict=True) if rows else [[] for _name in names]
    return {
        name: np.array(column, float if name in ("balance", "amount", "lost") else int)
        for name, column in zip(names, columns, strict=True)
    }


def slowly(books, partner, day):
    """Return the standing of one customer, by loops."""
    due, parts = books.due, books.parts
    rows = [at for at in range(due["line"].size) if due["partner"][at] == partner]
    rows = [at for at in rows if due["issued"][at] <= day]
    late, counted, overdue, last = [0.0, 0.0], [0.0, 0.0], 0, (-1, nan)
    for at in sorted(rows, key=lambda at: (due["day"][at], due["line"][at])):
        falls = due["day"][at]
        mine = [
            p for p in range(parts["line"].size) if parts["line"][p] == due["line"][at]
        ]
        mine = [p for p in mine if parts["day"][p] <= day]
        paid = [p for p in mine if not parts["credited"][p]]
        left = due["balance"][at] - sum(parts["amount"][p] for p in mine)
        waited = max(day - falls, 0)
        unpaid = left if waited > 0 else 0.0
        days = unpaid * waited + sum(
            parts["amount"][p] * max(parts["day"][p] - falls, 0) for p in paid
        )
        money = unpaid + sum(parts["amount"][p] for p in paid)
        old = int(falls <= day - credit.YEAR)
        late[old], counted[old] = late[old] + days, counted[old] + money
        overdue += unpaid > 0
        if money and (left <= 0 or waited > credit.GRACE):
            last = (falls, days / money)
    ever = sum(late) / sum(counted) if sum(counted) else nan
    return {
        "late": late[0] / counted[0] if counted[0] else ever,
        "before": late[1] / counted[1] if counted[1] else nan,
        "last": last[1],
        "overdue_count": overdue,
    }


@tagged("post_install", "-at_install")
class TestCreditProperties(BaseCase):
    @quick
    @given(invoices)
    def test_standing_is_what_loops_find(self, rows):
        books = ledger(rows)
        found = credit.standing(books, DAY)
        for at, partner in enumerate(found.get("partner", ())):
            slow = slowly(books, partner, DAY)
            for name, value in slow.items():
                same = isnan(value) and isnan(found[name][at])
                self.assertTrue(same or abs(value - found[name][at]) < 1e-6, name)

    @quick
    @given(invoices)
    def test_points_are_between_nothing_and_a_hundred(self, rows):
        books = ledger(rows)
        found = credit.standing(books, DAY)
        parts, in_all = credit.rated(found, DAY, None)
        for name, part in parts.items():
            known = part[~np.isnan(part)]
            self.assertTrue(((known >= 0) & (known <= credit.MOST[name])).all(), name)
        known = in_all[~np.isnan(in_all)]
        self.assertTrue(((known >= 0) & (known <= 100)).all())

    @quick
    @given(invoices, st.integers(1, 60))
    def test_paying_later_never_raises_the_points_for_days_late(self, rows, more):
        books = ledger(rows)
        later = credit.Ledger(
            books.due,
            {**books.parts, "day": books.parts["day"] + more},
            books.complaints,
        )
        for one, other in zip(
            *(credit.standing(each, 2000).get("late", ()) for each in (books, later)),
            strict=True,
        ):
            self.assertFalse(other < one - 1e-9)

    @quick
    @given(invoices, st.integers(1, 3))
    def test_points_do_not_depend_on_the_order_of_invoices(self, rows, shift):
        there = credit.standing(ledger(rows), DAY)
        books = ledger(rows)
        order = np.roll(np.arange(books.due["line"].size), shift)
        due = {name: column[order] for name, column in books.due.items()}
        back = credit.standing(credit.Ledger(due, books.parts, books.complaints), DAY)
        for name in there:
            np.testing.assert_allclose(there[name], back[name], err_msg=name)

    @quick
    @given(invoices)
    def test_share_paid_late_is_a_share(self, rows):
        _partners, share = trial.paid_late(ledger(rows), 100, DAY)
        self.assertTrue(((share >= 0) & (share <= 1 + 1e-9)).all())
