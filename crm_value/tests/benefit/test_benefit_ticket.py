"""Benefits of a tier on tickets."""

# The linter knows tests by the folder right above them only.
# pylint: disable=translation-required

from datetime import datetime

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from .benefit_common import BenefitCommon

MONDAY_NOON = datetime(2026, 6, 15, 12)


@tagged("post_install", "-at_install")
class TestTicketBenefit(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {"name": "Nine to five", "tz": "UTC", "company_id": cls.company.id}
        )
        calendar.attendance_ids.unlink()
        cls.env["resource.calendar.attendance"].create(
            [
                {
                    "name": f"Day {day}",
                    "calendar_id": calendar.id,
                    "dayofweek": str(day),
                    "hour_from": 9,
                    "hour_to": 17,
                    "day_period": "morning",
                }
                for day in range(5)
            ]
        )
        cls.company.resource_calendar_id = calendar
        cls.silver.write({"ticket_priority": "2", "response_hours": 8})
        cls.staff = new_test_user(
            cls.env,
            "staff",
            "helpdesk_mgmt.group_helpdesk_manager",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _open(self, partner, **values):
        return self.env["helpdesk.ticket"].create(
            {
                "name": "Help",
                "description": "Please",
                "partner_id": partner.id,
                "company_id": self.company.id,
                "stage_id": self.waiting.id,
                **values,
            }
        )

    @property
    def waiting(self):
        return self.env["helpdesk.ticket.stage"].search(
            [("unattended", "=", True)], limit=1
        )

    def _logged(self, ticket):
        return " ".join(ticket.message_ids.mapped("body"))

    def test_priority_is_raised_once_and_logged(self):
        ticket = self._open(self.ann)
        self.assertEqual(ticket.priority, "2")
        self.assertEqual(ticket.value_priority_before, "1")
        self.assertIn("raised from Medium to High", self._logged(ticket))
        ticket.priority = "0"
        ticket.partner_id = self.acme
        self.assertEqual(ticket.priority, "0")

    def test_higher_priority_and_other_customers_stay(self):
        ticket = self._open(self.ann, priority="3")
        self.assertEqual(ticket.priority, "3")
        self.assertFalse(ticket.value_priority_before)
        self.assertEqual(ticket.value_opened_tier_id, self.silver)
        other = self._open(self._customer("Other"))
        self.assertEqual(other.priority, "1")
        self.assertFalse(other.value_response_due)

    def test_ticket_that_gets_its_customer_later_is_served_then(self):
        ticket = self._open(self.env["res.partner"])
        self.assertEqual(ticket.priority, "1")
        ticket.partner_id = self.ann
        self.assertEqual(ticket.priority, "2")
        self.assertTrue(ticket.value_response_due)

    def test_target_counts_working_hours_of_the_company(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "date_from": "2026-06-16 00:00:00",
                "date_to": "2026-06-16 23:59:59",
            }
        )
        # Five hours are left on Monday, Tuesday is off: three on Wednesday.
        self.assertEqual(
            self.silver._response_due(MONDAY_NOON), datetime(2026, 6, 17, 12)
        )

    def test_target_counts_by_the_clock_where_no_calendar_has_working_hours(self):
        by_the_clock = datetime(2026, 6, 15, 20)
        self.company.resource_calendar_id.attendance_ids.unlink()
        self.assertEqual(self.silver._response_due(MONDAY_NOON), by_the_clock)
        self.company.resource_calendar_id = False
        self.assertEqual(self.silver._response_due(MONDAY_NOON), by_the_clock)

    def test_response_is_the_first_message_of_ours(self):
        ticket = self._open(self.ann)
        post = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        ticket.message_post(body="More", author_id=self.ann.id, **post)
        ticket.with_user(self.staff).message_post(
            body="Note", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.assertFalse(ticket.value_responded_at)
        with freeze_time("2026-06-15 15:00:00"):
            ticket.with_user(self.staff).message_post(body="Hello", **post)
        first = ticket.value_responded_at
        self.assertEqual(first, datetime(2026, 6, 15, 15))
        ticket.stage_id = self.closed_stage
        self.assertEqual(ticket.value_responded_at, first)

    def test_taking_a_ticket_up_or_closing_it_is_a_response(self):
        taken, closed = self._open(self.ann), self._open(self.ann)
        taken.stage_id = self.env["helpdesk.ticket.stage"].search(
            [("unattended", "=", False), ("closed", "=", False)], limit=1
        )
        closed.stage_id = self.closed_stage
        self.assertTrue(taken.value_responded_at and closed.value_responded_at)

    def test_late_tickets_are_found_and_answered_ones_are_not(self):
        ticket, answered = self._open(self.ann), self._open(self.ann)
        (ticket + answered).value_response_due = datetime(2026, 6, 15, 11)
        answered.stage_id = self.closed_stage
        self.assertTrue(ticket.value_response_late)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.helpdesk_ticket_due_action"
        )
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        search = self.env.ref("crm_value.helpdesk_ticket_view_search_benefit")
        self.assertIn("value_response_overdue", search.arch)
        found = ticket.search(
            [
                ("value_response_due", "<", "now"),
                ("value_responded_at", "=", False),
                ("closed", "=", False),
            ]
        )
        self.assertIn(ticket, found)
        self.assertNotIn(answered, found)

    def test_many_tickets_are_served_together(self):
        tickets = self.env["helpdesk.ticket"].create(
            [
                {
                    "name": f"Help {number}",
                    "description": "Please",
                    "partner_id": self.ann.id,
                    "company_id": self.company.id,
                }
                for number in range(5)
            ]
        )
        self.assertEqual(set(tickets.mapped("priority")), {"2"})
        self.assertEqual(len(set(tickets.mapped("value_response_due"))), 1)

    def test_customer_opens_a_ticket_in_the_portal(self):
        portal = new_test_user(self.env, "acme_portal", "base.group_portal")
        portal.partner_id.parent_id = self.acme
        ticket = self._open(portal.partner_id).with_user(portal)
        self.assertEqual(ticket.sudo().priority, "2")
