"""What is promised for a ticket, and when it is due."""

from datetime import datetime
from unittest.mock import patch

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .desk_common import MONDAY_NOON, SAID, DeskCommon

# The linter knows tests by the folder right above them only.
# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestPromise(DeskCommon):
    def test_everybody_is_promised_something_and_members_more(self):
        other, member = self._open(self.other), self._open(self.ann)
        self.assertEqual(other.value_response_due, datetime(2026, 6, 16, 12))
        self.assertEqual(other.value_resolution_due, datetime(2026, 6, 22, 12))
        self.assertEqual(other.value_due, other.value_response_due)
        self.assertEqual(member.value_response_due, datetime(2026, 6, 15, 16))
        # The tier says nothing of a solution: as for everybody.
        self.assertEqual(member.value_resolution_due, other.value_resolution_due)
        nobody = self._open(self.env["res.partner"])
        self.assertEqual(nobody.value_due, other.value_due)

    def test_shortest_of_all_that_applies_counts(self):
        promise = self.env["crm.value.service.target"].create(
            {
                "category_id": self.complaint.id,
                "company_id": self.company.id,
                "response_hours": 2,
                "resolution_hours": 100,
            }
        )
        ticket = self._open(self.other, category_id=self.complaint.id)
        self.assertEqual(ticket.value_response_hours, 2)
        self.assertEqual(ticket.value_resolution_hours, 40)
        promise.copy({"tier_id": self.silver.id, "response_hours": 1})
        member = self._open(self.ann, category_id=self.complaint.id)
        self.assertEqual(member.value_response_due, datetime(2026, 6, 15, 13))
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            promise.copy({"tier_id": self.gold.id, "response_hours": -1})

    def test_target_is_set_anew_until_the_first_answer(self):
        ticket = self._open(self.other)
        ticket.partner_id = self.ann
        self.assertEqual(ticket.value_response_hours, 4)
        with freeze_time("2026-06-15 13:00:00"):
            ticket.with_user(self.staff).message_post(body="Hello", **SAID)
        ticket.partner_id = self.other
        self.assertEqual(ticket.value_response_hours, 4)
        self.assertEqual(ticket.value_due, ticket.value_resolution_due)

    def test_better_tier_shortens_the_promise_of_tickets_that_wait(self):
        waiting, answered, strange = (self._open(self.other) for _ in range(3))
        strange.category_id = self.complaint
        answered.value_responded_at = MONDAY_NOON
        self.gold.response_hours = 2
        self._join(self.other, self.gold)
        desk = self.env["helpdesk.ticket"]
        desk._value_promise_better(self.company, self.acme.ids)
        self.assertEqual(waiting.value_response_hours, 8)
        desk._value_promise_better(self.company, self.other.ids)
        self.assertEqual(waiting.value_response_due, datetime(2026, 6, 15, 14))
        self.assertEqual(waiting.value_opened_tier_id, self.gold)
        self.assertEqual(waiting.priority, "1")
        self.assertEqual(answered.value_response_hours, 8)
        self._join(self.other, self.env["crm.value.tier"])
        desk._value_promise_better(self.company, self.other.ids)
        self.assertEqual(waiting.value_response_hours, 2)
        self.assertIn("promised to Gold within 2", waiting.value_queue)

    def test_run_that_finds_a_better_tier_promises_more(self):
        ticket = self._open(self.other)
        self.gold.response_hours = 2
        self._purchases(self.other, (100, 10), (100, 40))
        self.env["crm.value.override"].create(
            {
                "kind": "tier",
                "partner_id": self.other.id,
                "company_id": self.company.id,
                "tier_id": self.gold.id,
                "date_from": "2026-06-15",
                "date_to": "2026-12-31",
                "reason": "Promised by the director",
            }
        )
        self._score()
        self.assertEqual(ticket.value_tier_id, self.gold)
        self.assertEqual(ticket.value_response_hours, 2)

    def test_team_works_at_its_own_hours(self):
        team = self.env["helpdesk.ticket.team"].create(
            {
                "name": "Shanghai",
                "company_id": self.company.id,
                "value_calendar_id": self._calendar("Asia/Shanghai").id,
            }
        )
        # Noon in UTC is after work in Shanghai: eight hours on Tuesday from 1:00 UTC.
        ticket = self._open(self.other, team_id=team.id, stage_id=self.new.id)
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 16, 9))
        ticket.team_id = False
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 16, 12))

    def test_holidays_and_nights_do_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "date_from": "2026-06-16 00:00:00",
                "date_to": "2026-06-16 23:59:59",
            }
        )
        # Five hours are left on Monday, Tuesday is off: three on Wednesday.
        ticket = self._open(self.other)
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 17, 12))

    def test_target_counts_by_the_clock_where_no_calendar_has_working_hours(self):
        by_the_clock = datetime(2026, 6, 15, 20)
        self.company.resource_calendar_id.attendance_ids.unlink()
        due = self.company._value_due(8, MONDAY_NOON)
        self.assertEqual(due, by_the_clock)
        self.company.resource_calendar_id = False
        self.assertEqual(self.company._value_due(8, MONDAY_NOON), by_the_clock)

    def test_priority_nobody_chose_is_raised_once_and_logged(self):
        ticket = self._open(self.ann)
        self.assertEqual(ticket.priority, "2")
        self.assertEqual(ticket.value_priority_before, "1")
        self.assertIn("raised from Medium to High", self._logged(ticket))
        ticket.priority = "0"
        ticket.partner_id = self.acme
        self.assertEqual(ticket.priority, "0")

    def test_priority_that_somebody_chose_stays(self):
        for chosen in ("0", "1", "3"):
            ticket = self._open(self.ann, priority=chosen)
            self.assertEqual(ticket.priority, chosen)
            self.assertFalse(ticket.value_priority_before)
            self.assertEqual(ticket.value_opened_tier_id, self.silver)
        other = self._open(self.other)
        self.assertEqual(other.priority, "1")

    def test_form_shows_the_raised_priority_before_it_is_saved(self):
        with Form(self.env["helpdesk.ticket"]) as form:
            form.name = form.description = "Help"
            form.partner_id = self.ann
            self.assertEqual(form.priority, "2")
            form.priority = "1"
        self.assertEqual(form.record.priority, "1")

    def test_ticket_that_gets_its_customer_later_is_served_then(self):
        ticket = self._open(self.env["res.partner"])
        self.assertEqual(ticket.priority, "1")
        ticket.partner_id = self.ann
        self.assertEqual(ticket.priority, "2")
        self.assertEqual(ticket.value_response_hours, 4)

    def test_many_tickets_are_served_together(self):
        def create(count):
            vals = {
                "name": "Help",
                "description": "Please",
                "partner_id": self.ann.id,
                "company_id": self.company.id,
                "number": "T",
            }
            tickets = self.env["helpdesk.ticket"].create([vals] * count)
            self.env.flush_all()
            return tickets

        def growth():
            counts = []
            for count in (5, 25):
                before = self.env.cr.sql_log_count
                create(count)
                counts.append(self.env.cr.sql_log_count - before)
            return counts[1] - counts[0]

        tickets = create(2)
        self.assertEqual(set(tickets.mapped("priority")), {"2"})
        self.assertEqual(len(set(tickets.mapped("value_response_due"))), 1)
        found = growth()
        with patch.object(type(tickets), "_value_serve"):
            self.assertLessEqual(found, growth())

    def test_customer_opens_a_ticket_in_the_portal(self):
        portal = new_test_user(self.env, "acme_portal", "base.group_portal")
        portal.partner_id.parent_id = self.acme
        ticket = self._open(portal.partner_id).with_user(portal)
        self.assertEqual(ticket.sudo().priority, "2")

    def test_targets_are_set_by_managers_of_the_company(self):
        vals = {"category_id": self.complaint.id, "response_hours": 1}
        manager = new_test_user(
            self.env,
            "boss",
            "crm_value.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        made = self.env["crm.value.service.target"].with_user(manager).create(vals)
        self.assertEqual(made.company_id, self.company)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            made.copy()  # once a category and tier
