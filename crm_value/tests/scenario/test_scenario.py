from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .scenario_common import ScenarioCommon

UNTOUCHED = (
    *("crm.value.profile", "crm.value.run", "crm.value.policy", "crm.value.snapshot"),
    *("crm.value.membership", "crm.value.fit", "crm.value.contact", "res.partner"),
    *("crm.value.policy.tier", "crm.value.month.fact", "mail.message"),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestScenario(ScenarioCommon):
    """A scenario is computed on one run, gives the same again, and changes nothing."""

    def _counts(self):
        self.env.flush_all()
        return {
            name: self.env[name].with_context(active_test=False).search_count([])
            for name in UNTOUCHED
        }

    def test_same_inputs_give_the_same_bytes(self):
        scenario = self._computed(
            ("retention", 1),
            ("price", 3),
            elasticity=-1.0,
            elasticity_low=-2.0,
            elasticity_high=-0.5,
        )
        first, result = scenario.digest, scenario.result
        scenario.action_compute()
        self.assertEqual(scenario.digest, first)
        self.assertEqual(scenario.result, result)
        self.env.invalidate_all()
        self.assertEqual(scenario._digest(scenario.result), first)

    def test_other_seed_moves_the_interval_and_not_the_figure(self):
        scenario = self._computed(("retention", 1))
        before = scenario.result["figures"]["equity"]
        scenario.sudo().seed += 1
        scenario.action_compute()
        after = scenario.result["figures"]["equity"]
        self.assertEqual(after["value"], before["value"])
        if before["low"] is not None:
            self.assertNotEqual(after["low"], before["low"])

    def test_nothing_else_changes(self):
        counts = self._counts()
        dates = self.env["crm.value.profile"].search([]).mapped("write_date")
        figures = self.env["crm.value.profile"].search([]).mapped("clv")
        self._computed(("retention", 5), ("price", 3), ("share", 50), ("cap", 1))
        self.assertEqual(self._counts(), counts)
        self.env.invalidate_all()
        profiles = self.env["crm.value.profile"].search([])
        self.assertEqual(profiles.mapped("write_date"), dates)
        self.assertEqual(profiles.mapped("clv"), figures)

    def test_today_is_what_all_pages_show(self):
        scenario = self._computed(("price", 3))
        mine = [("company_id", "=", self.company.id)]
        stored = sum(self.env["crm.value.profile"].search(mine).mapped("clv"))
        found = scenario.result["figures"]["equity"]["base"]
        self.assertAlmostEqual(found, stored, delta=0.01)

    def test_point_is_worth_what_the_retention_page_says(self):
        scenario = self._computed(("retention", 1))
        economics = self.env["crm.value.migration"].get_economics("quadrant")
        self.assertAlmostEqual(
            self._moved(scenario, "lifetime"), economics["total"]["point"], delta=0.02
        )
        staying = economics["total"]["rate"] * economics["total"]["customers"]
        found = scenario.result["figures"]["customers"]
        self.assertAlmostEqual(found["base"], staying, delta=0.02)
        gained = 0.01 * economics["total"]["customers"]
        self.assertAlmostEqual(found["change"], gained, delta=0.02)

    def test_retention_of_a_quadrant_is_a_part_of_all(self):
        parts = [
            self._moved(
                self._computed(
                    {"parameter": "retention", "amount": 2, "quadrant": code}
                )
            )
            for code in ("lead", "iron", "gold", "platinum")
        ]
        whole = self._moved(self._computed(("retention", 2)))
        self.assertAlmostEqual(sum(parts), whole, delta=0.1)

    def test_tornado_is_the_difference_of_each_alone(self):
        scenario = self._computed(("retention", 1), ("price", 3))
        alone = self._moved(self._computed(("price", 3)))
        bars = scenario.result["bars"]
        self.assertAlmostEqual(bars[1]["high"]["equity"], alone, delta=0.02)
        assumed = {bar.get("assumption") for bar in bars} - {None}
        self.assertLessEqual({"retention", "elasticity"}, assumed)

    def test_nobody_said_how_buyers_react(self):
        scenario = self._computed(("price", 3))
        told = [b for b in scenario.report["bars"] if b["is_assumption"]]
        self.assertIn("buyers do not react", told[-1]["note"])
        self.assertEqual(told[-1]["high"]["equity"], 0)

    def test_change_makes_the_result_void(self):
        scenario = self._computed(("price", 3))
        scenario.line_ids.amount = 4
        self.assertFalse(scenario.digest or scenario.equity or scenario.result)
        scenario.action_compute()
        scenario.elasticity = -1
        self.assertFalse(scenario.digest)
        scenario.action_compute()
        scenario.name = "Dearer"
        self.assertTrue(scenario.digest)

    def test_it_says_when_a_run_has_come_since(self):
        scenario = self._computed(("price", 3))
        run = scenario.run_id
        self.assertFalse(scenario.is_older)
        self._score()
        self.env.invalidate_all()
        self.assertTrue(scenario.is_older)
        self.assertEqual(scenario.run_id, run)

    def test_company_without_customers_is_told_what_to_do(self):
        other = self._create_company("Empty Company", self.usd)
        scenario = self._scenario(("price", 3), company_id=other.id)
        with self.assertRaisesRegex(UserError, "start a run"):
            scenario.action_compute()

    def test_what_is_not_known_is_asked_for(self):
        with self.assertRaisesRegex(UserError, "discounts are given"):
            self._computed(("discount", 1))
        with self.assertRaisesRegex(UserError, "what a contact costs"):
            self._computed(("budget", 100))
        self.env["crm.value.snapshot"].search([]).unlink()
        self.env["crm.value.run"].search([("is_past", "=", True)]).unlink()
        with self.assertRaisesRegex(UserError, "How many customers stay"):
            self._computed(("retention", 1))
        self.assertFalse(self._computed(("price", 1)).customers)

    def test_nonsense_is_refused(self):
        for line in (
            ("retention", 101),
            ("horizon", 6.5),
            ("response", 0),
            ("price", -95),
            {"parameter": "tier", "amount": 5},
        ):
            with self.assertRaises(ValidationError):
                self._scenario(line)
        for values in (
            {"elasticity": -1.0, "elasticity_low": -2.0},
            {"elasticity_low": -2.0, "elasticity_high": -1.0},
            {"contact_cost": 0.0},
        ):
            with self.assertRaises(ValidationError):
                self._scenario(("price", 3), **values)

    def test_preset_becomes_a_scenario_of_the_company(self):
        preset = self.env.ref("crm_value.scenario_defection")
        with self.assertRaises(UserError):
            preset.action_compute()
        made = self.env["crm.value.scenario"].browse(
            preset.action_use_preset()["res_id"]
        )
        self.assertEqual(made.company_id, self.company)
        self.assertEqual(made.line_ids.amount, 5)
        made.action_compute()
        self.assertIn("Claimed: 25% to 85% more", made.own_claim)

    def test_mailing_pays_from_its_break_even_on(self):
        made = self.env["crm.value.scenario"].browse(
            self.env.ref("crm_value.scenario_mailing").action_use_preset()["res_id"]
        )
        made.action_compute()
        found = made.result["break_even"]
        self.assertAlmostEqual(found["share"], 0.55 / found["sale"], places=4)
        self.assertIn("Break-even", made.own_claim)

    def test_side_by_side(self):
        one, other = self._computed(("price", 3)), self._computed(("price", 5))
        action = (one | other).action_compare()
        found = self.env["crm.value.scenario"].get_comparison(action["params"]["ids"])
        self.assertEqual([s["id"] for s in found["scenarios"]], (one | other).ids)
        with self.assertRaises(UserError):
            one.action_compare()
        with self.assertRaises(UserError):
            (one | self._scenario(("price", 1))).action_compare()
        last = self.env["crm.value.scenario"].get_comparison([0, "x", None])
        self.assertEqual(len(last["scenarios"]), 2)

    def test_queries_do_not_grow_with_customers(self):
        scenario = self._computed(("retention", 1), ("price", 3))
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            scenario.action_compute()
