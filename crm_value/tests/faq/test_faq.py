from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ..desk.desk_common import DeskCommon
from .faq_samples import QUESTIONS, TICKETS

FAQ = "crm.value.faq"


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestFaq(DeskCommon):
    """Frequent questions: found by what is typed, sent, counted and judged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env,
            "faq_agent",
            "helpdesk_mgmt.group_helpdesk_user",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.invoice, cls.delivery, cls.faded, cls.chinese = cls.env[FAQ].create(
            [
                {"question": question, "answer": f"<p>{answer}</p>"}
                for question, answer in (
                    ("How do I get a corrected invoice?", "Tell us its number."),
                    ("Where is my delivery?", "Click the tracking number."),
                    ("The linen has faded", "Wash at 40 degrees at most."),
                    ("发票开错了怎么办？", "请告诉我们正确的抬头，我们重新开具。"),
                )
            ]
        )

    def _faqs(self, user=None):
        user = user or self.agent
        found = self.env[FAQ].with_user(user)
        return found.with_context(allowed_company_ids=user.company_ids.ids)

    def _found(self, title, text=None, **asked):
        told = self._faqs().get_suggestions(title, text, **asked)
        return [one["id"] for one in told["suggestions"]]

    def _send(self, ticket, faq):
        """Reply to a ticket with an answer, as the dialog does."""
        action = ticket.with_user(self.agent).action_insert_faq(faq.id)
        composer = self.env["mail.compose.message"].with_user(self.agent)
        form = Form(composer.with_context(**action["context"]))
        form.save().action_send_mail()

    def _send_plain(self, ticket):
        """Reply to a ticket with words of one's own, in the same dialog."""
        asked = {"default_model": ticket._name, "default_res_ids": ticket.ids}
        composer = self.env["mail.compose.message"].with_user(self.agent)
        form = Form(composer.with_context(**asked, default_body="<p>Soon</p>"))
        form.save().action_send_mail()

    def _told(self, ticket):
        [told] = self._faqs().get_suggestions("", ticket=ticket.id)["suggestions"]
        return told

    def test_reply_without_an_answer_uses_none(self):
        ticket = self._open(self.other, user_id=self.agent.id)
        self._send_plain(ticket)
        self.assertIn("Soon", self._logged(ticket))
        self.assertFalse(ticket.value_faq_use_ids)

    # --- what is suggested ---

    def test_the_most_alike_comes_first(self):
        self.assertEqual(self._found("Invoice is wrong")[:1], self.invoice.ids)
        self.assertEqual(
            self._found("Linen", "<p>It has faded after two washes</p>")[:1],
            self.faded.ids,
        )

    def test_chinese_is_found_whatever_the_order_of_its_words(self):
        self.assertEqual(self._found("发票抬头写错了"), self.chinese.ids)
        self.assertEqual(self._found("开错发票"), self.chinese.ids)
        self.assertEqual(
            self._found("你好", "<p>公司抬头错了，能不能重新开发票</p>"),
            self.chinese.ids,
        )

    def test_what_is_alike_by_chance_is_not_suggested(self):
        self.assertEqual(self._found("Meeting"), [])
        self.assertEqual(self._found("下周开会"), [])
        self.assertEqual(self._found(""), [])
        self.assertEqual(self._found("?"), [])

    def _sample(self):
        """Return {title: (questions suggested, the right one)} of the sample."""
        self.env[FAQ].search([("company_id", "=", self.company.id)]).active = False
        faqs = self.env[FAQ].create(
            [{"question": asked, "answer": answer} for asked, answer in QUESTIONS]
        )
        return {
            title: (
                self._found(title, text),
                None if number is None else faqs[number].id,
            )
            for title, text, number in TICKETS
        }

    def test_tickets_in_other_words_find_their_question_first(self):
        for title, (found, own) in self._sample().items():
            if own:
                with self.subTest(title=title):
                    self.assertEqual(found[:1], [own])

    def test_hardly_anything_is_suggested_where_nothing_fits(self):
        """As many as docs/method.md says: 3 of 24 tickets, and 7 of 10 are right."""
        sample = self._sample().values()
        strange = [found for found, own in sample if own is None]
        self.assertEqual(len(strange), 24)
        self.assertLessEqual(sum(map(bool, strange)), 3)
        suggested = sum(len(found) for found, _own in sample)
        right = sum(own in found for found, own in sample)
        self.assertEqual(right, 23)
        self.assertGreaterEqual(right / suggested, 0.68)

    def test_what_is_rare_is_learnt_anew_when_questions_change(self):
        before = self._faqs()._weights(tuple(self.company.ids))
        self.faded.question = "Zebra"
        self.assertNotIn("zeb", before)
        self.assertIn("zeb", self._faqs()._weights(tuple(self.company.ids)))

    def test_category_of_the_ticket_is_preferred(self):
        copy = self.delivery.copy({"category_ids": self.complaint.ids})
        title = "Where is the delivery?"
        found = self._found(title, category=self.complaint.id)
        self.assertEqual(found[:2], [copy.id, self.delivery.id])
        self.assertEqual(self._found(title)[:2], [self.delivery.id, copy.id])

    def test_category_alone_suggests_nothing(self):
        self.invoice.category_ids = self.complaint
        text = "The shelves for the shop arrived without screws"
        self.assertEqual(self._found("Shelves", text, category=self.complaint.id), [])

    def test_questions_of_other_companies_and_archived_ones_are_not_suggested(self):
        other = self._create_company("Other Company", self.usd)
        self.delivery.company_id = other
        self.faded.active = False
        self.assertNotIn(self.delivery.id, self._found("Where is my delivery?"))
        self.assertNotIn(self.faded.id, self._found("The linen has faded"))

    def test_equal_words_are_found_where_postgresql_cannot_compare_them(self):
        with patch.object(self.env.registry, "has_trigram", False):
            told = self._faqs().get_suggestions("The linen faded")
            self.assertTrue(told["is_simple"])
            self.assertEqual(told["suggestions"][0]["id"], self.faded.id)
            self.assertEqual(self._found("发票"), self.chinese.ids)
            self.assertEqual(self._found("The"), [])

    def test_whoever_has_no_part_in_customer_value_gets_no_suggestion(self):
        outsider = new_test_user(self.env, "faq_outsider", "base.group_user")
        with self.assertRaises(AccessError):
            self._faqs(outsider).get_suggestions("invoice")

    # --- what is sent ---

    def test_answer_that_is_sent_counts_once_a_ticket(self):
        ticket = self._open(self.other, user_id=self.agent.id)
        self._send(ticket, self.faded)
        self._send(ticket, self.faded)
        self.assertEqual(self.faded.use_count, 1)
        self.assertEqual(self.faded.unhelpful_share, 0)
        self.assertIn("Wash at 40", self._logged(ticket))
        self.assertTrue(ticket.value_responded_at)
        self.assertTrue(self._told(ticket)["used"])

    def test_answer_that_is_only_looked_at_does_not_count(self):
        ticket = self._open(self.other, user_id=self.agent.id)
        ticket.with_user(self.agent).action_insert_faq(self.faded.id)
        self.assertEqual(self.faded.use_count, 0)
        self.assertFalse(self.faded.unhelpful_share)

    def test_ticket_that_is_closed_to_the_sender_gets_no_answer(self):
        own = new_test_user(
            self.env,
            "faq_own",
            "helpdesk_mgmt.group_helpdesk_user_own",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        ticket = self._open(self.other, user_id=self.agent.id)
        self._send(ticket, self.faded)
        with self.assertRaises(AccessError):
            ticket.with_user(own).action_insert_faq(self.faded.id)
        with self.assertRaises(AccessError):
            ticket.with_user(own).mark_faq(self.faded.id, True)
        told = self._faqs(own).get_suggestions("", ticket=ticket.id)
        self.assertEqual(told["suggestions"], [])
        opened = self.faded.with_user(own).action_open_tickets()
        self.assertFalse(ticket.with_user(own).search(opened["domain"]))

    # --- what did not help ---

    def test_answer_did_not_help_where_somebody_says_so(self):
        ticket = self._open(self.other, user_id=self.agent.id)
        self._send(ticket, self.faded)
        ticket.with_user(self.agent).mark_faq(self.faded.id, True)
        self.assertEqual(self.faded.unhelpful_count, 1)
        self.assertTrue(self._told(ticket)["unhelpful"])
        ticket.with_user(self.agent).mark_faq(self.faded.id, False)
        self.assertEqual(self.faded.unhelpful_count, 0)

    def test_answer_did_not_help_where_its_ticket_is_reopened(self):
        ticket = self._open(self.other, user_id=self.agent.id)
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.stage_id = done
        ticket.stage_id = self.doing
        self._send(ticket, self.faded)
        self.assertEqual(self.faded.unhelpful_count, 0)
        ticket.stage_id = done
        ticket.stage_id = self.doing
        self.assertEqual(self.faded.unhelpful_count, 1)
        self.assertEqual(self.faded.unhelpful_share, 100)

    def test_those_that_often_do_not_help_are_found(self):
        for number in range(3):
            ticket = self._open(self.other, user_id=self.agent.id)
            self._send(ticket, self.faded)
            self._send(ticket, self.delivery)
            ticket.mark_faq(self.faded.id, number > 0)
        often = [("use_count", ">=", 3), ("unhelpful_share", ">=", 30)]
        ours = [("company_id", "=", self.company.id)]
        self.assertEqual(self.env[FAQ].search(ours + often), self.faded)

    # --- who may ---

    def test_agents_read_questions_and_managers_of_the_desk_write_them(self):
        self.assertEqual(
            self._faqs().browse(self.faded.id).question, "The linen has faded"
        )
        with self.assertRaises(AccessError):
            self._faqs().create({"question": "Why?", "answer": "Because"})
        made = self._faqs(self.staff).create({"question": "Why?", "answer": "Because"})
        self.assertEqual(made.company_id, self.company)
        with self.assertRaises(AccessError):
            self._faqs()[:0].env["crm.value.faq.use"].search([])
