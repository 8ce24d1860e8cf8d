"""Loyalty by Month asks for what is kept, and reads no customers."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..common import TODAY, ValueCommon

MONTH_END = TODAY.replace(day=1) - timedelta(days=1)
SHOWN = ([("month_end", "=", True)], ["date:month", "loyalty_class"], ["__count"])


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestLoyaltyMonths(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls._population(12)
        cls._score()
        cls._score(as_of=MONTH_END)

    def test_loyalty_by_month_is_kept(self):
        ends = self.env["crm.value.snapshot"].with_company(self.company)
        slow = ends._read_group(*SHOWN)
        self.assertTrue(slow)
        with self._no_commit():
            self.env["crm.value.month.kept"]._cron_keep()
        self.env.invalidate_all()
        self.assertEqual(ends._read_group(*SHOWN), slow)
        total = type(self.env["crm.value.month.end.total"])
        with patch.object(total, "_read_group", return_value=[]) as asked:
            ends._read_group(*SHOWN)
        asked.assert_called_once()
