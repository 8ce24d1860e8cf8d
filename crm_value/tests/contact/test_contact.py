"""Automatic contacts: within the cap, never to who has opted out, each once."""

from collections import Counter
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import TODAY, ago
from ..playbook.playbook_common import PlaybookCommon


@tagged("post_install", "-at_install")
class TestContact(PlaybookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env.ref("crm_value.mail_template_miss")
        cls.declining.write({"send_mail": True, "mail_delay": 0})

    def _ask(self, customer, key, topic=None):
        """Plan a contact as any sender does, and have it decided."""
        planned = self.contacts._plan(
            [
                {
                    "partner_id": customer.id,
                    "company_id": self.company.id,
                    "date": TODAY,
                    "name": "News",
                    "topic": topic or key,
                    "source_key": key,
                }
            ]
        )
        return planned, planned._admit()

    def _reasons(self, *planned):
        return [contact.reason for contact in planned]

    def test_mail_goes_out_once_and_is_logged(self):
        self._move(self.acme, "decline")
        self._work()
        self._work()
        mail = self._mails(self.acme)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("Hello Acme", mail.body_html)
        self.assertEqual(mail.recipient_ids, self.acme)
        self.assertIn(self.seller.email, mail.email_from)
        log = self._started(self.acme).contact_ids
        self.assertEqual((log.state, log.number, log.date), ("sent", 1, TODAY))

    def test_mail_waits_for_its_day(self):
        self.declining.mail_delay = 7
        self._move(self.acme, "decline")
        self._work()
        self.assertFalse(self._mails(self.acme))
        self._started(self.acme).contact_ids.date = TODAY
        self._work()
        self.assertEqual(len(self._mails(self.acme)), 1)

    def test_planned_mail_is_held_when_the_customer_turns_round(self):
        self.declining.mail_delay = 7
        self._move(self.acme, "decline")
        self._work()
        self._move(self.acme, "formation", before="decline")
        self._work()
        log = self._started(self.acme, playbook_id=self.declining.id).contact_ids
        self.assertEqual((log.state, log.reason), ("held", "left"))

    def test_mail_comes_from_the_company_without_a_salesperson(self):
        self.acme.user_id = False
        self.company.email = "office@value.example.com"
        self._move(self.acme, "decline")
        self._work()
        self.assertIn("office@value.example.com", self._mails(self.acme).email_from)

    def test_cap_counts_all_senders_together(self):
        self._policy(contact_cap=2)
        self._move(self.acme, "decline")
        self._work()
        second, admitted = self._ask(self.acme, "second")
        self.assertEqual((admitted, second.number), (second, 2))
        third, admitted = self._ask(self.acme, "third")
        self.assertFalse(admitted)
        self.assertEqual((third.state, third.reason), ("held", "cap"))

    def test_two_playbooks_share_the_cap(self):
        self._policy(contact_cap=1)
        again = self._playbook(
            "Again",
            stage_id=self.declining.stage_id.id,
            mail_template_id=self.template.id,
            send_mail=True,
        )
        self._move(self.acme, "decline")
        self._work()
        contacts = self._started(self.acme).contact_ids
        self.assertEqual(sorted(contacts.mapped("state")), ["held", "sent"])
        self.assertEqual(len(self._mails(self.acme)), 1)
        starts = self.env["crm.value.playbook.start"].search(
            [("playbook_id", "=", again.id)]
        )
        self.assertEqual(len(starts.step_ids), 1, "people are not capped")

    def test_cap_of_zero_lets_nothing_out(self):
        self._policy(contact_cap=0)
        self._move(self.acme, "decline")
        self._work()
        self.assertFalse(self._mails(self.acme))
        self.assertEqual(len(self._activities(self.acme)), 3)
        self.assertEqual(self._started(self.acme).contact_ids.reason, "cap")

    def test_contacts_before_the_period_count_no_more(self):
        self._policy(contact_cap=1, contact_days=30)
        first, _admitted = self._ask(self.acme, "first")
        first.date = ago(29)
        self.assertEqual(self._reasons(self._ask(self.acme, "second")[0]), ["cap"])
        first.date = ago(30)
        self.assertTrue(self._ask(self.acme, "third")[1])

    def test_opt_out_and_missing_address_hold_back(self):
        self.env["mail.blacklist"]._add("acme@example.com")
        nobody = self._customer("Nobody")
        wrong = self._customer("Wrong", email="no address")
        self.assertEqual(
            self._reasons(
                *(
                    self._ask(customer, f"to {customer.name}")[0]
                    for customer in (self.acme, nobody, wrong)
                )
            ),
            ["opt_out", "no_address", "no_address"],
        )

    def test_opted_out_customer_gets_activities_but_no_mail(self):
        self.env["mail.blacklist"]._add("acme@example.com")
        self._move(self.acme, "decline")
        self._work()
        self.assertFalse(self._mails(self.acme))
        self.assertEqual(len(self._activities(self.acme)), 3)

    def test_same_address_gets_a_topic_once(self):
        twin = self._customer("Twin", email="ACME@example.com")
        self.assertTrue(self._ask(self.acme, "1", topic="news")[1])
        again, admitted = self._ask(twin, "2", topic="news")
        self.assertFalse(admitted)
        self.assertEqual(again.reason, "duplicate")
        self.assertTrue(self._ask(twin, "3", topic="other")[1])

    def test_same_source_is_planned_once(self):
        first, _admitted = self._ask(self.acme, "key")
        again, admitted = self._ask(self.acme, "key")
        self.assertTrue(first)
        self.assertFalse(again | admitted)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            first.copy()
            self.env.flush_all()

    def test_two_transactions_cannot_both_take_the_last_place(self):
        """Both count the same contacts, and so give theirs the same number."""
        first, _admitted = self._ask(self.acme, "first")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            first.copy(
                {"source_key": "second", "number": first.number, "state": "sent"}
            )
            self.env.flush_all()

    def test_who_loses_the_race_counts_again_in_the_next_round(self):
        """The other's contact, not seen at first, takes the number and the place."""
        self._policy(contact_cap=1)
        self._ask(self.acme, "first")
        self._move(self.acme, "decline")
        blind = (Counter(), set())
        logger = "odoo.addons.crm_value.models.core.crm_value_job"
        with (
            patch.object(type(self.contacts), "_recent", return_value=blind),
            patch.object(type(self.contacts), "_last_numbers", return_value=Counter()),
            mute_logger("odoo.sql_db", logger),
        ):
            self._work()
        log = self._started(self.acme).contact_ids
        self.assertEqual(log.state, "planned")
        self._work()
        self.assertEqual((log.state, log.reason), ("held", "cap"))
        self.assertFalse(self._mails(self.acme))

    def test_other_company_has_its_own_cap(self):
        self._policy(contact_cap=1)
        other = self._create_company("Other Company", self.usd)
        self._policy(company=other, contact_cap=1)
        first = self._ask(self.acme, "key")[0]
        there = first.copy({"company_id": other.id, "state": "planned"})
        self.assertEqual(there._admit(), there)

    def test_mail_that_fails_is_noted_and_the_others_go_out(self):
        friend = self._buyer("Friend", email="friend@example.com")
        self._score()
        bad = self.acme.id
        model = type(self.template)
        original = model.send_mail_batch

        def broken(template, res_ids, **options):
            if bad in res_ids:
                raise ValueError("no")
            return original(template, res_ids, **options)

        self._move(self.acme | friend, "decline")
        logger = "odoo.addons.crm_value.models.core.crm_value_job"
        with patch.object(model, "send_mail_batch", broken), mute_logger(logger):
            self._work()
        self.assertEqual(len(self._mails(friend)), 1)
        log = self._started(self.acme).contact_ids
        self.assertEqual((log.state, log.reason), ("held", "failed"))
        self.assertEqual((log.number, log.message), (0, "no"))

    def test_a_decision_costs_the_same_for_few_and_many(self):
        few, many = self._buyers(5, "Few"), self._buyers(60, "Many")
        counts = []
        for customers in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.contacts._suppression_reasons(
                self.company, [(c, "news") for c in customers]
            )
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_limits_are_no_nonsense(self):
        for values in ({"contact_cap": -1}, {"contact_days": 0}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self._policy().copy(values)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._playbook(send_mail=True)
            self.env.flush_all()
