from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .interactions_common import NOON, InteractionsCommon, past


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestInteractions(InteractionsCommon):
    """One line of time for a customer, of what the reader may read."""

    def test_documents_mails_and_meetings_stand_in_one_line_newest_first(self):
        order = self._order(self.customer, 100.0, day=past(3))
        self._invoice(self.person, 100.0, day=past(2))
        mail = self._message(order, self.person, hours=2, subject="When?")
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": NOON - timedelta(hours=20),
                "stop": NOON - timedelta(hours=19),
                "partner_ids": self.person.ids,
            }
        )
        self.env["crm.lead"].create(
            {"name": "New house", "partner_id": self.person.id, "type": "opportunity"}
        )
        lines = self._lines(self.seller)
        self.assertEqual(
            [line["kind"] for line in lines],
            ["lead", "mail", "meeting", "invoice", "order"],
        )
        said = lines[1]
        self.assertEqual(said["direction"], "in")
        self.assertEqual(said["channel"], self.mail.name)
        self.assertEqual(said["who"], "Ms. Li")
        self.assertEqual(said["title"], "When?")
        self.assertEqual((said["model"], said["id"]), ("sale.order", order.id))
        self.assertEqual(said["key"][2], mail.id)
        self.assertTrue(lines[3]["is_day"])

    def test_contact_and_customer_show_the_same(self):
        self._order(self.customer, 100.0)
        self._order(self.person, 100.0)
        self._order(self.stranger, 100.0)
        self.assertEqual(len(self._lines(self.seller)), 2)
        self.assertEqual(
            self._lines(self.seller), self._lines(self.seller, self.person)
        )

    def test_notes_of_ours_are_no_interactions_and_answers_of_ours_go_out(self):
        ours = self.seller.partner_id
        note = self.env.ref("mail.mt_note").id
        self._message(self.customer, ours, message_type="comment", subtype_id=note)
        self._message(self.customer, ours, message_type="notification")
        self._message(self.customer, ours, message_type="comment")
        [line] = self._lines(self.seller)
        self.assertEqual(line["direction"], "out")
        self.assertEqual(line["by"], ours.name)
        self.assertEqual(line["who"], "Linen AG")

    def test_reader_without_the_right_sees_nothing_of_a_kind(self):
        self._invoice(self.customer, 100.0)
        order = self._order(self.customer, 100.0)
        self._message(order, self.person)
        self._message(self.customer, self.person)
        self.assertEqual(self._kinds(self.plain), ["mail"])
        offered = [one["kind"] for one in self._page(self.plain)["kinds"]]
        self.assertNotIn("order", offered)
        self.assertNotIn("invoice", offered)
        self.assertEqual(self._kinds(self.plain, kinds=["order"]), [])

    def test_own_documents_only_hides_those_of_colleagues_with_their_mails(self):
        theirs = self._order(self.customer, 100.0, user_id=self.seller.id)
        mine = self._order(self.customer, 100.0, user_id=self.own.id)
        self._message(theirs, self.person)
        self._message(mine, self.person)
        seen = self._lines(self.own)
        self.assertEqual({line["id"] for line in seen}, {mine.id})
        self.assertEqual(sorted(self._kinds(self.own)), ["mail", "order"])

    def test_documents_of_another_company_are_not_shown(self):
        other = self._create_company("Other Company", self.usd)
        self._order(self.customer, 100.0, company=other)
        self._order(self.customer, 100.0)
        self.assertEqual(len(self._lines(self.seller)), 1)

    def test_ticket_shows_by_its_channel_and_can_be_filtered_by_it(self):
        self._ticket(self.customer, channel_id=self.phone.id)
        self._ticket(self.customer, channel_id=self.mail.id)
        self._message(self.customer, self.person)
        asked = {"channels": [self.phone.id]}
        [line] = self._lines(self.agent, **asked)
        self.assertEqual(line["channel"], self.phone.name)
        self.assertEqual(
            sorted(self._kinds(self.agent, channels=[self.mail.id])),
            ["mail", "ticket"],
        )
        self.assertEqual(self._kinds(self.agent, kinds=["mail"]), ["mail"])

    def test_activity_is_planned_and_then_done(self):
        activity = self.customer.activity_schedule(
            "mail.mail_activity_data_call", summary="Ask", user_id=self.seller.id
        )
        [line] = self._lines(self.seller)
        self.assertEqual(line["title"], "Planned: Call · Ask")
        self.assertEqual(line["channel"], self.phone.name)
        activity.action_feedback("Will order")
        [line] = self._lines(self.seller)
        self.assertEqual(line["title"], "Call · Ask")

    def test_worklist_mail_and_points_of_customer_value_have_their_lines(self):
        self.env["crm.value.decision"].with_user(self.seller).create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "worklist": "retain",
                "kind": "done",
                "outcome": "ordered",
                "date_until": past(-7),
            }
        )
        self.env["crm.value.contact"].create(
            {
                "partner_id": self.customer.id,
                "origin_id": self.customer.id,
                "company_id": self.company.id,
                "date": past(1),
                "name": "Your points",
                "topic": "points",
                "source_key": "points",
                "state": "sent",
                "number": 1,
            }
        )
        lines = self._lines(self.seller)
        self.assertEqual([line["kind"] for line in lines], ["worked", "automatic"])
        self.assertEqual(lines[0]["title"], "Retain · Has Ordered")
        self.assertEqual(lines[1]["direction"], "out")

    def test_habits_count_what_the_customer_began(self):
        for hours in (1, 2, 25):
            self._message(
                self.customer,
                self.seller.partner_id,
                hours=hours,
                message_type="comment",
                subtype_id=self.env.ref("mail.mt_note").id,
                value_channel_id=self.wechat.id,
                value_direction="in",
            )
        self._message(self.customer, self.person, hours=10)
        self._message(self.customer, self.seller.partner_id, message_type="comment")
        self.customer.value_prefers_channel_id = self.phone
        self.company.partner_id.tz = "UTC"
        told = self._page(self.seller)["prefers"]
        self.assertEqual(told["said"], self.phone.name)
        self.assertEqual(
            told["seen"],
            "Mostly WeChat: 3 of 4 contacts in 12 months · 9:00–12:00: 3 of 4",
        )

    def test_channel_it_asked_for_is_the_first_of_a_customers_wishes(self):
        self.customer.write(
            {
                "value_prefers_channel_id": self.phone.id,
                "value_prefers_hours": "mornings",
            }
        )
        profile = self.env["crm.value.profile"].create(
            {"partner_id": self.customer.id, "company_id": self.company.id}
        )
        [sign] = [one for one in profile.signs if one["code"] == "prefers"]
        self.assertEqual(sign["text"], f"{self.phone.name}; mornings")

    def test_few_contacts_are_no_habit(self):
        self._message(self.customer, self.person)
        self.assertFalse(self._page(self.seller)["prefers"]["seen"])

    def test_number_of_queries_does_not_grow_with_the_lines(self):
        def fill(count):
            for _number in range(count):
                self._message(self._order(self.customer, 10.0), self.person)
                self._ticket(self.person)
            self.env.flush_all()

        def asked():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._lines(self.seller)
            return self.env.cr.sql_log_count - before

        fill(1)
        asked()
        few = asked()
        fill(6)
        self.assertLessEqual(asked(), few)

    def test_a_place_that_is_none_is_refused(self):
        for before in (["yesterday", "mail", 1], "mail", [1]):
            with self.subTest(before=before), self.assertRaises(ValidationError):
                self._page(self.seller, before=before)

    def test_employee_without_customer_value_has_no_interactions(self):
        outsider = new_test_user(self.env, "outsider", "base.group_user")
        with self.assertRaises(AccessError):
            self.customer.with_user(outsider).get_interactions()

    def test_channels_of_odoo_itself_belong_to_every_company(self):
        self.assertEqual(self.mail.value_code, "email")
        self.assertFalse(self.mail.company_id)
        self.mail.value_code = "web"
        self.mail._value_name_own()
        self.assertEqual(self.mail.value_code, "web")
