"""What customers answer about a complaint confirms it, or opens it again."""

from odoo.tests import new_test_user, tagged

from ..common import TODAY
from .invitation_common import InvitationCommon


@tagged("post_install", "-at_install")
class TestComplaintAnswer(InvitationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["helpdesk.ticket.category"].create(
            {"name": "Complaint", "value_complaint": True}
        )
        cls.rule = cls._rule("ticket", cls.service, recovery="ticket")

    def _settled(self, closer=None):
        """Return a closed complaint of which only the confirmation is missing."""
        ticket = self._ticket(
            self.anna,
            category_id=self.category.id,
            value_acknowledged_at=TODAY,
            value_severity="minor",
            value_cause_id=self.env.ref("crm_value.cause_late").id,
            value_remedy="explain",
            value_told_at=TODAY,
        )
        ticket.stage_id = self.open_stage
        ticket = ticket.with_user(closer or self.env.user).sudo()
        ticket.write({"stage_id": self.closed_stage.id, "value_close_reason": "Told"})
        self._cron_invite()
        return ticket.with_user(self.env.user)

    def _answer(self, ticket, stars):
        invited = self._invited(res_model="helpdesk.ticket", res_id=ticket.id)
        return self._answer_it(invited, {"csat1": stars})

    def test_a_good_answer_confirms(self):
        ticket = self._settled()
        self.assertEqual(ticket.value_duty, "confirm")
        self._answer(ticket, 5)
        self.assertEqual((ticket.value_duty, ticket.closed), ("done", True))
        self.assertEqual(ticket.value_heard_by, "answer")

    def test_a_bad_answer_reopens_and_asks_for_another_remedy(self):
        ticket = self._settled()
        self._answer(ticket, 1)
        self.assertFalse(ticket.closed)
        self.assertEqual(ticket.value_duty, "decide")
        self.assertEqual(ticket.value_reopened, 1)

    def test_a_bad_answer_reopens_where_the_rule_reacts_to_nothing(self):
        self.rule.recovery = False
        ticket = self._settled()
        self._answer(ticket, 1)
        self.assertFalse(ticket.closed)

    def test_a_good_answer_after_a_stranger_closed_confirms_nothing(self):
        stranger = new_test_user(self.env, "answer_stranger", "base.group_portal")
        ticket = self._settled(stranger)
        self._answer(ticket, 5)
        self.assertEqual((ticket.value_duty, ticket.closed), ("confirm", True))
