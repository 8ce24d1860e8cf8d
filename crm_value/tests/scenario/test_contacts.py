from collections import defaultdict

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.scenario import contacts


def slowly(customers, days, cap, period):
    """Return what a cap lets through, one contact after the other."""
    sent, went = [], defaultdict(list)
    for customer, day in zip(customers.tolist(), days.tolist(), strict=True):
        recent = [one for one in went[customer] if one > day - period]
        sent.append(len(recent) < cap)
        if sent[-1]:
            went[customer].append(day)
    return sent


@tagged("post_install", "-at_install")
class TestContacts(BaseCase):
    """A cap of the past, against a slow reference."""

    def test_cap_lets_through_what_a_slow_reference_does(self):
        rng = np.random.default_rng(3)
        days = np.sort(rng.integers(0, 90, 400))
        customers = rng.integers(0, 30, 400)
        for cap in (0, 1, 2, 5):
            for period in (1, 7, 30):
                found = contacts.within_cap(customers, days, cap, period)
                self.assertEqual(
                    found.tolist(), slowly(customers, days, cap, period), (cap, period)
                )

    def test_nobody_was_contacted(self):
        nobody = np.array([], int)
        sent = contacts.within_cap(nobody, nobody, 2, 30)
        self.assertEqual(contacts.left_out(nobody, sent), (0, 0))
