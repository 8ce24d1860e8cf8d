from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .onboarding_common import NAMES, PANEL, STEP, OnboardingCommon


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestFirstSteps(OnboardingCommon):
    """What a step says and how it stands follow from what is there."""

    def test_company_without_anything_has_five_steps_to_do(self):
        steps = self._steps()
        self.assertEqual(list(steps), NAMES)
        self.assertEqual(set(self._states().values()), {"open"})
        for step in steps.values():
            self.assertTrue(step["title"] and step["why"] and step["said"], step)
            self.assertFalse(step["undo"])

    def test_purchases_that_are_there_are_counted_with_their_days(self):
        self._purchases(self._customer("One"), (100.0, 40), (100.0, 10))
        step = self._steps()["purchases"]
        self.assertEqual(step["state"], "done")
        self.assertIn("2 imported purchases", step["said"])
        self.assertIn("05/06/2026 to 06/05/2026", step["said"])
        self.assertEqual(self._take("purchases")["res_model"], "crm.value.import")

    def test_orders_alone_are_no_purchases_where_invoices_count(self):
        self._order(self._customer("One"), 100.0)
        step = self._steps()["purchases"]
        self.assertEqual(step["state"], "open")
        self.assertIn("1 confirmed orders", step["said"])
        self.assertIn("choose how you sell", step["said"])

    def test_few_customers_are_said_to_be_too_few_for_forecasts(self):
        self._buyers(30)
        self._score()
        self.assertIn(
            "Too few to learn forecasts from: 30 customers",
            self._steps()["purchases"]["said"],
        )

    def test_run_is_asked_for_and_then_customers_are_opened(self):
        self.company.partner_id.tz = False
        self._buyers(6)
        asked = self._take("score")
        self.assertEqual(asked["res_model"], "crm.value.run.zone")
        self.company.partner_id.tz = "Asia/Shanghai"
        run = self._opened(self._take("score"))
        self.assertEqual(run.state, "queued")
        self.assertEqual(self._take("score")["res_id"], run.id, "one run is enough")
        self.assertEqual(self._states()["score"], "open")
        with self._no_commit():
            run.sudo()._execute()
        self.assertEqual(self._states()["score"], "done")
        self.assertIn("6 customers with a purchase", self._steps()["score"]["said"])
        self.assertEqual(self._take("score")["res_model"], "crm.value.profile")

    def test_step_is_skipped_and_taken_after_all(self):
        self._skip("data")
        self.assertEqual(self._states()["data"], "skipped")
        self.assertTrue(self._steps()["data"]["undo"])
        self._undo("data")
        self.assertEqual(self._states()["data"], "open")

    def test_what_is_done_stays_done_although_it_was_skipped(self):
        self._skip("purchases")
        self._purchases(self._customer("One"), (100.0, 40))
        self.assertEqual(self._states()["purchases"], "done")

    def test_findings_that_were_looked_at_are_a_step_done_and_undone(self):
        check = self._opened(self._take("data"))
        check.action_done()
        self.assertEqual(self._states()["data"], "done")
        self._undo("data")
        self.assertEqual(self._states()["data"], "open")

    def test_rules_are_kept_as_they_are(self):
        self.assertFalse(self._take("publish"))
        self.assertEqual(self._states()["publish"], "done")
        self._undo("publish")
        self.assertEqual(self._states()["publish"], "open")

    def test_last_step_ends_the_onboarding_for_odoo_too(self):
        for name in NAMES:
            self.assertFalse(self._as(PANEL).get_value_steps()["text_completed"])
            self._skip(name)
        self.assertTrue(self._as(PANEL).get_value_steps()["text_completed"])
        panel = self.env.ref("crm_value.onboarding_first_steps")
        self.assertEqual(panel.current_onboarding_state, "done")
        self._undo("data")
        self._steps()
        self.assertEqual(panel.current_onboarding_state, "not_done")

    def test_panel_is_closed_and_opened_again(self):
        overview = self._as("crm.value.overview")
        self.assertTrue(overview.get_overview()["first_steps"])
        self._as(PANEL).action_value_close()
        self.assertFalse(overview.get_overview()["first_steps"])
        self.assertIsNone(self._as(PANEL).get_value_steps())
        action = self.env.ref("crm_value.onboarding_reopen_action")
        opened = action.with_user(self.manager).run()
        self.assertEqual(opened["tag"], "crm_value_overview")
        self.assertTrue(overview.get_overview()["first_steps"])

    def test_each_company_has_steps_of_its_own(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.manager.company_ids += other
        self._skip("data")
        self._as(PANEL).action_value_close()
        there = self._as(PANEL).with_company(other).get_value_steps()
        self.assertEqual({step["state"] for step in there["steps"]}, {"open"})

    def test_only_managers_take_the_steps(self):
        ids = {name: step["id"] for name, step in self._steps().items()}
        for group in ("crm_value.group_user", "crm_value.group_officer"):
            user = self._user(f"first_{group[-4:]}", group)
            overview = self._as("crm.value.overview", user).get_overview()
            self.assertFalse(overview["first_steps"])
            for call in (
                lambda user=user: self._as(PANEL, user).get_value_steps(),
                lambda user=user: self._as(PANEL, user).action_value_close(),
                lambda user=user: self._as(PANEL, user).action_value_reopen(),
                lambda user=user: self._as(STEP, user).action_value_skip(ids["data"]),
                lambda user=user: self._as(STEP, user).action_value_undo(ids["data"]),
                lambda user=user: self._as(STEP, user).action_value_score(),
                lambda user=user: self._as(STEP, user).action_value_data(),
                lambda user=user: self._as(STEP, user).action_value_publish(),
                lambda user=user: self._in_force().with_user(user).action_back(),
            ):
                with self.assertRaises(AccessError):
                    call()
        self.assertEqual(self._states()["data"], "open")

    def test_steps_of_others_are_none_of_ours(self):
        foreign = (
            self.env[STEP].search([], order="id")
            - self.env.ref("crm_value.onboarding_first_steps").step_ids
        )
        for step_id in (foreign[:1].id, -1, None):
            with self.assertRaises(UserError):
                self._as(STEP).action_value_skip(step_id)

    def test_empty_lists_offer_what_the_reader_can_do(self):
        profiles, given = "crm.value.profile", "<p>Nobody is due</p>"
        officer = self._user("first_officer", "crm_value.group_officer")
        plain = self._user("first_plain", "crm_value.group_user")
        for user, button in (
            (self.manager, "onboarding_reopen_action"),
            (officer, "crm_value_import_action"),
            (plain, None),
        ):
            told = self._as(profiles, user).get_empty_list_help(given)
            self.assertIn("Nothing is known of customers yet", told)
            self.assertEqual("<a " in told, bool(button))
            self.assertIn(button or "", told)
        self._buyers(3)
        self._score()
        for user in (self.manager, plain):
            told = self._as(profiles, user).get_empty_list_help(given)
            self.assertEqual(told, given)
