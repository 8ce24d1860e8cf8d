from odoo.tests import freeze_time, tagged

from ..common import TODAY, ago
from .onboarding_common import OnboardingCommon


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestCheck(OnboardingCommon):
    """Each finding counts what is there, says what it blurs, opens where to mend it."""

    def _finding(self, opens):
        check = self._opened(self._take("data"))
        return check.line_ids.filtered(lambda line: line.opens == opens)

    def test_history_without_a_document_is_wrong(self):
        line = self._finding("coverage")
        self.assertTrue(line.is_wrong)
        self.assertEqual(line.finding, "None.")
        self.assertEqual(line.action_open()["res_model"], "crm.value.import")

    def test_whole_history_is_not_wrong(self):
        days = [(10.0, 5 + 28 * month) for month in range(16)]
        self._purchases(self._customer("Steady"), *days)
        line = self._finding("coverage")
        self.assertFalse(line.is_wrong, line.finding)
        self.assertIn("16 imported purchases", line.finding)

    def test_months_that_are_missing_are_named(self):
        one = self._customer("Gap")
        self._invoice(one, 10.0, "2025-01-10")
        self._transaction(one, 10.0, "2025-04-10")
        self._invoice(one, 10.0, "2026-06-10")
        line = self._finding("coverage")
        self.assertIn("Months without a purchase: 15", line.finding)
        self.assertIn("Feb 2025, Mar 2025, May 2025", line.finding)
        self.assertIn("…", line.finding)

    def test_short_history_that_stopped_is_said(self):
        self._purchases(self._customer("Short"), (10.0, 60), (10.0, 90))
        line = self._finding("coverage")
        self.assertIn("less than a year", line.finding)
        self.assertIn("60 days ago", line.finding)

    def test_zone_is_asked_for_and_kept_without_a_run(self):
        self.company.partner_id.tz = False
        line = self._finding("zone")
        self.assertTrue(line.is_wrong)
        self.assertIn("UTC counts", line.finding)
        self.assertTrue(line.action_open()["context"]["value_keep"])
        zone = self._as("crm.value.run.zone").create({"tz": "Asia/Shanghai"})
        self._opened(zone.action_keep())
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")
        self.assertIn("Asia/Shanghai", self._finding("zone").finding)
        runs = [("company_id", "=", self.company.id)]
        self.assertFalse(self.env["crm.value.run"].search(runs))

    def test_users_without_a_zone_are_counted(self):
        self.company.partner_id.tz = "UTC"
        (self.env.user + self.manager).partner_id.tz = "UTC"
        self.assertFalse(self._finding("zone").is_wrong)
        self.manager.tz = False
        line = self._finding("zone")
        self.assertTrue(line.is_wrong)
        self.assertIn("Users without a time zone: 1", line.finding)

    def test_documents_before_the_first_rate_are_counted_by_currency(self):
        euro = self._currency("EUR", 0.9, day="2026-06-01")
        one = self._customer("Abroad")
        self._invoice(one, 10.0, "2026-05-20", currency_id=euro.id)
        self._invoice(one, 10.0, "2026-05-30", currency_id=euro.id)
        self._invoice(one, 10.0, "2026-06-10", currency_id=euro.id)
        self._invoice(one, 10.0, "2026-05-10")
        line = self._finding("currencies")
        self.assertIn("EUR (2)", line.finding)
        self.assertTrue(line.is_wrong)
        self.assertEqual(line.action_open()["res_model"], "res.currency")

    def test_currency_without_any_rate_counts_all_its_documents(self):
        yen = self._currency("JPY", 150, day="2026-06-01")
        self._invoice(self._customer("Abroad"), 10.0, ago(2), currency_id=yen.id)
        yen.rate_ids.unlink()
        self.assertIn("JPY (1)", self._finding("currencies").finding)

    def test_users_who_bought_are_opened(self):
        self._purchases(self.manager.partner_id, (100.0, 9))
        self._purchases(self._customer("Somebody Else"), (100.0, 9))
        self._score()
        line = self._finding("own")
        self.assertIn("Users of Odoo among the customers: 1.", line.finding)
        [(_id, _in, ids)] = line.action_open()["domain"]
        self.assertEqual(ids, self.manager.partner_id.ids)

    def test_what_is_wrong_comes_first(self):
        wrong = self._opened(self._take("data")).line_ids.mapped("is_wrong")
        self.assertEqual(wrong, sorted(wrong, reverse=True))
