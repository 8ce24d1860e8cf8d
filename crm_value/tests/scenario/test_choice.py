from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .scenario_common import ScenarioCommon

MONTHS = [date(2026, month, 1) for month in range(7, 12)]
LATER = "2026-12-21 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestChoice(ScenarioCommon):
    """A choice is taken once, and reviewed against what came."""

    def _taken(self, **values):
        choice = self._choice(**values)
        choice.action_take()
        return choice

    def _review(self, choice, **values):
        choice.write({"learnt": "More stayed.", **values})
        with freeze_time(LATER):
            choice.action_review()

    def test_whoever_takes_it_is_asked_to_review(self):
        choice = self._choice().with_user(self.officer).sudo(False)
        choice.action_take()
        self.assertEqual((choice.state, choice.taken_on), ("taken", date(2026, 6, 15)))
        self.assertEqual(choice.activity_ids.date_deadline, date(2026, 12, 20))
        self.assertEqual(choice.activity_ids.user_id, choice.user_id)
        self.assertEqual(choice.span, "July 2026 to November 2026")

    def test_half_a_choice_is_not_taken(self):
        for values, why in (
            ({"reason": "  "}, "Say why"),
            ({"low": False}, "what you expect"),
            ({"review_date": date(2026, 6, 15)}, "later day"),
            ({"option_ids": [(5,)]}, "two options"),
        ):
            choice = self._choice()
            if "option_ids" in values:
                values = {"chosen_id": False, **values}
            choice.write(values)
            with self.assertRaisesRegex(UserError, why):
                choice.action_take()

    def test_chosen_is_one_of_its_options(self):
        other = self._choice()
        with self.assertRaises(ValidationError):
            self._choice().chosen_id = other.option_ids[0]

    def test_option_is_called_like_its_scenario(self):
        scenario = self._computed(("price", 3), name="Dearer by Three")
        option = self.env["crm.value.choice.option"].create(
            {"choice_id": self._choice().id, "scenario_id": scenario.id}
        )
        self.assertEqual(option.name, "Dearer by Three")
        self.assertEqual(option.equity_change, scenario.equity_change)

    def test_revenue_of_the_months_since_is_added_up(self):
        self.env["crm.value.month.fact"].search([]).unlink()
        self.env["crm.value.month"].search([]).unlink()
        self._stored_months(30, MONTHS)
        choice = self._taken()
        self._review(choice)
        self.assertEqual((choice.state, choice.actual), ("reviewed", 150))
        self.assertTrue(choice.is_hit)
        self.assertFalse(choice.activity_ids)
        self.assertIn("150", choice.actual_words)

    def test_customers_who_bought_count_once(self):
        self.env["crm.value.month.fact"].search([]).unlink()
        self.env["crm.value.month"].search([]).unlink()
        self._stored_months(30, MONTHS)
        choice = self._taken(figure="customers", low=2, high=5)
        self._review(choice)
        self.assertEqual((choice.actual, choice.is_hit), (1, False))

    def test_margin_of_the_months_since_needs_every_month(self):
        self.env["crm.value.month.fact"].search([]).unlink()
        self.env["crm.value.month"].search([]).unlink()
        self._stored_months(30, MONTHS[:-1])
        choice = self._taken(figure="margin", low=1, high=80)
        with self.assertRaisesRegex(UserError, "Not known yet"):
            self._review(choice)
        self.assertEqual(choice.state, "taken")
        self._stored_months(30, MONTHS[-1:])
        self._review(choice)
        self.assertEqual((choice.actual, choice.is_hit), (75, True))

    def test_equity_and_retention_are_those_of_the_last_month_end(self):
        with freeze_time(LATER):
            self._score(as_of=date(2026, 11, 30))
            self._score(as_of=date(2025, 11, 30))
        for figure, unit in (("equity", "clv"), ("retention", None)):
            choice = self._taken(figure=figure, low=-1, high=10**9)
            self._review(choice)
            self.assertTrue(choice.is_hit, figure)
            if unit:
                ends = self.env["crm.value.snapshot"].search(
                    [("date", "=", date(2026, 11, 30)), ("month_end", "=", True)]
                )
                self.assertAlmostEqual(choice.actual, sum(ends.mapped(unit)), 2)
            else:
                self.assertTrue(0 <= choice.actual <= 100)

    def test_whoever_looks_before_is_told_to_wait(self):
        choice = self._taken()
        choice.learnt = "Nothing yet."
        with self.assertRaisesRegex(UserError, "due on"):
            choice.action_review()

    def test_review_asks_what_was_learnt(self):
        choice = self._taken()
        with freeze_time(LATER), self.assertRaisesRegex(UserError, "learnt"):
            choice.action_review()

    def test_hit_rate_of_fewer_than_five_is_not_told(self):
        self.env["crm.value.month.fact"].search([]).unlink()
        self.env["crm.value.month"].search([]).unlink()
        self._stored_months(30, MONTHS)
        choices = [self._taken(high=200 if at else 120) for at in range(5)]
        for choice in choices[:4]:
            self._review(choice)
        self.env.invalidate_all()
        self.assertIn("Reviewed so far: 4", choices[0].hit_rate)
        self._review(choices[4])
        self.env.invalidate_all()
        self.assertIn("4 of 5", choices[0].hit_rate)
        self.assertIn("38% to 96%", choices[0].hit_rate)

    def test_copy_is_open_again(self):
        choice = self._taken()
        copy = choice.copy()
        self.assertEqual((copy.state, copy.taken_on), ("draft", False))
        self.assertEqual(len(copy.option_ids), 2)
