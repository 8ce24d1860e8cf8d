"""First answers, pauses, closing and reopening, and whether promises were kept."""

from datetime import datetime

from odoo.tests import freeze_time, tagged

from .desk_common import SAID, DeskCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestClock(DeskCommon):
    def test_response_is_the_first_message_of_ours_that_the_customer_reads(self):
        ticket = self._open(self.ann)
        ticket.message_post(body="More", author_id=self.ann.id, **SAID)
        ticket.with_user(self.staff).message_post(
            body="Note", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        robot = self.env.ref("base.partner_root")
        ticket.message_post(body="Received", author_id=robot.id, **SAID)
        ticket.user_id = self.staff
        ticket.stage_id = self.doing
        self.assertFalse(ticket.value_responded_at)
        with freeze_time("2026-06-15 15:00:00"):
            ticket.with_user(self.staff).message_post(body="Hello", **SAID)
        with freeze_time("2026-06-15 16:30:00"):
            ticket.with_user(self.staff).message_post(body="Again", **SAID)
        self.assertEqual(ticket.value_responded_at, datetime(2026, 6, 15, 15))
        self.assertEqual(ticket.value_response_kept, 100)

    def test_late_answer_breaks_the_promise(self):
        ticket = self._open(self.ann)
        with freeze_time("2026-06-15 16:00:01"):
            ticket.with_user(self.staff).message_post(body="Hello", **SAID)
        self.assertIs(ticket.value_response_kept or None, None)
        self.assertEqual(ticket.value_response_kept, 0.0)
        self.assertIs(ticket.value_resolution_kept, False)

    def test_closing_without_an_answer_is_none(self):
        early, late = self._open(self.other), self._open(self.other)
        with freeze_time("2026-06-15 14:00:00"):
            early.stage_id = self.closed_stage
        with freeze_time("2026-06-17 14:00:00"):
            late.stage_id = self.closed_stage
        self.assertFalse(early.value_responded_at or late.value_responded_at)
        self.assertIs(early.value_response_kept, False)  # not known
        self.assertIsInstance(late.value_response_kept, float)
        self.assertEqual(early.value_resolution_kept, 100)
        self.assertEqual(late.value_resolution_kept, 100)

    def test_clock_stands_still_while_we_wait_for_the_customer(self):
        ticket = self._open(self.other)  # answer due on Tuesday noon
        with freeze_time("2026-06-15 16:00:00"):
            ticket.stage_id = self.awaiting
        self.assertFalse(ticket.value_due)
        self.assertIn("Waiting for the customer", ticket.value_queue)
        # An hour of Monday, two of Tuesday.
        with freeze_time("2026-06-16 11:00:00"):
            ticket.stage_id = self.doing
        self.assertEqual(ticket.value_due, datetime(2026, 6, 16, 15))
        self.assertEqual(ticket.value_resolution_due, datetime(2026, 6, 22, 15))

    def test_customer_who_writes_lets_the_clock_go_on(self):
        ticket = self._open(self.other)
        with freeze_time("2026-06-15 13:00:00"):
            ticket.stage_id = self.awaiting
        with freeze_time("2026-06-15 14:00:00"):
            ticket.message_post(body="Here it is", author_id=self.other.id, **SAID)
        self.assertFalse(ticket.value_waiting_since)
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 16, 13))

    def test_pause_that_is_over_counts_for_targets_that_are_set_anew(self):
        ticket = self._open(self.other)  # answer due on Tuesday noon
        with freeze_time("2026-06-15 13:00:00"):
            ticket.stage_id = self.awaiting
        with freeze_time("2026-06-15 15:00:00"):
            ticket.stage_id = self.doing
        with freeze_time("2026-06-15 16:00:00"):
            ticket.stage_id = self.awaiting
        with freeze_time("2026-06-15 17:00:00"):
            ticket.stage_id = self.doing
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 16, 15))
        due = ticket.value_resolution_due
        ticket.category_id = self.complaint  # which promises nothing of its own
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 16, 15))
        self.assertEqual(ticket.value_resolution_due, due)
        ticket.partner_id = self.ann  # who is promised an answer within four hours
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 16, 11))
        self.assertFalse(ticket.copy().sudo().value_pauses)

    def test_pause_after_a_target_that_is_set_anew_does_not_save_it(self):
        ticket = self._open(self.other)
        with freeze_time("2026-06-16 09:30:00"):
            ticket.stage_id = self.awaiting
        with freeze_time("2026-06-16 10:30:00"):
            ticket.stage_id = self.doing
        ticket.partner_id = self.ann  # whose answer was due at 16:00
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 15, 16))

    def test_many_that_go_on_together_ask_the_calendar_once(self):
        counts = []
        for size in (2, 12):
            tickets = self.env["helpdesk.ticket"].union(
                *(self._open(self.other) for _ticket in range(size))
            )
            with freeze_time("2026-06-15 16:00:00"):
                tickets.stage_id = self.awaiting
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with freeze_time("2026-06-16 11:00:00"):
                tickets._value_go_on()
                self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            dues = {datetime(2026, 6, 16, 15)}
            self.assertEqual(set(tickets.mapped("value_response_due")), dues)
        self.assertEqual(*counts)

    def test_pauses_that_began_at_other_times_move_by_their_own_time(self):
        early, late = self._open(self.other), self._open(self.other)
        with freeze_time("2026-06-15 13:00:00"):
            early.stage_id = self.awaiting
        with freeze_time("2026-06-15 16:00:00"):
            late.stage_id = self.awaiting
        with freeze_time("2026-06-15 17:00:00"):
            (early + late).stage_id = self.doing
        self.assertEqual(early.value_response_due, datetime(2026, 6, 16, 16))
        self.assertEqual(late.value_response_due, datetime(2026, 6, 16, 13))

    def test_target_that_was_missed_before_the_pause_stays_missed(self):
        ticket = self._open(self.ann)  # due at 16:00
        with freeze_time("2026-06-15 16:30:00"):
            ticket.stage_id = self.awaiting
        with freeze_time("2026-06-17 10:00:00"):
            ticket.stage_id = self.doing
        self.assertEqual(ticket.value_response_due, datetime(2026, 6, 15, 16))

    def test_weekend_between_closing_and_reopening_counts_as_waiting_for_us(self):
        ticket = self._open(self.other)
        with freeze_time("2026-06-19 17:00:00"):
            ticket.stage_id = self.closed_stage
        self.assertEqual(ticket.value_resolution_kept, 100)
        with freeze_time("2026-06-22 10:00:00"):
            ticket.stage_id = self.doing
        self.assertEqual(ticket.value_reopened, 1)
        self.assertFalse(ticket.value_resolved_at)
        self.assertIs(ticket.value_resolution_kept, False)
        self.assertEqual(ticket.value_resolution_due, datetime(2026, 6, 22, 12))
        with freeze_time("2026-06-22 13:00:00"):
            ticket.stage_id = self.closed_stage
        self.assertEqual(ticket.value_resolved_at, datetime(2026, 6, 22, 13))
        self.assertEqual(ticket.value_resolution_kept, 0.0)

    def test_pause_and_reopening_count_in_the_hours_of_the_team(self):
        """Shanghai works from 1:00 to 9:00 UTC; the 17th is a holiday."""
        team = self.env["helpdesk.ticket.team"].create(
            {
                "name": "Shanghai",
                "company_id": self.company.id,
                "value_calendar_id": self._calendar("Asia/Shanghai").id,
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "date_from": "2026-06-17 00:00:00",
                "date_to": "2026-06-17 23:59:59",
            }
        )
        member = self._open(self.ann, datetime(2026, 6, 16, 7), team_id=team.id)
        self.assertEqual(member.value_response_due, datetime(2026, 6, 18, 3))
        other = self._open(self.other, datetime(2026, 6, 16, 1), team_id=team.id)
        self.assertEqual(other.value_response_due, datetime(2026, 6, 16, 9))
        with freeze_time("2026-06-16 05:00:00"):
            other.stage_id = self.awaiting
        with freeze_time("2026-06-18 05:00:00"):
            other.stage_id = self.doing
        # Half a day waited on the 16th, half a day on the 18th.
        self.assertEqual(other.value_response_due, datetime(2026, 6, 18, 9))
        due = other.value_resolution_due
        with freeze_time("2026-06-18 06:00:00"):
            other.stage_id = self.closed_stage
        with freeze_time("2026-06-19 06:00:00"):
            other.stage_id = self.doing
        self.assertEqual(other.value_resolution_due, due)
        self.assertEqual(other.value_reopened, 1)

    def test_duplicates_and_archived_tickets_are_not_due(self):
        first, again = self._open(self.other), self._open(self.other)
        again.duplicate_id = first
        self.assertFalse(again.value_due)
        first.active = False
        self.assertFalse(first.value_due)

    def test_share_kept_is_of_those_that_are_known(self):
        kept, broken, open_ = (self._open(self.ann) for _ in range(3))
        with freeze_time("2026-06-15 15:00:00"):
            kept.with_user(self.staff).message_post(body="Hello", **SAID)
        with freeze_time("2026-06-15 17:00:00"):
            broken.with_user(self.staff).message_post(body="Hello", **SAID)
        tickets = kept + broken + open_
        [(share, count)] = tickets._read_group(
            [("id", "in", tickets.ids)],
            [],
            ["value_response_kept:avg", "value_response_kept:count"],
        )
        self.assertEqual((share, count), (50.0, 2))
