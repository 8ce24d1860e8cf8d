from odoo.tests import tagged

from ..common import ValueCommon


@tagged("post_install", "-at_install")
class TestGrowth(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._customer("Acme")

    def test_growth_against_a_time_before_all_history_is_unknown(self):
        other = self._customer("Other")
        self._purchases(self.acme, (100, 10), (50, 400))
        gone = self._customer("Gone")
        self._purchases(other, (10, 20), (10, 728))
        self._purchases(gone, (90, 400))
        self._score()
        profile = self._profile(self.acme)
        self.assertIs(profile.growth, False)
        self.assertEqual(profile.revenue_previous, 50)
        self.assertEqual(self._profile(gone).growth, -1, "whatever else there was")
        self._purchases(other, (10, 729))
        self._refresh()
        self.assertEqual(self._profile(other).growth, 10 / 20 - 1)
        self._score()
        self.assertEqual(profile.growth, 1)

    def test_growth_of_a_refresh_goes_by_all_history(self):
        other = self._customer("Other")
        self._purchases(other, (10, 800))
        self._purchases(self.acme, (100, 10), (50, 400))
        self._score()
        self._purchases(self.acme, (25, 5))
        self._refresh()
        self.assertEqual(self._profile(self.acme).growth, 1.5)
