"""A survey of staff leaves nothing behind that says which colleague has answered."""

import importlib.util
from pathlib import Path

from odoo import Command
from odoo.tests import new_test_user, tagged

from .invitation_common import InvitationCommon

MIGRATION = (
    Path(__file__).parents[2] / "migrations" / "19.0.1.6.0" / "post-staff-contacts.py"
)


@tagged("post_install", "-at_install")
class TestInvitationStaff(InvitationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(6):
            new_test_user(
                cls.env,
                f"colleague_{number}",
                "base.group_user",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
                email=f"colleague{number}@value.example.com",
            )
        cls.rule = cls._rule(
            "calendar",
            cls.env.ref("crm_value.survey_staff"),
            person="staff",
            hold_open_ticket=False,
            reminder_days=7,
        )
        cls._cron_invite()
        cls.asked = cls.invitations.search(
            [
                ("rule_id", "=", cls.rule.id),
                ("state", "=", "sent"),
                ("partner_id.name", "ilike", "colleague_"),
            ],
            order="id",
        )
        cls.boss = new_test_user(
            cls.env,
            "inv_boss",
            "crm_value.group_manager,survey.group_survey_manager,base.group_system",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def test_contact_log_names_no_colleague(self):
        self.assertEqual(len(self.asked), 6)
        self.assertFalse(self.contacts.search([("company_id", "=", self.company.id)]))
        self._answer_it(self.asked[0], {"wor1": 3})
        self._later(7)
        self.assertEqual(
            [bool(i.reminded_on) for i in self.asked], [False] + [True] * 5
        )
        self.assertFalse(self.contacts.search([("company_id", "=", self.company.id)]))
        self.assertFalse(self.asked.contact_ids)

    def test_cap_and_opting_out_hold_for_colleagues_too(self):
        blocked = self.asked[1].partner_id
        self.env["mail.blacklist"]._add(blocked.email)
        self._later(7)
        self.assertEqual(
            [bool(i.reminded_on) for i in self.asked], [True, False] + [True] * 4
        )
        self.asked.write({"state": "planned", "date": self.asked[0].date})
        self._cron_invite()
        self.assertEqual(self.asked[1].state, "skipped")
        self.assertEqual(self.asked[1].reason, "opt_out")

    def test_sent_mails_are_gone_whatever_the_template_says(self):
        self.rule.reminder_template_id.auto_delete = False
        self._answer_it(self.asked[0], {"wor1": 3})
        self._later(7)
        mails = self._mails(self.asked)
        self.assertEqual(len(mails), 10)
        self.assertTrue(all(mails.mapped("auto_delete")))
        messages = mails.mail_message_id
        mails._postprocess_sent_message([], [])  # as after each mail that is sent
        self.assertFalse(mails.exists() or messages.exists())

    def test_participations_stand_in_no_order(self):
        orders = set()
        for _try in range(6):
            self.asked.write({"state": "planned", "user_input_id": False})
            self.asked._open()
            people = self.asked.sorted(lambda i: i.user_input_id.id).ids
            orders.add(tuple(people))
        self.assertGreater(len(orders), 1)

    def test_no_list_tells_who_answered(self):
        answered = self._answer_it(self.asked[0], {"wor1": 3})
        person = self.asked[0].partner_id
        as_boss = self.env(user=self.boss)
        inputs = as_boss["survey.user_input"]
        of_survey = [("survey_id", "=", self.rule.survey_id.id)]
        self.assertFalse(inputs.search([*of_survey, ("id", "in", answered.ids)]))
        for domain in (
            [("value_invitation_ids.partner_id", "=", person.id)],
            [("value_invitation_ids", "!=", False)],
            [("value_invitation_ids", "=", False)],
        ):
            with self.subTest(domain=domain):
                self.assertFalse(inputs.search([*of_survey, *domain]))
        self.assertFalse(as_boss["crm.value.invitation"].search([]))
        self.assertFalse(
            as_boss["crm.value.contact"].search([("partner_id", "=", person.id)])
        )
        for record in (person, self.asked[0], self.rule, self.rule.survey_id):
            messages = as_boss["mail.message"].search(
                [("model", "=", record._name), ("res_id", "=", record.id)]
            )
            text = " ".join(messages.mapped("body"))
            self.assertNotIn("responded", text)
            self.assertNotIn("/feedback/", text)
        activities = as_boss["mail.activity"].search([])
        self.assertFalse(activities.filtered(lambda a: a.res_model == "survey.survey"))
        writers = answered.user_input_line_ids.create_uid | answered.write_uid
        self.assertNotIn(person, writers.partner_id)

    def test_upgrade_takes_colleagues_out_of_the_contact_log(self):
        others = self._rule()
        self._invoice(self.anna, 100)
        self._cron_invite()
        kept = self.contacts.search([("partner_id", "=", self.anna.id)])
        self.assertTrue(kept and self._invited(others))
        old = self.contacts._plan(
            [
                asked._contact_vals(purpose)
                for asked in self.asked
                for purpose in ("", "reminder")
            ]
        )
        self.asked[0].contact_ids = old[:1]
        sent, waiting = self._mails(self.asked[0]), self._mails(self.asked[1])
        sent.state = "sent"
        (sent | waiting).auto_delete = False
        self.env.flush_all()
        spec = importlib.util.spec_from_file_location("migration", MIGRATION)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.5.0")
        self.env.invalidate_all()
        self.assertFalse(old.exists())
        self.assertEqual(kept.exists(), kept)
        self.assertFalse(self.asked[0].contact_ids)
        self.assertFalse(sent.exists())
        self.assertTrue(waiting.auto_delete)
