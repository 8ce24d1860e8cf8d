from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .interactions_common import NOON, InteractionsCommon

NOTE = "crm.value.contact.note"


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestContactNote(InteractionsCommon):
    """What somebody notes by hand stands in the chatter and among interactions."""

    def _note(self, user, **values):
        notes = self.env[NOTE].with_user(user)
        return notes.with_context(allowed_company_ids=user.company_ids.ids).create(
            {
                "partner_id": self.person.id,
                "channel_id": self.wechat.id,
                "direction": "in",
                "date": NOON - timedelta(hours=5),
                "note": "床单什么时候到？\nThursday.",
                **values,
            }
        )

    def test_note_is_in_the_chatter_and_among_interactions(self):
        self._note(self.agent).action_note()
        message = self.person.message_ids[0]
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(message.author_id, self.agent.partner_id)
        [line] = self._lines(self.seller)
        self.assertEqual(line["kind"], "noted")
        self.assertEqual(line["direction"], "in")
        self.assertEqual(line["channel"], "WeChat")
        self.assertEqual(line["title"], "床单什么时候到？ Thursday.")
        self.assertEqual(line["date"], "2026-06-15 07:00:00")
        self.assertEqual(line["who"], "Ms. Li")

    def test_note_about_a_ticket_stands_on_the_ticket_and_is_no_response(self):
        ticket = self._ticket(self.customer)
        place = {"res_model": ticket._name, "res_id": ticket.id}
        self._note(self.agent, **place).action_note()
        self.assertTrue(ticket.message_ids.filtered("value_channel_id"))
        self.assertFalse(ticket.value_responded_at)
        self.assertIn("noted", self._kinds(self.agent))

    def test_note_on_what_the_author_may_not_read_is_refused(self):
        hidden = self._ticket(self.customer, user_id=self.agent.id)
        place = {"res_model": hidden._name, "res_id": hidden.id}
        with self.assertRaises(AccessError):
            self._note(self.plain, **place).action_note()

    def test_channel_of_a_note_is_archived_not_deleted(self):
        self._note(self.agent).action_note()
        with self.assertRaises(UserError):
            self.wechat.unlink()
        self.wechat.active = False
        self.assertEqual(self._lines(self.seller)[0]["channel"], "WeChat")

    def test_what_is_to_come_is_no_contact(self):
        later = self._note(self.agent, date=NOON + timedelta(days=1))
        with self.assertRaises(UserError):
            later.action_note()

    def test_note_of_somebody_else_is_closed(self):
        note = self._note(self.agent)
        with self.assertRaises(AccessError):
            note.with_user(self.seller).action_note()
