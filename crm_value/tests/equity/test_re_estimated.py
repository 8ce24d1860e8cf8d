"""What a new fit or policy alone does to value is a column of its own."""

from odoo.tests import tagged

from ..common import TODAY
from .test_equity import APRIL, MAY, EquityCommon


@tagged("post_install", "-at_install")
class TestReEstimated(EquityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls._policy()

    @classmethod
    def _fit(cls, rule, day):
        return cls.env["crm.value.fit"].create(
            {
                "company_id": cls.company.id,
                "policy_id": cls.policy.id,
                "as_of": day,
                "rule": rule,
            }
        )

    @classmethod
    def _valued(cls, day, rule="bg", policy=None, restated_at=None):
        """Return the run of a day, with a model and maybe a look back."""
        run = cls._closed(day)
        run.write(
            {
                "fit_id": cls._fit(rule, day).id,
                "policy_id": (policy or cls.policy).id,
                "restated_at": restated_at,
            }
        )
        return run

    def _parts(self, day):
        row = self._rows(day)
        self._check_bridge(row)
        return row.movement, row.re_estimated, row[row.movement], row.model_change

    def test_what_the_fit_alone_does_is_no_movement_of_the_customer(self):
        self._valued(APRIL)
        self._valued(MAY, restated_at=APRIL)
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 35, clv_restated=30)
        self.assertEqual(self._parts(MAY), ("grown", -70, 5, "fit"))

    def test_another_rule_is_named(self):
        self._valued(APRIL, "bg")
        self._valued(MAY, "pareto", restated_at=APRIL)
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 110, clv_restated=120)
        self.assertEqual(self._parts(MAY), ("shrunk", 20, 10, "rule"))

    def test_another_policy_is_named_before_the_fit_it_brings(self):
        self._valued(APRIL)
        self._valued(MAY, "pareto", self.policy.copy(), APRIL)
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 110, clv_restated=120)
        self.assertEqual(self._rows(MAY).model_change, "policy")

    def test_another_version_of_the_add_on_is_named(self):
        fit = self._valued(APRIL).fit_id
        self._valued(MAY, restated_at=APRIL).write({"fit_id": fit.id, "release": "2"})
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 110, clv_restated=120)
        self.assertEqual(self._parts(MAY), ("shrunk", 20, 10, "release"))

    def test_lost_is_what_is_left_after_the_new_estimate(self):
        self._valued(APRIL)
        self._valued(MAY, restated_at=APRIL)
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 5, "lost", clv_restated=25)
        self.assertEqual(self._parts(MAY), ("lost", -75, 20, "fit"))

    def test_months_from_before_it_was_measured_say_so_and_keep_their_columns(self):
        self._valued(APRIL)
        self._valued(MAY)
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 35)
        self.assertEqual(self._parts(MAY), ("shrunk", 0, 65, "unmeasured"))

    def test_estimate_of_another_month_end_is_not_compared(self):
        self._valued(APRIL.replace(month=3, day=31))
        self._valued(MAY, restated_at=APRIL)
        self._stood(self.acme, APRIL.replace(month=3, day=31), 100)
        self._stood(self.acme, MAY, 35, clv_restated=30)
        self.assertEqual(self._parts(MAY), ("shrunk", 0, 65, "unmeasured"))

    def test_new_customer_has_nothing_to_estimate_again(self):
        self._valued(APRIL)
        self._valued(MAY, restated_at=APRIL)
        self._stood(self.acme, MAY, 35)
        self.assertEqual(self._parts(MAY), ("new", 0, 35, "fit"))

    def test_same_model_is_no_change(self):
        fit = self._valued(APRIL).fit_id
        self._valued(MAY, restated_at=APRIL).fit_id = fit
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 90, clv_restated=100)
        self.assertEqual(self._parts(MAY), ("shrunk", 0, 10, "none"))

    def test_jump_that_the_usual_error_does_not_explain_has_its_reason(self):
        statement = self.env["crm.value.equity"]
        month = dict.fromkeys(("new", "grown", "shrunk", "re_estimated"), 1.0)
        month.update(lost=70.0, change=-0.7)
        self.assertEqual(statement._main_movement(month, 0.2), "lost")
        month.update(re_estimated=-90.0)
        self.assertEqual(statement._main_movement(month, 0.2), "re_estimated")
        self.assertIsNone(statement._main_movement(month, 0.8))
        self.assertIsNone(statement._main_movement(month, None))
        self.assertIsNone(statement._main_movement({**month, "change": None}, 0.2))

    def test_months_say_what_their_model_was(self):
        self._valued(APRIL, "bg")
        self._valued(MAY, "pareto", self.policy.copy(), APRIL)
        self._stood(self.acme, APRIL, 100)
        self._stood(self.acme, MAY, 110, clv_restated=120)
        self.env.flush_all()
        april, may = self.env["crm.value.equity"]._months()
        self.assertEqual((april["model_change"], april["model_words"]), ("none", ""))
        self.assertEqual(may["model_label"], "New Policy")
        for part in (
            "policy version",
            "Pareto/NBD (before: BG/NBD)",
            "learnt from purchases up to 05/31/2026 (before: 04/30/2026)",
        ):
            self.assertIn(part, may["model_words"])

    def test_each_month_has_the_range_of_its_own_model(self):
        for day, off in ((APRIL, 0.1), (MAY, 0.5)):
            fit = self._valued(day, "bg").fit_id
            rules = [{"rule": "bg", "bias": off}]
            fit.write({"card": {"folds": [{"rules": rules}]}, "confidence": "good"})
            self._stood(self.acme, day, 1000)
        self.env.flush_all()
        april, may = self.env["crm.value.equity"]._months()
        for month in (april, may):
            low, high = month["interval"]
            self.assertTrue(low < 1000 < high)
        self.assertLess(may["interval"][0], april["interval"][0])
        self.assertGreater(may["interval"][1], april["interval"][1])

    def test_runs_value_the_last_month_end_again(self):
        """Every month of a history is taught by itself: each is told apart."""
        self._only_this_company()
        self._population(90, seed=5)
        self._cron()
        rows = self._rows()
        self._check_bridge(rows)
        today = self.env["crm.value.run"]._current(self.company)
        self.assertEqual(today.restated_at, self._month_before(TODAY))
        open_month = rows.filtered(lambda row: row.date == TODAY)
        # Today is foretold by the fit of the last month end: nothing is estimated anew.
        self.assertEqual(set(open_month.mapped("model_change")), {"none"})
        for row in open_month:
            self.assertAlmostEqual(row.re_estimated, 0.0, 6)
        closed = (rows - open_month).filtered("opening")
        self.assertEqual(set(closed.mapped("model_change")) - {"fit", "rule"}, set())
        self.assertTrue(any(closed.mapped("re_estimated")))
        for month in self.env["crm.value.equity"].get_statement()["months"]:
            if month["re_estimated"]:
                self.assertNotEqual(month["model_change"], "none", month["date"])
                self.assertTrue(month["model_words"], month["date"])

    def test_new_discount_rate_is_all_re_estimated(self):
        self._only_this_company()
        self._population(90, seed=5)
        self._cron()
        before = self._rows(TODAY)
        closing = dict(
            zip(before.partner_id.ids, before.mapped("closing"), strict=True)
        )
        self._policy(discount_rate=0.5)
        self._cron()
        self.env.invalidate_all()
        rows = self._rows(TODAY)
        self._check_bridge(rows)
        self.assertEqual(set(rows.mapped("model_change")), {"policy"})
        self.assertLess(sum(rows.mapped("re_estimated")), 0.0)
        for row in rows.filtered("opening"):
            moved = closing[row.partner_id.id] - row.opening
            left = row.closing - row.opening - row.re_estimated
            # What the customer did does not change its sign by another rate.
            self.assertGreaterEqual(moved * left, -1e-6)

    def test_invoice_entered_late_is_no_re_estimation(self):
        self._only_this_company()
        partners = self._population(90, seed=5)
        self._cron()
        self._invoice(partners[0], 500.0, self._month_before(TODAY))
        self._cron()
        for row in self._rows(TODAY):
            self.assertAlmostEqual(row.re_estimated, 0.0, 6)

    @classmethod
    def _month_before(cls, day):
        return cls.env["crm.value.step.equity"]._month_end_before(
            cls.env["crm.value.run"].new({"as_of": day})
        )
