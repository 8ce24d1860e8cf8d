"""A strategy and its versions: what is in force, what follows, what stays."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import freeze_time
from .scorecard_common import ScorecardCommon

TEMPLATES = ("cost", "services", "leadership", "intimacy", "excellence")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestStrategy(ScorecardCommon):
    def _second(self):
        """Return the version that follows, once the first one is in force."""
        self.strategy.action_activate()
        self._enter(self.measure, [9.0])
        self._follow()
        action = self.strategy.action_new_version("Answers alone keep nobody")
        return self.strategy.browse(action["res_id"])

    def test_state_follows_its_buttons_alone(self):
        self.strategy.write({"state": "superseded", "version": 9})
        self.assertEqual((self.strategy.state, self.strategy.version), ("draft", 1))
        with self.assertRaisesRegex(UserError, "in force can be reviewed"):
            self.strategy.action_review()
        self.strategy.action_activate()
        self.strategy.action_review()
        self.assertEqual(self.strategy.state, "review")
        self.strategy.action_activate()
        self.assertEqual(self.strategy.state, "active")

    def test_client_cannot_ask_for_what_the_add_on_itself_may(self):
        forged = self.strategy.with_context(value_scorecard=True)
        forged.write({"state": "superseded"})
        self.assertEqual(self.strategy.state, "draft")

    def test_second_strategy_of_a_company_is_refused(self):
        self.strategy.action_activate()
        other = self._strategy(self.company)
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as refused:
            other.action_activate()
            self.env.flush_all()
        self.assertIn("one_live", str(refused.exception))

    def test_strategy_without_objectives_is_in_force_nowhere(self):
        empty = self.env["crm.value.strategy"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "Add an objective"):
            empty.action_activate()

    def test_circle_of_arrows_is_refused_and_named(self):
        with self.assertRaisesRegex(ValidationError, "Paid → People → Quick|circle"):
            self.strategy.link_ids = [
                Command.create({"cause_id": self.paid.id, "effect_id": self.people.id})
            ]

    def test_arrow_stays_within_its_strategy(self):
        other = self._strategy(self.company)
        with self.assertRaisesRegex(ValidationError, "of its own strategy"):
            self.strategy.link_ids[0].effect_id = other.objective_ids[2]

    def test_next_version_says_why_and_freezes_the_first(self):
        second = self._second()
        self.assertEqual((second.state, second.version), ("draft", 2))
        self.assertEqual(self.strategy.state, "active")
        second.change_reason = " "
        with self.assertRaisesRegex(UserError, "what changed"):
            second.action_activate()
        second.change_reason = "Answers alone keep nobody"
        second.action_activate()
        self.assertEqual(self.strategy.state, "superseded")
        self.assertEqual(str(self.strategy.date_end), "2026-06-15")
        self.assertEqual(second.display_name, "Serve Well, version 2")

    def test_next_version_has_the_same_arrows_and_goes_on_with_the_months(self):
        second = self._second()
        names = second.link_ids.mapped("display_name")
        self.assertEqual(names, self.strategy.link_ids.mapped("display_name"))
        self.assertEqual(second.link_ids.cause_id.strategy_id, second)
        self.assertEqual(second.link_ids.mapped("lag"), [1, 2])
        self.measure.action_plan_initiative()
        second.action_activate()
        measure = second.objective_ids[1].measure_ids
        self.assertEqual(measure.previous_id, self.measure)
        month = measure.month_ids
        self.assertEqual((month.value, month.closed), (9.0, True))
        self.assertEqual(measure.initiative_count, 1)
        self.assertFalse(self.measure.activity_ids)

    def test_version_is_drafted_once(self):
        second = self._second()
        again = self.strategy.action_new_version()
        self.assertEqual(again["res_id"], second.id)

    def test_superseded_version_and_all_its_parts_stay(self):
        second = self._second()
        second.action_activate()
        months = self.env["crm.value.measure.month"]
        parts = {
            self.strategy: {"mission": "Another"},
            self.people: {"name": "Another"},
            self.strategy.link_ids[0]: {"lag": 3},
            self.measure: {"name": "Another"},
            self.measure.goal_ids: {"goal": 1},
        }
        for part, vals in parts.items():
            with self.subTest(model=part._name):
                for user in (self.manager, self.env.user):
                    with self.assertRaisesRegex(UserError, "superseded"):
                        part.with_user(user).write(vals)
                with self.assertRaises(UserError):
                    part.with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "superseded"):
            months.create({"measure_id": self.measure.id, "month": "2026-01-01"})
        with self.assertRaisesRegex(UserError, "superseded"):
            self.strategy.objective_ids = [Command.create({"name": "Late"})]

    def test_import_changes_no_superseded_version(self):
        self._second().action_activate()
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": "crm_value.test_frozen", "record": self.people}]
        )
        found = self.env["crm.value.objective"].load(
            ["id", "name"], [["crm_value.test_frozen", "Another"]]
        )
        self.assertIn("superseded", found["messages"][0]["message"])
        self.assertEqual(self.people.name, "People")

    def test_each_template_becomes_a_draft_of_the_company(self):
        for name in TEMPLATES:
            template = self.env.ref(f"crm_value.strategy_{name}")
            with self.subTest(template=name):
                action = template.with_user(self.manager).action_use_template()
                made = self.strategy.browse(action["res_id"])
                self.assertEqual((made.company_id, made.state), (self.company, "draft"))
                self.assertEqual(made.name, template.name)
                self.assertEqual(len(made.link_ids), len(template.link_ids))
                perspectives = made.objective_ids.mapped("perspective")
                self.assertEqual(len(set(perspectives)), 4)
                self.assertTrue(made.objective_ids.filtered("process"))
                measures = made.objective_ids.measure_ids
                self.assertTrue(all(measures.mapped("initiative")))
                days = set(map(str, measures.goal_ids.mapped("date_from")))
                self.assertEqual(days, {"2026-06-01"})

    def test_template_is_in_force_nowhere(self):
        template = self.env.ref("crm_value.strategy_cost")
        with self.assertRaisesRegex(UserError, "in force nowhere"):
            template.action_activate()

    def test_draft_can_be_deleted_and_what_was_in_force_cannot(self):
        draft = self._strategy(self.company)
        draft.unlink()
        self.strategy.action_activate()
        with self.assertRaisesRegex(UserError, "has been in force"):
            self.strategy.unlink()

    def test_duplicate_is_told_by_its_name(self):
        self.assertEqual(self.strategy.copy().name, "Serve Well (copy)")
