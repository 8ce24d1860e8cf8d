"""A complaint is closed when nothing is owed any more, or somebody says why not."""

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged

from ..desk.desk_common import MONDAY_NOON
from .complaint_common import CAME, HOUR, ComplaintCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestComplaintClose(ComplaintCommon, HttpCase):
    def _wizard(self, warning, user=None):
        """Return the dialog that the refusal offers."""
        _message, action, _button, context = warning.exception.args
        found = self.env["ir.actions.act_window"].browse(action)
        self.assertEqual(found.res_model, "crm.value.complaint.close")
        wizard = self.env[found.res_model].with_user(user or self.agent)
        return wizard.with_context(**context)

    def test_closing_with_a_duty_open_asks_for_the_reason(self):
        ticket = self._settle(self._complain(), but=["confirm"])
        with self.assertRaises(RedirectWarning) as asked:
            ticket.stage_id = self.closed_stage
        self.assertIn("Have It Confirmed", asked.exception.args[0])
        self.assertNotIn("Assess", asked.exception.args[0])
        ticket.invalidate_recordset()
        self.assertFalse(ticket.closed)
        with Form(self._wizard(asked)) as form:
            form.reason = "Could not be reached"
        done = form.record.action_close()
        self.assertEqual(done["tag"], "soft_reload")
        self.assertTrue(ticket.closed)
        self.assertEqual(ticket.value_close_reason, "Could not be reached")
        self.assertEqual(
            (ticket.value_duty, ticket.value_confirmed_share), ("confirm", 0)
        )
        self.assertEqual(ticket.value_closed_by, self.agent)

    def test_the_reason_stands_in_the_chatter(self):
        ticket = self._complain().with_context(
            tracking_disable=False, mail_notrack=False
        )
        self.flush_tracking()
        ticket.write(
            {"stage_id": self.closed_stage.id, "value_close_reason": "Withdrawn"}
        )
        self.flush_tracking()
        values = ticket.sudo().message_ids.tracking_value_ids
        self.assertIn("Withdrawn", values.mapped("new_value_char"))

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.flush()

    def test_nothing_is_asked_when_all_is_done_or_nobody_complained(self):
        settled = self._settle(self._complain())
        settled.stage_id = self.closed_stage
        plain = self._open(self.ann).with_user(self.agent)
        plain.stage_id = self.closed_stage
        duplicate = self._complain()
        duplicate.write({"duplicate_id": settled.id, "stage_id": self.closed_stage.id})
        for ticket in (settled, plain, duplicate):
            self.assertTrue(ticket.closed)
            self.assertFalse(ticket.value_close_reason)

    def test_the_last_fact_may_come_with_the_closing(self):
        ticket = self._settle(self._complain(), but=["confirm"])
        ticket.write(
            {"stage_id": self.closed_stage.id, "value_confirmed_at": MONDAY_NOON}
        )
        self.assertEqual((ticket.closed, ticket.value_duty), (True, "done"))

    def test_each_way_of_ending_it_is_asked(self):
        """Drag and drop and lists write, calls from outside create and archive."""
        team = self.env["helpdesk.ticket.team"].create(
            {
                "name": "Closers",
                "company_id": self.company.id,
                "user_ids": [Command.set(self.agent.ids)],
            }
        )
        only = self.closed_stage.copy({"team_ids": [Command.set(team.ids)]})
        for vals in (
            {"stage_id": self.closed_stage.id},
            {"active": False},
            {"team_id": team.id, "stage_id": only.id},
        ):
            with self.assertRaises(RedirectWarning):
                self._complain().write(vals)
        both = self._complain() | self._settle(self._complain())
        with self.assertRaises(RedirectWarning) as asked:
            both.web_save_multi([{"stage_id": self.closed_stage.id}] * 2, {})
        self.assertEqual(asked.exception.args[3]["default_ticket_ids"], both[0].ids)
        vals = {
            "name": "Entered closed",
            "description": "By a call",
            "category_id": self.complaint.id,
            "company_id": self.company.id,
            "stage_id": self.closed_stage.id,
        }
        tickets = self.env["helpdesk.ticket"].with_user(self.agent)
        with self.assertRaises(UserError):
            tickets.create(vals)
        made = tickets.create({**vals, "value_close_reason": "From the old system"})
        self.assertTrue(made.closed)

    def test_archiving_asks_and_the_dialog_archives(self):
        ticket = self._complain()
        with self.assertRaises(RedirectWarning) as asked:
            ticket.active = False
        wizard = self._wizard(asked).create({"reason": "Spam"})
        self.assertTrue(wizard.archive)
        wizard.action_close()
        self.assertFalse(ticket.active or ticket.closed)
        ticket.active = True
        self.assertFalse(ticket.value_close_reason)

    def test_the_system_closes_and_says_so(self):
        ticket = self._complain().with_user(self.env.ref("base.user_root"))
        ticket.stage_id = self.closed_stage
        self.assertEqual(ticket.value_close_reason, "Closed automatically")
        self.assertEqual(ticket.value_duty, "acknowledge")

    def test_without_the_part_nobody_is_asked(self):
        settings = self.env["res.config.settings"].create(
            {"group_value_service": False}
        )
        settings.set_values()
        ticket = self._complain()
        ticket.stage_id = self.closed_stage
        self.assertTrue(ticket.closed)

    def test_the_customer_closes_in_the_portal(self):
        self.closed_stage.close_from_portal = True
        mine = new_test_user(self.env, "complaint_portal", "base.group_portal")
        mine.partner_id.parent_id = self.acme
        ticket = self._complain(mine.partner_id)
        self.authenticate(mine.login, mine.login)
        self.url_open(
            f"/ticket/close?ticket_id={ticket.id}&stage_id={self.closed_stage.id}"
        )
        ticket.invalidate_recordset()
        self.assertTrue(ticket.closed)
        self.assertEqual(ticket.value_close_reason, "Closed by the customer")
        self.assertEqual(ticket.value_closed_by, mine)

    def test_reopening_asks_anew(self):
        ticket = self._complain()
        ticket.write({"stage_id": self.closed_stage.id, "value_close_reason": "Silent"})
        ticket.stage_id = self.doing
        self.assertFalse(ticket.value_close_reason or ticket.value_closed_by)
        with self.assertRaises(RedirectWarning):
            ticket.stage_id = self.closed_stage

    def test_who_is_not_satisfied_has_it_opened_again(self):
        ticket = self._settle(self._complain())
        ticket.stage_id = self.closed_stage
        ticket.action_value_dissatisfied()
        self.assertFalse(ticket.closed)
        self.assertEqual(ticket.value_duty, "decide")
        self.assertEqual(ticket.value_reopened, 1)
        self.assertIn("not satisfied", self._logged(ticket.sudo()))

    def test_an_older_word_reopens_nothing(self):
        ticket = self._settle(self._complain())
        ticket.stage_id = self.closed_stage
        ticket.value_dissatisfied_at = CAME
        self.assertEqual((ticket.closed, ticket.value_duty), (True, "done"))

    def test_satisfaction_after_a_stranger_closed_is_not_trusted(self):
        stranger = new_test_user(self.env, "complaint_other", "base.group_portal")
        mine = new_test_user(self.env, "complaint_mine", "base.group_portal")
        mine.partner_id.parent_id = self.acme
        for closer, duty in (
            (self.agent, "done"),
            (mine, "done"),
            (stranger, "confirm"),
        ):
            ticket = self._settle(self._complain(mine.partner_id), but=["confirm"])
            closing = ticket.sudo().with_user(closer).sudo()
            closing.write({"stage_id": self.closed_stage.id, "value_close_reason": "x"})
            ticket._value_hear(True, MONDAY_NOON - HOUR)
            self.assertEqual(ticket.value_duty, duty, closer.login)
            self.assertTrue(ticket.closed)

    def test_a_bad_answer_after_a_stranger_closed_still_counts(self):
        stranger = new_test_user(self.env, "complaint_other", "base.group_portal")
        ticket = self._settle(self._complain())
        ticket.sudo().with_user(stranger).sudo().stage_id = self.closed_stage
        ticket._value_hear(False, MONDAY_NOON)
        self.assertFalse(ticket.closed)

    def test_roles_that_may_not_write_tickets_settle_nothing(self):
        seller = self._person("seller", "sales_team.group_sale_salesman_all_leads")
        ticket = self._complain()
        ticket.message_subscribe(seller.partner_id.ids)
        for call in ("action_value_told", "action_value_confirmed"):
            with self.assertRaises(AccessError):
                getattr(ticket.with_user(seller), call)()
        wizard = self.env["crm.value.complaint.close"].with_user(seller)
        vals = {"ticket_ids": [Command.set(ticket.ids)], "reason": "x"}
        with self.assertRaises(AccessError):
            wizard.create({**vals, "stage_id": self.closed_stage.id}).action_close()

    def test_a_dialog_is_its_authors_alone(self):
        wizard = self.env["crm.value.complaint.close"].with_user(self.agent)
        wizard = wizard.create(
            {"ticket_ids": [Command.set(self._complain().ids)], "reason": "x"}
        )
        with self.assertRaises(AccessError):
            wizard.with_user(self.staff).read(["reason"])
