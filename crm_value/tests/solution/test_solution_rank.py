"""Which solutions come first, held against all that there could be."""

import doctest
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.tests import BaseCase, freeze_time, tagged

from ...analytics.solution import solutions
from .solution_common import SolutionCommon

MASKS = st.lists(st.integers(0, 31), max_size=8)


class TestSolutions(BaseCase):
    def test_doctests(self):
        found = doctest.testmod(solutions)
        self.assertGreater(found.attempted, 0)
        self.assertFalse(found.failed)

    @given(MASKS)
    @settings(max_examples=300, deadline=None)
    def test_combinations_are_those_in_which_none_could_be_left_out(self, masks):
        def met(places):
            return {bit for at in places for bit in range(5) if masks[at] >> bit & 1}

        slow = [
            places
            for size in (1, 2, 3)
            for places in combinations(range(len(masks)), size)
            if all(
                met(places) - met([one for one in places if one != at]) for at in places
            )
        ]
        self.assertEqual(sorted(solutions.combined(masks)), sorted(slow))

    @given(
        st.lists(
            st.tuples(
                st.sets(st.integers(0, 4), min_size=1),
                st.integers(0, 5),
                st.integers(0, 5),
            ),
            max_size=8,
        ),
        st.sets(st.integers(0, 4), min_size=1, max_size=3),
    )
    @settings(max_examples=200, deadline=None)
    def test_quotations_count_that_had_all_of_a_solution(self, rows, chosen):
        rows = [(own, won, won + lost) for own, won, lost in rows]
        fitting = [row for row in rows if chosen <= row[0]]
        slow = sum(row[1] for row in fitting), sum(row[2] for row in fitting)
        self.assertEqual(solutions.outcomes(5, rows)(tuple(sorted(chosen))), slow)

    @given(
        st.lists(
            st.tuples(
                st.integers(1, 3),
                st.sampled_from([0.25, 0.5]),
                st.integers(1, 3),
                st.integers(1, 9),
            ),
            max_size=12,
        )
    )
    @settings(max_examples=200, deadline=None)
    def test_most_needs_come_first_then_what_is_won(self, options):
        slow = sorted(
            range(len(options)),
            key=lambda at: (-options[at][0], -options[at][1], *options[at][2:], at),
        )
        self.assertEqual(solutions.ranked(options, 5), slow[:5])

    def test_share_is_that_of_a_beta_around_everybodys(self):
        # Everybody: 6 of 10, so (6 + 1)/(10 + 2); ten more quotations count as that.
        by_hand = (3 + 10 * 7 / 12) / (4 + 10)
        self.assertAlmostEqual(solutions.shrunk(3, 4, 6, 10), by_hand)
        self.assertEqual(solutions.shrunk(0, 0, 6, 10), 7 / 12)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestSolutionRank(SolutionCommon):
    def _order_of(self, dialog):
        return [
            option.sudo().template_ids.sorted("id").mapped("name")
            for option in dialog.option_ids
        ]

    def test_most_needs_come_first_then_fewer_templates(self):
        dialog = self._dialog(self.lead)
        self.assertEqual(
            self._order_of(dialog),
            [["Everything"], ["Seats", "Air"], ["Air"], ["Seats"]],
        )
        best, _second, third, _fourth = dialog.option_ids
        self.assertEqual(best.met, "2 of 2")
        self.assertFalse(best.left_ids)
        self.assertEqual(third.met, "1 of 2")
        self.assertEqual(third.left_ids.ids, self.people.ids)

    def test_what_was_won_more_often_comes_first(self):
        self._past(self.seats | self.air, 0, 0)
        for template, won, lost in ((self.both, 1, 7), (self.seats, 6, 1)):
            self._past(template, won, lost)
        together = self._past(self.seats, 5, 0)
        together.value_solution_ids = self.air
        dialog = self._dialog(self.lead)
        self.assertEqual(self._order_of(dialog)[:2], [["Seats", "Air"], ["Everything"]])
        first, second = dialog.option_ids[:2]
        everybody = (12 + 1) / (20 + 2)
        self.assertAlmostEqual(first.rate, (5 + 10 * everybody) / (5 + 10))
        self.assertAlmostEqual(second.rate, (1 + 10 * everybody) / (8 + 10))
        self.assertEqual(first.won_of, "5 of 5")
        seats = self._option(dialog, self.seats)
        self.assertEqual((seats.won_count, seats.decided_count), (11, 12))

    def test_few_quotations_are_said_to_be_few(self):
        dialog = self._dialog(self.lead)
        self.assertEqual(dialog.option_ids[0].won_of, "None decided yet")
        self._past(self.both, 2, 2)
        told = self._dialog(self.lead).option_ids[0].won_of
        self.assertEqual(told, "2 of 4, too few to say")

    def test_open_quotations_decide_nothing_and_lost_leads_do(self):
        first, second, third = self._past(self.both, 0, 3)
        (first | second | third).write({"state": "draft"})
        lead = self.lead.copy()
        second.opportunity_id = lead
        lead.action_set_lost()
        third.write({"state": "sent", "validity_date": "2026-06-14"})
        option = self._option(self._dialog(self.lead), self.both)
        self.assertEqual((option.won_count, option.decided_count), (0, 2))

    def test_templates_of_another_company_are_not_offered(self):
        other = self._create_company("Elsewhere", self.usd)
        self.both.write({"company_id": other.id})
        self.seats.company_id = False
        names = self._order_of(self._dialog(self.lead))
        self.assertEqual(names, [["Seats", "Air"], ["Air"], ["Seats"]])

    def test_needs_are_looked_for_anew(self):
        dialog = self._dialog(self.lead)
        dialog.need_ids = [
            Command.clear(),
            Command.create({"need_id": self.machines.id, "amount": 2}),
        ]
        dialog.action_rank()
        self.assertFalse(dialog.option_ids)
        dialog.need_ids = [Command.create({"need_id": self.people.id, "amount": 5})]
        dialog.action_rank()
        self.assertEqual(dialog.option_ids[:1].met, "1 of 2")
        self.assertEqual(
            self._quantities(self._offered(dialog, self.seats)), [(self.licence, 5)]
        )

    def test_as_many_queries_for_many_templates_as_for_few(self):
        few = self._queries()
        for at in range(12):
            thing = self._thing(f"Thing {at}", 10 + at, 5)
            self._past(
                self._template(f"More {at}", [self._for(thing, self.people)]), 1, 1
            )
        self.assertLessEqual(self._queries(), few + 2)

    def _queries(self):
        """Return the queries of a look for solutions, rights and rules known."""
        self._dialog(self.lead)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._dialog(self.lead)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
