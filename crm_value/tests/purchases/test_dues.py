"""What is due of invoices is read with their lines, or alone: it is the same."""

from odoo.tests import tagged

from .lines_common import LinesCommon, ago

NAMES = ("days_late", "overdue_share", "written_off_share", "credit_points", "revenue")


@tagged("post_install", "-at_install")
class TestDues(LinesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls._invoice(cls.acme, 300, ago(200), due=ago(170))
        cls._invoice(cls.acme, 100, ago(40), due=ago(10))
        cls._invoice(cls.acme, 50, ago(3))

    def _both(self, **changes):
        """Return the figures that payments tell, read alone and with the lines."""
        policy = self._policy(**changes)
        alone = self._facts(self.acme, policy)
        together = self._facts(self.acme, policy, paying=True)
        return [{name: facts[name] for name in NAMES} for facts in (alone, together)]

    def test_payments_are_the_same_read_with_the_lines(self):
        self._back(self.old)
        alone, together = self._both()
        self.assertGreater(alone["overdue_share"], 0)
        self.assertEqual(str(alone), str(together))  # unknown is not itself

    def test_payments_of_who_counts_orders_are_read_alone(self):
        alone, together = self._both(basis="ordered")
        self.assertGreater(alone["overdue_share"], 0)
        self.assertEqual(str(alone), str(together))

    def test_lines_know_nothing_of_what_is_due(self):
        alone, together = self._both()
        self.assertEqual(alone["revenue"], 450)
        self.assertEqual(together["revenue"], 450)
