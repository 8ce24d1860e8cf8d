"""No points expire before the customer could be told, whatever the rules become."""

from odoo.tests import freeze_time, tagged

from ..common import TODAY, ago
from .points_common import PointsCommon

MONTHS = "2027-06-20 12:00:00"  # a year and some days after today


@tagged("post_install", "-at_install")
class TestPointsNotice(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contacts = cls.env["crm.value.contact"].with_context(active_test=False)
        cls.template = cls.env.ref("crm_value.mail_template_points_expire")

    def _notice(self, partner=None):
        return self.contacts.search(
            [("partner_id", "=", (partner or self.acme).id)], order="id"
        )

    def _deliver(self):
        self.env.invalidate_all()
        with self._no_commit():
            self.contacts._work_off(self.contacts._due_domain(), "_deliver")

    def _mail(self):
        return self.env["mail.mail"].search([("subject", "ilike", "points expire")])

    def _expiring_card(self, points=1000):
        self.program.write({"value_expiry": "age", "value_expiry_months": 12})
        return self._card(self.acme, points)

    def test_ledger_opened_on_old_points_gives_notice_first(self):
        self.program.active = False
        late = self._program(name="Late", value_expiry="age", value_expiry_months=24)
        card = self.cards.create(
            {"program_id": late.id, "partner_id": self.acme.id, "points": 70}
        )
        line = self.lines.create({"card_id": card.id, "description": "-", "issued": 70})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_history SET create_date = '2022-01-01' WHERE id = %s",
            [line.id],
        )
        self.env.invalidate_all()
        late.value_ledger = True
        self.assertEqual(str(line.value_day), "2022-01-01")
        self.assertGreaterEqual(line.value_date, TODAY)
        self._settle_points()
        self.assertLedger(card, 70)

    def test_shorter_expiry_gives_notice_first(self):
        card = self._expiring_card()
        with freeze_time(MONTHS) as clock:
            self.program.value_expiry_months = 6
            self.assertEqual(str(self.program.value_expiry_from), "2027-07-20")
            self._settle_points()
            self.assertLedger(card, 1000)
            self.assertIn("2027-07-20", self._notice().source_key)
            self._deliver()
            self.assertIn("07/20/2027", self._mail().body_html)
            clock.move_to("2027-07-19 12:00:00")
            self._settle_points()
            self.assertLedger(card, 1000)
            clock.move_to("2027-07-20 12:00:00")
            self._settle_points()
            self.assertLedger(card, 0)

    def test_inactivity_that_becomes_the_rule_gives_notice_first(self):
        card = self._card(self.acme, 10)
        with freeze_time(MONTHS) as clock:
            self.program.write({"value_expiry": "inactivity", "value_expiry_months": 6})
            self._settle_points()
            self.assertLedger(card, 10)
            clock.move_to("2027-07-20 12:00:00")
            self._settle_points()
            self.assertLedger(card, 0)

    def test_other_changes_leave_the_days_as_they_are(self):
        self._expiring_card()
        first = self.program.value_expiry_from
        with freeze_time(MONTHS):
            self.program.write({"value_expiry_months": 12, "value_return_days": 3})
            self.assertEqual(self.program.value_expiry_from, first)
            self.program.value_notice_days = 60
            self.assertEqual(str(self.program.value_expiry_from), "2027-08-19")

    def test_notice_held_by_the_cap_is_planned_again(self):
        self._expiring_card()
        with freeze_time("2027-05-20 12:00:00") as clock:
            policy = self._policy(contact_cap=0)
            self._settle_points()
            self._deliver()
            notice = self._notice()
            self.assertEqual((notice.state, notice.reason), ("held", "cap"))
            clock.move_to("2027-05-21 12:00:00")
            self._settle_points()
            self.assertEqual((notice.state, notice.reason), ("planned", False))
            self._deliver()
            self.assertEqual(notice.reason, "cap")
            self._policy(contact_cap=1)
            self.assertTrue(policy)
            self._settle_points()
            self._deliver()
            self.assertEqual(self._notice().mapped("state"), ["sent"])
            self._settle_points()
            self.assertEqual(self._notice().mapped("state"), ["sent"])

    def test_notice_to_who_opted_out_is_not_planned_again(self):
        self._expiring_card()
        self.env["mail.blacklist"]._add("acme@example.com")
        with freeze_time("2027-05-20 12:00:00"):
            self._settle_points()
            self._deliver()
            self._settle_points()
        self.assertEqual(self._notice().reason, "opt_out")

    def test_notice_of_points_that_are_spent_by_now_is_held(self):
        card = self._expiring_card()
        with freeze_time("2027-05-20 12:00:00"):
            self._settle_points()
            spent = {"card_id": card.id, "description": "-", "used": 1000}
            self.lines.create(spent)
            self._deliver()
            self.assertEqual(self._notice().reason, "left")
            self.assertFalse(self._mail())
            given = {**spent, "used": 0, "issued": 5, "value_date": ago(5)}
            self.lines.create(given)
            self._settle_points()
            self._deliver()
        self.assertIn("5 ", self._mail().body_html)

    def test_mail_names_the_points_as_the_program_does(self):
        self.program.portal_point_name = "Stars"
        self._expiring_card(1234567)
        with freeze_time("2027-05-20 12:00:00"):
            self._settle_points()
            self._deliver()
        told = "<strong>1,234,567 Stars of your 1,234,567 Stars</strong>"
        self.assertIn(told, self._mail().body_html)
