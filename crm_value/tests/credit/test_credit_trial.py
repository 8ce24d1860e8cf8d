"""The try of the grade on the past: it learns nothing of what came after."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.credit import credit, trial

NONE = {"partner": np.zeros(0, int), "opened": np.zeros(0), "closed": np.zeros(0)}


def ledger(*payers, months=30):
    """Return a ledger: each payer owes 100 a month and pays so many days late.

    :param payers: functions from the number of the month to days late
    """
    due, parts = [], []
    for partner, late in enumerate(payers, 1):
        for month in range(months):
            line = 1000 * partner + month
            issued = 30 * month
            due.append((line, partner, issued, issued + 14, 100.0))
            parts.append((line, 100.0, issued + 14 + late(month), 0, 0.0))
    return credit.Ledger(
        _columns(due, ("line", "partner", "issued", "day", "balance")),
        _columns(parts, ("line", "amount", "day", "credited", "lost")),
        NONE,
    )


def _columns(rows, names):
    return dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True))


def always(days):
    return lambda month: days


def now_and_then(often, days, shift):
    """Return who pays late every so many months, in time else."""
    return lambda month: days if (month + shift) % often == 0 else 0


@tagged("post_install", "-at_install")
class TestCreditTrial(BaseCase):
    def test_few_late_payers_leave_it_untried(self):
        found = trial.run(ledger(*[always(0)] * 9, always(40)), 900)
        self.assertLess(found["late"], trial.FEWEST)
        self.assertEqual(found["rule"], trial.UNTRIED)

    def test_steady_payers_are_told_apart_by_both_rules(self):
        payers = [always(0)] * 20 + [always(45)] * 20
        found = trial.run(ledger(*payers), 900)
        self.assertEqual((found["auc"], found["naive"]), (1.0, 1.0))
        # It is no better than the rule that needs no points: that one is shown.
        self.assertEqual(found["rule"], trial.LAST)

    def test_grade_is_better_where_the_latest_invoice_misleads(self):
        # Late with most invoices, but the latest before a past day often was not.
        late = [now_and_then(3, -40, at) for at in range(30)]
        payers = [lambda m, f=f: 45 + f(m) for f in late]
        sound = [now_and_then(7, 45, at) for at in range(30)]
        found = trial.run(ledger(*payers, *sound), 900)
        self.assertGreater(found["auc"], found["naive"])
        self.assertEqual(found["rule"], trial.POINTS)

    def test_shares_by_grade_add_up(self):
        payers = [now_and_then(2 + at % 5, 45, at) for at in range(40)]
        found = trial.run(ledger(*payers), 900)
        for name in ("grades", "last"):
            rows = found[name]
            self.assertEqual(sum(r["customers"] for r in rows), found["customers"])
            self.assertEqual(sum(r["late"] for r in rows), found["late"])
            for row in rows:
                if row["customers"]:
                    low, high = row["between"]
                    share = row["late"] / row["customers"]
                    self.assertTrue(low <= share + 1e-9 and share <= high + 1e-9)

    def test_what_came_after_a_past_day_does_not_change_its_standing(self):
        payers = [always(0), always(45)]
        whole = credit.standing(ledger(*payers), 500)
        cut = credit.standing(ledger(*payers, months=17), 500)
        for name, column in whole.items():
            np.testing.assert_array_equal(column, cut[name], name)

    def test_trial_looks_only_at_quarters_that_are_over(self):
        found = trial.run(ledger(*[always(0)] * 3), 900)
        self.assertEqual(max(found["days"]), 900 - trial.QUARTER - credit.GRACE)
