from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .strategy_common import StrategyCommon


@tagged("post_install", "-at_install")
class TestStrategyReview(StrategyCommon):
    """A review acts on what is off target, or makes the strategy's next version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._strategist("review_manager")

    def _review(self, user=None):
        review = self.env["crm.value.strategy.review"].with_user(user or self.manager)
        return review.with_context(default_strategy_id=self.strategy.id)

    def _decide(self, **values):
        review = self._review().create({})
        review.line_ids.write(values)
        return review

    def test_only_what_is_off_target_is_listed(self):
        review = self._review().create({})
        self.assertEqual(review.line_ids.measure_id, self.measure)
        self.assertEqual((review.line_ids.value, review.line_ids.goal), (30, 70))

    def _opened(self, action):
        """Return the record that an action opens as a dialog, and its title."""
        self.assertEqual(action["target"], "new")
        opened = self.env[action["res_model"]].with_user(self.manager)
        return opened.browse(action["res_id"]), action["name"]

    def test_measures_are_walked_one_by_one_and_back(self):
        second = self.measure.copy({"objective_id": self.staff.id, "name": "Second"})
        self._enter(second, (40, 30, 20))
        review = self._review().create({})
        first, title = self._opened(review.action_walk())
        self.assertEqual(title, "Off target: 1 of 2")
        self.assertEqual(first.month_ids, first.measure_id.month_ids)
        with Form(first) as form:
            form.choice = "act"
            form.seen = "Many left"
            form.task = "Ask them"
        last, title = self._opened(first.action_next())
        self.assertEqual((title, last.choice), ("Off target: 2 of 2", "watch"))
        self.assertEqual(self._opened(last.action_back())[0], first)
        self.assertEqual(self._opened(first.action_back())[0], review)
        self.assertFalse(review.walked)
        end, _title = self._opened(last.action_next())
        self.assertEqual((end, end.walked), (review, True))
        end.action_apply()
        minutes = self.strategy.message_ids[0].body
        for said in ("Many left", "Ask them", "Second"):
            self.assertIn(said, minutes)

    def test_measure_that_lacks_a_task_is_not_passed(self):
        review = self._review().create({})
        review.line_ids.write({"choice": "act", "task": False})
        with self.assertRaisesRegex(UserError, "Tour Measure"):
            review.line_ids.action_next()

    def test_action_becomes_an_activity_and_the_version_stays(self):
        review = self._decide(
            choice="act", seen="Many left", task="Ask them", user_id=self.manager.id
        )
        review.action_apply()
        activity = self.measure.activity_ids
        self.assertEqual(
            (activity.summary, activity.user_id), ("Ask them", self.manager)
        )
        self.assertTrue(activity.date_deadline)
        self.assertEqual((self.strategy.state, self.strategy.version), ("active", 1))
        minutes = self.strategy.message_ids[0].body
        for said in ("Tour Measure", "Many left", "Ask them"):
            self.assertIn(said, minutes)

    def test_action_without_a_task_is_refused(self):
        review = self._decide(choice="act", task=False)
        with self.assertRaisesRegex(UserError, "Tour Measure"):
            review.action_apply()
        self.assertFalse(self.measure.activity_ids)

    def test_change_makes_version_two_with_its_reason(self):
        review = self._decide(choice="change")
        self.assertTrue(review.is_change)
        with self.assertRaisesRegex(UserError, "what changed"):
            review.action_apply()
        review.learned = "They miss advice"
        action = review.action_apply()
        version = self.env["crm.value.strategy"].browse(action["res_id"])
        self.assertEqual((version.version, version.state), (2, "draft"))
        self.assertEqual(version.change_reason, "They miss advice")
        self.assertEqual(self.strategy.state, "review")
        version.action_activate()
        self.assertEqual(self.strategy.state, "superseded")
        with self.assertRaises(UserError):
            self.strategy.mission = "Something else"

    def test_kept_strategy_is_in_force_again(self):
        self.strategy.action_review()
        self._decide(choice="watch").action_apply()
        self.assertEqual(self.strategy.state, "active")

    def test_text_of_the_minutes_is_no_markup(self):
        self._decide(choice="watch", seen="<b>bold</b>").action_apply()
        self.assertNotIn("<b>bold", self.strategy.message_ids[0].body)

    def test_superseded_strategy_is_not_reviewed(self):
        review = self._decide(choice="watch")
        self.strategy._ours().write({"state": "superseded"})
        with self.assertRaises(UserError):
            review.action_apply()

    def test_officer_and_salesperson_do_not_review(self):
        for login, group in (("an_officer", "group_officer"), ("a_user", "group_user")):
            with self.assertRaises(AccessError):
                self._review(self._strategist(login, group)).create({})

    def test_review_is_its_author_s(self):
        review = self._review().create({})
        other = self._strategist("other_manager")
        for attempt in (
            review.with_user(other).action_apply,
            review.with_user(other).action_walk,
            review.line_ids.with_user(other).action_next,
            review.line_ids.with_user(other).action_back,
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_strategy_of_another_company_is_refused(self):
        second = self._create_company("Second", self.usd)
        theirs = self.env["crm.value.strategy"].create(
            {"name": "Theirs", "company_id": second.id}
        )
        review = self.env["crm.value.strategy.review"].with_user(self.manager)
        with self.assertRaises(AccessError):
            review.create({"strategy_id": theirs.id})
