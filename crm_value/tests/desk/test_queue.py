"""Earliest due first: no order delays less, and nobody starves."""

from datetime import datetime, timedelta
from itertools import permutations
from random import Random

from odoo.tests import freeze_time, tagged

from .desk_common import DeskCommon

# pylint: disable=translation-required

NOW = datetime(2026, 6, 15, 12)


def worst_delay(order):
    """Return the longest delay of (due, work) done one after the other."""
    clock, delays = 0, [0]
    for due, work in order:
        clock += work
        delays.append(clock - due)
    return max(delays)


def served(arrivals, urgency):
    """Return the delay of each (arrival, work, due) when one desk serves them.

    :param urgency: what is served first, of those who wait: the least
    """
    waiting, clock, delays, coming = [], 0.0, [], list(arrivals)
    while coming or waiting:
        if not waiting:
            clock = max(clock, coming[0][0])
        while coming and coming[0][0] <= clock:
            waiting.append(coming.pop(0))
        one = min(waiting, key=urgency)
        waiting.remove(one)
        clock += one[1]
        delays.append((clock - one[2], one))
    return delays


@tagged("post_install", "-at_install")
class TestQueue(DeskCommon):
    def _due(self, minutes, **values):
        ticket = self._open(self.other, **values)
        ticket.value_response_due = NOW + timedelta(minutes=minutes)
        return ticket

    def _queue(self, tickets):
        """Return the tickets as the list of the desk shows them."""
        action = self.env.ref("crm_value.helpdesk_ticket_due_action")
        view = self.env.ref("crm_value.helpdesk_ticket_due_view_list")
        order = view._get_combined_arch().get("default_order")
        domain = [("id", "in", tickets.ids), ("value_due", "!=", False)]
        self.assertEqual(action.domain, "[('value_due', '!=', False)]")
        return tickets.search(domain, order=order)

    def test_no_order_of_seven_tickets_delays_less(self):
        random = Random(7)
        for size in (2, 4, 7):
            dues = [random.randint(1, 300) for _ in range(size)]
            work = [random.randint(5, 60) for _ in range(size)]
            tickets = self.env["helpdesk.ticket"].concat(*map(self._due, dues))
            tasks = dict(zip(tickets.ids, zip(dues, work, strict=True), strict=True))
            found = worst_delay([tasks[one.id] for one in self._queue(tickets)])
            best = min(worst_delay(order) for order in permutations(tasks.values()))
            self.assertEqual(found, best)

    def test_promise_to_everybody_holds_under_load(self):
        """A desk that works 95 % of its time: 4 hours for members, 8 for everybody.

        By priority, others wait until no member does; by due time all are served
        within reach of their own promise.
        """
        random, clock, arrivals = Random(19), 0.0, []
        for _ in range(4000):
            clock += random.expovariate(0.95 / 12)
            due = 240 if random.random() < 0.5 else 480
            arrivals.append((clock, 12.0, clock + due))
        by_due = served(arrivals, lambda one: one[2])
        by_tier = served(arrivals, lambda one: (one[2] - one[0], one[0]))
        self.assertLess(max(by_due)[0], max(by_tier)[0])
        late = sum(delay > 0 for delay, _one in by_due) / len(by_due)
        self.assertLess(late, 0.01)

    def test_ticket_says_its_place_and_promise(self):
        first, second = self._due(10), self._open(self.ann)
        self.assertRegex(first.value_queue, r"^1 of 2 in the queue, due .*:10")
        self.assertRegex(second.value_queue, r"^2 of 2 .* to Silver within 4 w")
        self.assertIn(
            "to everybody within 8 working", self._open(self.other).value_queue
        )
        second.stage_id = self.closed_stage
        self.assertFalse(second.value_queue)

    def test_leader_is_told_once(self):
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Desk", "company_id": self.company.id, "user_id": self.staff.id}
        )
        ticket = self._open(self.ann, team_id=team.id)
        with self.enter_registry_test_mode(), freeze_time("2026-06-15 16:01:00"):
            self.env.ref("crm_value.ir_cron_desk").method_direct_trigger()
            self.env.ref("crm_value.ir_cron_desk").method_direct_trigger()
            self.assertTrue(ticket.value_late)
            overdue = self.env["crm.value.ticketing"]._overdue()
            self.assertIn(ticket, ticket.search(overdue))
        self.assertEqual(ticket.activity_ids.user_id, self.staff)
        self.assertEqual(len(ticket.activity_ids), 1)
        self.assertEqual(ticket.value_response_kept, 0.0)
        self.assertIsInstance(ticket.value_response_kept, float)
