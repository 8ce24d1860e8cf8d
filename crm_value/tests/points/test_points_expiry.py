"""Points expire by age or inactivity, the oldest first, with a notice before."""

from dateutil.relativedelta import relativedelta

from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .points_common import PointsCommon

LATER = "2028-06-15 12:00:00"  # two years after today
SOON = "2028-05-20 12:00:00"


@tagged("post_install", "-at_install")
class TestPointsExpiry(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"value_expiry": "age", "value_expiry_months": 24})
        cls.card = cls._card(cls.acme, 1000)
        cls.own = [("company_id", "=", cls.company.id)]

    def _add(self, points, day):
        return self.lines.create(
            {
                "card_id": self.card.id,
                "description": "+",
                "issued": max(points, 0),
                "used": max(-points, 0),
                "value_date": day,
            }
        )

    def _left(self):
        lines = self.card.history_ids.sorted("id")
        lines.invalidate_recordset()
        return [line.value_left for line in lines if line.issued]

    def test_oldest_points_are_used_first(self):
        self._add(50, "2026-01-01")
        self._add(-70, TODAY)
        self.assertEqual(self._left(), [980, 0])
        line = self.card.history_ids.sorted("id")[0]
        self.assertEqual(line.value_expires_on, TODAY + relativedelta(months=24))

    def test_points_expire_on_their_day_and_once(self):
        self._add(500, "2027-01-01")
        self._add(-300, "2027-01-02")
        with freeze_time("2028-06-14 12:00:00"):
            self._settle_points()
            self.assertLedger(self.card, 1200)
        with freeze_time(LATER):
            self._settle_points()
            self._settle_points()
            self.assertLedger(self.card, 500)
        expired = self.card.history_ids.filtered(lambda li: li.value_kind == "expired")
        self.assertEqual(expired.used, 700)
        self.assertEqual(self._left(), [0, 500])

    def test_points_given_back_keep_their_old_date(self):
        order = self._order(self.acme, 50, confirm=False)
        order._update_programs_and_rewards()
        order._apply_program_reward(self.reward, self.card)
        order.action_confirm()
        with freeze_time(LATER):
            self._settle_points()
            self.assertLedger(self.card, 0)
            order._action_cancel()
            self.assertLedger(self.card, 1000)
            self._settle_points()
            self.assertLedger(self.card, 0)
        kinds = self.card.history_ids.sorted("id").mapped("value_kind")
        self.assertEqual(kinds, ["opening", "spent", "given_back", "expired"])

    def test_expired_points_of_an_invoice_are_not_given_again(self):
        invoice = self._bill(self._order(self.acme, 100))
        self._pay(invoice)
        self._settle_points()
        self._add(-1040, TODAY)
        with freeze_time(LATER):
            self._settle_points()
            self.assertLedger(self.card, 0)
            refund = self._refund(invoice, 80)
            self._settle_points()
            self.assertLedger(self.card, -20)
            self._refund(refund)
            self._settle_points()
            self.assertLedger(self.card, 0)

    def test_inactivity_ends_all_points_at_once(self):
        self.program.write({"value_expiry": "inactivity", "value_expiry_months": 6})
        self._add(10, "2026-10-01")
        with freeze_time("2027-03-31 12:00:00"):
            self._settle_points()
            self.assertLedger(self.card, 1010)
        with freeze_time("2027-04-01 12:00:00"):
            self._settle_points()
            self.assertLedger(self.card, 0)

    def test_points_without_an_end_stay(self):
        self.program.value_expiry = "none"
        with freeze_time(LATER):
            self._settle_points()
            self.assertLedger(self.card, 1000)
        self.assertFalse(self.card.history_ids.value_expires_on)

    def test_customer_is_told_before_and_once(self):
        self._add(250, "2027-06-15")
        contacts = self.env["crm.value.contact"]
        with freeze_time("2028-05-15 12:00:00"):
            self._settle_points()
            self.assertFalse(contacts.search(self.own))
        with freeze_time(SOON):
            self._settle_points()
            self._settle_points()
            contact = contacts.search(self.own)
            self.assertEqual(
                (contact.partner_id, contact.state), (self.acme, "planned")
            )
            with self._no_commit():
                contacts._work_off(contacts._due_domain(), "_deliver")
            self.assertEqual(contact.state, "sent")
        mail = self.env["mail.mail"].search([("subject", "ilike", "points expire")])
        self.assertIn("1,000", mail.body_html)
        self.assertIn("1,250", mail.body_html)
        self.assertIn("06/15/2028", mail.body_html)

    def test_customer_is_not_told_where_nothing_expires(self):
        self.program.value_notice_days = 0
        with freeze_time(SOON):
            self._settle_points()
        self.assertFalse(self.env["crm.value.contact"].search(self.own))

    def test_expiring_costs_the_same_for_few_and_many(self):
        def count(size):
            cards = self.cards.union(
                *(self._card(self._customer(f"{size} {n}"), 10) for n in range(size))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cards._value_expire()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.program.value_expiry_months = 1
        with freeze_time("2026-06-15 12:00:00"):
            count(1)
        with freeze_time(LATER):
            self.assertEqual(count(3), count(30))
