"""Months of measures: scored, computed or entered, closed for good."""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import freeze_time
from .scorecard_common import LAST, ScorecardCommon

ENTER = "crm_value.mail_activity_enter"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestMeasureMonth(ScorecardCommon):
    def test_value_scores_as_the_published_example(self):
        """Goal 700, red flag 500: 0 at 300, 10 at 900 (Spider Impact's manual)."""
        measure = self.people.measure_ids
        months = self._enter(measure, [300, 500, 700, 900, 1000])
        scores = [round(month.score, 2) for month in months]
        self.assertEqual(scores, [0.0, 3.33, 6.67, 10.0, 10.0])
        lights = months.mapped("light")
        self.assertEqual(lights, ["bad", "warn", "good", "good", "good"])

    def test_lower_is_better_where_the_goal_is_below_the_red_flag(self):
        months = self._enter(self.measure, [32, 24, 8, 0])
        scores = [round(month.score, 2) for month in months]
        self.assertEqual(scores, [1.67, 3.33, 6.67, 8.33])

    def test_goal_holds_from_its_day_on(self):
        self.measure.goal_ids = [
            Command.create({"date_from": LAST, "goal": 4, "red": 12})
        ]
        before, after = self._enter(self.measure, [8, 8])
        self.assertEqual((before.goal, after.goal), (8, 4))
        early = self._enter(self.measure, [8], date(2023, 12, 1))
        self.assertIs(early.score, False)

    def test_unknown_is_not_zero(self):
        month = self._enter(self.measure, [False])
        self.assertIs(month.value, False)
        self.assertIs(month.score, False)
        self.assertEqual(month.light, "none")
        month.value = 0
        self.assertEqual(round(month.score, 2), 8.33)

    def test_entered_month_is_closed_ten_days_later_and_never_changes(self):
        self.strategy.action_activate()
        month = self._enter(self.measure, [9])
        self._follow(today=date(2026, 6, 9))
        self.assertFalse(month.closed)
        self._follow(today=date(2026, 6, 11))
        self.assertTrue(month.closed)
        for attempt in (
            lambda: month.write({"value": 1}),
            lambda: month.with_user(self.manager).write({"closed": False}),
            month.unlink,
            self.measure.unlink,
            self.quick.unlink,
            lambda: self.measure.write({"unit": "score"}),
        ):
            with self.assertRaises(UserError):
                attempt()
        self.measure.goal_ids.goal = 1
        self.assertEqual((month.value, month.goal), (9, 8))

    def test_nobody_but_the_add_on_closes_or_scores(self):
        month = self._enter(self.measure, [9])
        month.with_user(self.manager).write({"closed": True, "score": 10, "goal": 1})
        self.assertFalse(month.closed)
        self.assertEqual(month.goal, 8)
        month.with_user(self.manager).action_close()
        self.assertTrue(month.closed)

    def test_computed_month_follows_its_documents_until_it_is_closed(self):
        self.measure.write({"source": "service_income"})
        self.assertEqual((self.measure.unit, self.measure.direction), ("money", "up"))
        self.product.type = "service"
        customer = self._customer("Buyer")
        self._invoice(customer, 100, LAST)
        self.strategy.action_activate()
        month = self.measure.month_ids.filtered(lambda one: one.month == LAST)
        self.assertEqual((month.value, month.n, month.closed), (100, 1, True))
        self._invoice(customer, 50, LAST)
        self._follow()
        self.assertEqual(month.value, 100)

    def test_month_that_is_not_closed_is_computed_again(self):
        self.measure.source = "service_income"
        self.product.type = "service"
        customer = self._customer("Buyer")
        self._invoice(customer, 100, LAST)
        early = date(2026, 6, 5)
        self.strategy._ours().write({"state": "active"})
        self._follow(today=early)
        self._invoice(customer, 50, LAST)
        self._follow(today=early)
        month = self.measure.month_ids.filtered(lambda one: one.month == LAST)
        self.assertEqual((month.value, month.n, month.closed), (150, 2, False))

    def test_owner_is_asked_once_for_what_nobody_computes(self):
        self.quick.owner_id = self.officer
        self.strategy.action_activate()
        self._follow()
        month = self.measure.month_ids
        self.assertEqual((month.month, month.value), (LAST, False))
        activity = self.measure.activity_ids
        self.assertEqual(activity.user_id, self.officer)
        self.assertIn("May 2026", activity.summary)
        month.with_user(self.officer).value = 7
        self.assertFalse(self.measure.activity_ids)
        self.assertEqual(round(month.score, 2), 6.88)

    def test_figure_without_its_module_is_entered(self):
        if "stock.picking" in self.env:
            self.skipTest("Inventory is installed")
        self.measure.source = "delivery"
        self.assertIn("Cannot be computed here", self.measure.missing_note)
        self.strategy.action_activate()
        self.assertTrue(self.measure.is_asked)
        asked = self.env["crm.value.measure"].search([("is_asked", "=", True)])
        self.assertIn(self.measure, asked)
        month = self.measure.month_ids
        self.assertIs(month.value, False)
        month.value = 96
        self._follow()
        self.assertTrue(month.closed)

    def test_nightly_job_follows_every_strategy_in_force(self):
        self._enter(self.measure, [9])
        self.strategy.action_activate()
        other = self._strategy(self._create_company("Second", self.usd))
        other.action_activate()
        self._enter(other.objective_ids[0].measure_ids, [700])
        self._night()
        for strategy in self.strategy | other:
            months = strategy.objective_ids.measure_ids.month_ids
            self.assertTrue(any(months.mapped("closed")))

    def test_strategy_that_fails_at_night_says_so_and_stops_no_other(self):
        other = self._strategy(self._create_company("Second", self.usd))
        for strategy in (self.strategy, other):
            strategy.action_activate()
            self._enter(strategy.objective_ids[1].measure_ids, [9])
        months = type(self.env["crm.value.measure.month"])
        follow, broken = months._follow, self.strategy

        def fail(self, strategy, today):
            found = follow(self, strategy, today)
            return 1 / 0 if strategy == broken else found

        logger = "odoo.addons.crm_value.models.core.crm_value_job"
        with patch.object(months, "_follow", fail), mute_logger(logger):
            self._night()
        self.assertIn("division", self.strategy.trouble)
        self.assertFalse(any(self.measure.month_ids.mapped("closed")))
        self.assertFalse(other.trouble)
        closed = other.objective_ids.measure_ids.month_ids.mapped("closed")
        self.assertTrue(any(closed))
        found = self.env["crm.value.strategy"].with_user(self.officer).get_map()
        self.assertIn("division", found["strategy"]["trouble"])
        self._night()
        self.assertFalse(self.strategy.trouble)
        self.assertTrue(all(self.measure.month_ids.mapped("closed")))

    def _night(self):
        with self._no_commit():
            self.env["crm.value.measure.month"]._cron_close()

    def test_two_months_off_target_propose_an_initiative(self):
        self.measure.initiative = "Answer in pairs."
        self.strategy.action_activate()
        self._enter(self.measure, [9, 7])
        self._follow()
        self.assertFalse(self.measure.off_target)
        self._enter(self.people.measure_ids, [700, 690, 600])
        self._follow()
        measure = self.people.measure_ids
        self.assertTrue(measure.off_target)
        self.assertFalse(measure.activity_ids)  # nobody asked for it yet
        measure.with_user(self.manager).action_plan_initiative()
        self.assertEqual(measure.initiative_count, 1)
        self.assertEqual(str(measure.activity_ids.date_deadline), "2026-07-15")

    def test_what_few_employees_said_is_not_kept(self):
        measure = self.people.measure_ids
        measure.soft = True
        with self.assertRaisesRegex(ValidationError, "fewer than five"):
            self.env["crm.value.measure.month"].create(
                {"measure_id": measure.id, "month": LAST, "value": 4, "n": 4}
            )

    def test_map_shows_the_worst_and_says_what_is_missing(self):
        self.quick.measure_ids = [
            Command.create(
                {
                    "name": "Complaints",
                    "unit": "hours",
                    "direction": "down",
                    "weight": 3,
                    "goal_ids": [
                        Command.create(
                            {"date_from": "2024-01-01", "goal": 8, "red": 24}
                        )
                    ],
                }
            ),
            Command.create({"name": "Unknown", "unit": "days", "direction": "down"}),
        ]
        first, second, _third = self.quick.measure_ids
        self._enter(first, [8] * 13)
        self._enter(second, [32])
        self.strategy.action_activate()
        found = self.env["crm.value.strategy"].with_user(self.officer).get_map()
        cards = {
            card["name"]: card
            for band in found["perspectives"]
            for card in band["objectives"]
        }
        card = cards["Quick Answers"]
        self.assertEqual(round(card["score"], 4), round((20 / 3 + 3 * 5 / 3) / 4, 4))
        self.assertEqual(card["worst"]["name"], "Complaints")
        self.assertEqual((card["missing"], card["light"]), (1, "bad"))
        self.assertEqual(len(card["trend"]), 13)
        self.assertEqual(round(card["year_ago"], 2), 6.67)
        self.assertEqual(card["measures"][1]["value_text"], "32.0 h")
        self.assertEqual(found["month"], "2026-05-01")
        self.assertFalse(found["can_edit"])

    def test_map_of_a_company_without_a_strategy_is_empty(self):
        other = self._create_company("Without", self.usd)
        user = self._person("elsewhere", "crm_value.group_manager", other)
        strategies = self.env["crm.value.strategy"].with_user(user)
        found = strategies.with_context(allowed_company_ids=other.ids).get_map()
        self.assertEqual((found["strategy"], found["can_edit"]), (False, True))
