"""What is owed next follows from the facts, whichever came first."""

from itertools import permutations
from random import Random

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..desk.desk_common import MONDAY_NOON, SAID
from .complaint_common import CAME, FACTS, HOUR, ComplaintCommon

# pylint: disable=translation-required

DUTIES = list(FACTS)


@tagged("post_install", "-at_install")
class TestComplaintDuties(ComplaintCommon):
    def test_category_makes_a_ticket_a_complaint(self):
        plain = self._open(self.ann)
        self.assertEqual((plain.value_duty, plain.value_days_tell), (False, False))
        plain.category_id = self.complaint
        self.assertEqual(plain.value_duty, "acknowledge")
        self.assertEqual(plain.value_duty_since, plain.create_date)
        self.complaint.value_complaint = False
        self.assertFalse(plain.value_duty)

    def test_duties_come_in_the_order_of_iso_10002(self):
        ticket = self._complain()
        seen = [ticket.value_duty]
        for duty in DUTIES:
            ticket.write(self._fact(duty))
            seen.append(ticket.value_duty)
        self.assertEqual(seen, [*DUTIES, "done"])
        self.assertFalse(ticket.value_duty_since)
        days = [ticket[f"value_days_{duty}"] for duty in DUTIES]
        self.assertEqual([round(each * 24, 6) for each in days], [1.0] * 6)

    def test_any_order_of_facts_gives_the_same_state(self):
        """All facts but some, in every order for three, in drawn ones for more."""
        names = ["value_duty", "value_duty_since", "value_confirmed_share"]
        names += [f"value_days_{duty}" for duty in DUTIES]
        draw = Random(7)
        for count in range(1, 7):
            chosen = draw.sample(DUTIES, count)
            orders = list(permutations(chosen))
            states = set()
            for order in draw.sample(orders, min(len(orders), 6)):
                ticket = self._complain()
                for duty in order:
                    ticket.write(self._fact(duty))
                states.add(tuple(ticket[name] for name in names))
            self.assertEqual(len(states), 1, chosen)
            missing = [duty for duty in DUTIES if duty not in chosen]
            self.assertEqual(states.pop()[0], next(iter(missing), "done"))

    def test_taking_a_fact_back_opens_its_duty(self):
        ticket = self._settle(self._complain())
        for duty, name in (
            ("confirm", "value_confirmed_at"),
            ("decide", "value_remedy"),
        ):
            ticket[name] = False
            self.assertEqual(ticket.value_duty, duty)
        self.assertFalse(ticket.value_decided_at)

    def test_first_answer_acknowledges_unless_it_was_done_by_hand(self):
        ticket = self._complain()
        ticket.message_post(body="On its way", **SAID)
        self.assertEqual(ticket.value_acknowledged_at, MONDAY_NOON)
        self.assertEqual(ticket.value_duty, "assess")
        called = self._complain(value_acknowledged_at=CAME + HOUR)
        called.message_post(body="As I said", **SAID)
        self.assertEqual(called.value_acknowledged_at, CAME + HOUR)

    def test_answer_before_it_was_a_complaint_acknowledges(self):
        ticket = self._open(self.ann, CAME)
        ticket.value_responded_at = CAME + HOUR
        self.assertFalse(ticket.value_acknowledged_at)
        ticket.category_id = self.complaint
        self.assertEqual(ticket.value_acknowledged_at, CAME + HOUR)

    def test_who_assessed_and_when_come_by_themselves(self):
        ticket = self._complain()
        ticket.value_severity = "serious"
        self.assertEqual(ticket.value_assessed_at, MONDAY_NOON)
        self.assertEqual(ticket.value_assessed_by, self.agent)
        ticket.with_user(self.staff).value_severity = "critical"
        self.assertEqual(ticket.value_assessed_by, self.agent)
        ticket.value_severity = False
        self.assertFalse(ticket.value_assessed_at or ticket.value_assessed_by)
        ticket.write(self._fact("assess"))
        self.assertEqual(ticket.value_assessed_by, self.agent)

    def test_upheld_is_unknown_until_the_cause_is(self):
        ticket = self._complain()
        self.assertIs(ticket.value_upheld, False)
        for cause, upheld in ((self.ours, 100), (self.supplier, 100), (self.theirs, 0)):
            ticket.value_cause_id = cause
            self.assertEqual(ticket.value_upheld, upheld)

    def test_who_is_not_satisfied_is_owed_another_remedy(self):
        ticket = self._settle(self._complain())
        ticket.value_dissatisfied_at = MONDAY_NOON - HOUR
        self.assertEqual(ticket.value_duty, "decide")
        self.assertEqual(ticket.value_duty_since, MONDAY_NOON - HOUR)
        ticket.value_remedy_note = "This time by hand"
        self.assertEqual(ticket.value_decided_at, MONDAY_NOON)
        self.assertEqual(ticket.value_duty, "tell")
        ticket.action_value_told()
        self.assertEqual(ticket.value_duty, "confirm")
        ticket.action_value_confirmed()
        self.assertEqual(
            (ticket.value_duty, ticket.value_confirmed_share), ("done", 100)
        )

    def test_facts_lie_in_the_past(self):
        ticket = self._complain()
        for name in ("value_told_at", "value_confirmed_at", "value_acknowledged_at"):
            with self.assertRaises(ValidationError):
                ticket[name] = MONDAY_NOON + HOUR

    def test_a_copy_has_no_facts(self):
        ticket = self._settle(self._complain()).sudo()
        copied = ticket.copy()
        self.assertEqual(copied.value_duty, "acknowledge")
        self.assertFalse(copied.value_cause_id or copied.value_product_ids)

    def test_a_duplicate_owes_nothing(self):
        ticket = self._complain()
        ticket.duplicate_id = self._complain()
        self.assertFalse(ticket.value_duty)

    def test_query_count_does_not_grow_with_tickets(self):
        def count(size):
            tickets = self.env["helpdesk.ticket"].browse(
                [self._complain().id for _ in range(size)]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            tickets.write({"value_told_at": MONDAY_NOON})
            tickets.flush_recordset()
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(3), count(30))
