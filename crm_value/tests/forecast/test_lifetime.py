"""Lifetime value on the profile: fits through the months, words, roles, bad input."""

from datetime import date, timedelta
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...analytics.forecast import fitting
from ..common import TODAY, ValueCommon

LAST_MONTH_END = date(2026, 5, 31)


@tagged("post_install", "-at_install")
class TestLifetime(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.user = new_test_user(cls.env, "plain_user", "crm_value.group_user")
        cls.officer = new_test_user(cls.env, "officer", "crm_value.group_officer")
        for user in (cls.user, cls.officer):
            user.write({"company_ids": cls.company.ids, "company_id": cls.company.id})
        cls.acme = cls._customer("Acme")
        cls._purchases(cls.acme, (50, 61), (30, 84), (40, 107), (60, 130))

    @classmethod
    def _crowd(cls, size=60):
        """Customers who buy about every second month, a third of them gone."""
        customers = cls.env["res.partner"].create(
            [{"name": f"Crowd {at}", "is_company": True} for at in range(size)]
        )
        for at, customer in enumerate(customers):
            stop = 300 if at % 3 == 0 else 20
            days = range(stop + at % 50, 700, 40 + at % 30)
            cls._purchases(customer, *((20 + at % 40, day) for day in days))
        return customers

    def _outlook(self, customer, user=None, **context):
        profile = self._profile(customer).with_user(user or self.env.user)
        profile.invalidate_recordset()
        return profile.with_context(**context).outlook

    # --- small companies ---

    def test_small_company_gets_a_shrunken_rate_and_is_told(self):
        run = self._score()
        profile = self._profile(self.acme)
        self.assertEqual(run.fit_id.rule, "shrunken")
        self.assertEqual(profile.clv_confidence, "insufficient")
        self.assertGreater(profile.clv, 0)
        self.assertIs(profile.p_alive, False, "not known, and not zero")
        outlook = self._outlook(self.acme)
        words = " ".join(outlook["sentences"])
        self.assertIn("cycle: 23 days; last purchase 61 days ago.", words)
        self.assertIn("to learn from: only 1.", words)
        # No number that nobody would bet on.
        self.assertEqual(profile.clv_words, "too few data")
        self.assertEqual(profile.expected_purchases_words, "too few data")
        self.assertFalse(outlook["factors"])
        self.assertNotIn("$", words)
        # It counts in the value score all the same, which is told there.
        parts = [
            part for side in profile.explanation["sides"] for part in side["parts"]
        ]
        [part] = [part for part in parts if part["code"] == "clv"]
        self.assertGreater(part["weight"], 0)
        self.assertIn("Little certain", part["note"])

    def test_few_customers_of_some_weeks_are_worth_nobody_knows_what(self):
        """Four of three weeks were worth 155,985, one who bought once 34,886."""
        once, often, thrice = map(self._customer, ("Once", "Often", "Thrice"))
        self._purchases(once, (750, 0))
        self._purchases(often, (900, 5), (800, 20), (3_374, 35))
        self._purchases(thrice, (20_000, 2), (9_000, 8), (12_750, 15))
        run = self._score()
        self.assertEqual(run.fit_id.confidence, "insufficient")
        for profile in map(self._profile, (self.acme, once, often, thrice)):
            for name in ("clv", "clv_high", "expected_purchases", "expected_revenue"):
                self.assertIs(profile[name], False, (profile.partner_id.name, name))
            self.assertEqual(profile.clv_words, "too few data")
        statement = self.env["crm.value.equity"].get_statement()
        self.assertFalse(statement["months"])
        with self.assertRaisesRegex(UserError, "too short a time"):
            self.env["crm.value.valuation"]._value()

    def test_customer_without_a_purchase_has_no_outlook(self):
        nobody = self._customer("Nobody")
        self._order(nobody, 10)
        self._score()
        profile = self._profile(nobody)
        self.assertTrue(profile)
        for name in ("clv", "expected_purchases", "p_alive", "expected_revenue"):
            self.assertIs(profile[name], False)
        self.assertFalse(profile.clv_confidence)
        self.assertFalse(profile.outlook)

    # --- words and factors ---

    def test_outlook_says_it_in_words_with_numbers(self):
        self._crowd()
        self._score()
        profile = self._profile(self.acme)
        outlook = self._outlook(self.acme)
        days, sooner = profile._chance_sooner()
        self.assertLess(days, 365)
        self.assertLessEqual(sooner, profile.return_chance)
        self.assertEqual(
            outlook["sentences"][0],
            "Usual purchase cycle: 23 days; last purchase 61 days ago. Chance of "
            f"another purchase: {round(100 * sooner)}% within {days} days, "
            f"{round(100 * profile.return_chance)}% within a year.",
        )
        alike = r"At past cutoffs, \d+ of \d+ customers .*; \d+ were to be expected\."
        self.assertRegex(outlook["sentences"][1], alike)
        self.assertIn(
            "was expected on 05/08/2026, 38 days ago", outlook["sentences"][2]
        )
        codes = [factor["code"] for factor in outlook["factors"]]
        self.assertEqual(codes, ["purchases", "spend", "margin", "present", "clv"])

    def test_factors_multiply_to_the_value(self):
        crowd = self._crowd()
        self._score()
        for customer in crowd[:9] + self.acme:
            profile = self._profile(customer)
            rate, present = profile._margin_and_present()
            product = profile.expected_purchases * profile.expected_spend
            self.assertAlmostEqual(product, profile.expected_revenue, delta=0.2)
            self.assertAlmostEqual(product * rate * present, profile.clv, places=6)
            self.assertTrue(profile.clv_low <= profile.clv <= profile.clv_high)

    def test_single_purchase_has_no_rhythm(self):
        once = self._customer("Once")
        self._purchases(once, (10, 3))
        self._crowd()
        self._score()
        words = " ".join(self._outlook(once)["sentences"])
        self.assertIn("Bought once, 3 days ago", words)
        self.assertIn("bought only once", words)

    def test_outlook_speaks_the_language_of_the_user(self):
        self._score()
        english = self._outlook(self.acme)["sentences"]
        chinese = self._outlook(self.acme, lang="zh_CN")["sentences"]
        self.assertEqual(len(chinese), len(english))
        self.assertFalse(set(chinese) & set(english))
        self.assertIn("23", chinese[0])

    def test_values_are_said_without_a_query_per_customer(self):
        customers = self._crowd()
        self._score()
        profiles = self._profile(self.acme).search(
            [("partner_id", "in", customers.ids)]
        )
        profiles.invalidate_recordset()
        with self.assertQueryCount(6):
            said = profiles.mapped("clv_words")
        self.assertTrue(all(said))

    def test_expected_purchases_and_revenue_are_said_with_their_interval(self):
        self._crowd()
        self._score()
        profile = self._profile(self.acme)
        profile.write(
            {"expected_purchases": 5.6, "expected_low": 3.0, "expected_high": 8.0}
        )
        profile.write({"expected_revenue": 560.0, "return_chance": 0.9})
        profile.write({"clv": 50.0, "clv_low": 30.0, "clv_high": 80.0})
        profile.clv_confidence = "good"
        self.assertEqual(profile.expected_purchases_words, "6 (3–8)")
        said = profile.expected_revenue_words.replace("\N{NO-BREAK SPACE}", " ")
        self.assertEqual(said, "$ 560 (340–900)")
        self.assertIn("6 (3–8), of", " ".join(self._outlook(self.acme)["sentences"]))
        profile.expected_high = profile.clv_high = False  # of an earlier version
        self.assertEqual(profile.expected_purchases_words, "about 6")
        self.assertIn("about", profile.expected_revenue_words)

    def test_who_hardly_buys_is_told_so_before_the_mean(self):
        self._crowd()
        self._score()
        profile = self._profile(self.acme)
        profile.return_chance = 0.3
        self.assertIn("most likely nothing", profile.clv_words)
        self.assertIn("most likely none", profile.expected_purchases_words)
        words = " ".join(self._outlook(self.acme)["sentences"])
        self.assertIn("it will most likely buy nothing", words)

    def test_it_is_said_what_past_money_did_to_amounts(self):
        self._crowd()
        self._score()
        fit = self._profile(self.acme).fit_id
        for level, said in ((0.8, "20% less per purchase"), (1.0, None)):
            spending = {**fit.parameters["spending"], "level": level, "young": 1.0}
            fit.parameters = {**fit.parameters, "spending": spending}
            self.env.invalidate_all()
            words = " ".join(self._outlook(self.acme)["sentences"])
            self.assertEqual("per purchase than" in words, bool(said))
            self.assertIn(said or "each; in total", words)

    def test_scored_mean_stands_beside_most_likely_nothing(self):
        self._crowd()
        self._score()
        profile = self._profile(self.acme)
        indicator = profile._clv_indicator()
        self.assertEqual(profile._format_raw(indicator), profile.clv_words)
        profile.return_chance = 0.3
        mean = profile._amount(profile.clv)
        said = profile._format_raw(indicator)
        self.assertEqual(said, profile.clv_words)
        self.assertIn(f"most likely nothing; {mean} on average", said)

    # --- roles ---

    def test_user_sees_the_future_but_no_margin(self):
        self._crowd()
        self._score()
        profile = self._profile(self.acme).with_user(self.user)
        profile.invalidate_recordset()
        self.assertIsNot(profile.p_alive, False)
        for name in ("clv", "clv_low", "clv_high"):
            with self.assertRaises(AccessError):
                profile.read([name])
        outlook = self._outlook(self.acme, self.user)
        self.assertTrue(outlook["hidden"])
        self.assertEqual(
            [factor["code"] for factor in outlook["factors"]], ["purchases", "spend"]
        )
        self.assertNotIn("worth", " ".join(outlook["sentences"]))
        with self.assertRaises(AccessError):
            self.acme.with_user(self.user).read(["value_clv"])
        with self.assertRaises(AccessError):
            profile.fit_id.read(["parameters"])
        self.assertFalse(self._outlook(self.acme, self.officer)["hidden"])

    def test_contact_can_be_searched_by_its_future(self):
        self._crowd()
        self._score()
        profile = self._profile(self.acme)
        found = self.env["res.partner"].search(
            [
                ("value_p_alive", ">", profile.p_alive - 0.01),
                ("value_clv", ">", profile.clv - 0.01),
                ("id", "=", self.acme.id),
            ]
        )
        self.assertEqual(found, self.acme)
        self.assertEqual(self.acme.value_clv, profile.clv)

    def test_unknown_sorts_last_either_way(self):
        nobody = self._customer("Nobody")
        self._order(nobody, 10)
        self._score()
        for order in ("clv", "clv DESC", "p_alive, clv DESC"):
            found = self.env["crm.value.profile"].search(
                [("company_id", "=", self.company.id)], order=order
            )
            self.assertEqual(found[-1].partner_id, nobody, order)

    # --- potential value ---

    def test_potential_value_counts_lifetime_value(self):
        self._score()
        sides = self._profile(self.acme).explanation["sides"]
        parts = {part["code"]: part for part in sides[1]["parts"]}
        self.assertEqual(parts["clv"]["score"], 50.0, "alone in the middle")
        self.assertGreater(parts["clv"]["weight"], 0)
        self.assertAlmostEqual(
            sum(part["points"] or 0 for part in parts.values()), sides[1]["score"]
        )

    # --- fits through the months ---

    def test_a_month_predicts_by_one_fit(self):
        self._crowd()
        fit = self._score().fit_id
        self.assertEqual(fit.as_of, LAST_MONTH_END)
        self._purchases(self.acme, (70, 1))
        with patch.object(fitting, "fit", side_effect=AssertionError("learnt again")):
            self.assertEqual(self._score().fit_id, fit)
            self.assertEqual(self._score(as_of=LAST_MONTH_END).fit_id, fit)
            self._refresh()

    def test_young_company_keeps_its_fit_too(self):
        for at in range(60):
            self._purchases(self._customer(f"Young {at}"), (40 + at, 1), (9, 1))
        fit = self._score().fit_id
        self.assertFalse(fit.parameters["returning"], "nobody can have left yet")
        self.assertEqual(self._score().fit_id, fit)

    def test_a_past_run_knows_nothing_of_later(self):
        self._crowd()
        self._score()
        early = self._score(as_of=date(2026, 2, 28))
        self.assertEqual(early.fit_id.as_of, date(2026, 2, 28))
        card = early.fit_id.card
        again = self._score(as_of=date(2026, 2, 28))
        self.assertEqual(again.fit_id, early.fit_id)
        self._purchases(self.acme, (999, 2))
        early.fit_id.copy({"as_of": date(2026, 2, 27)})  # an older one does not count
        self.assertEqual(self._score(as_of=date(2026, 2, 28)).fit_id.card, card)

    def test_learning_again_uses_all_documents(self):
        self._crowd()
        first = self._score().fit_id
        result = first.with_user(self.env.user).action_fit_again()
        run = self.env["crm.value.run"].browse(result["res_id"])
        self.assertTrue(run.refit)
        with self._no_commit():
            run._execute()
        self.assertEqual(run.fit_id.as_of, TODAY)
        self.assertEqual(self._score().fit_id, run.fit_id, "the latest counts")

    def test_small_company_learns_again_with_each_new_customer(self):
        first = self._score().fit_id
        self.assertEqual(self._score().fit_id, first)
        self._purchases(self._customer("Second"), (10, 1))
        second = self._score().fit_id
        self.assertEqual((first.customer_count, second.customer_count), (1, 2))

    def test_company_that_has_grown_up_learns_once_a_month(self):
        small = self._score().fit_id
        self.assertEqual(small.as_of, TODAY)
        self._crowd()
        grown = self._score().fit_id
        self.assertEqual(grown.as_of, LAST_MONTH_END)
        self.assertEqual(self._score().fit_id, grown)

    def test_asking_twice_learns_once(self):
        fit = self._score().fit_id
        runs = [fit.action_fit_again()["res_id"] for _time in range(2)]
        self.assertEqual(len(set(runs)), 1)
        self._cron()
        fits = self.env["crm.value.fit"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(fits.filtered(lambda f: f.as_of == TODAY)), 2)

    def test_imported_history_makes_a_new_fit(self):
        self._crowd()
        first = self._score().fit_id
        self._crowd(20)
        second = self._score().fit_id
        self.assertNotEqual(first, second)
        self.assertEqual(second.customer_count, first.customer_count + 20)

    def test_new_rules_make_a_new_fit(self):
        self._crowd()
        first = self._score().fit_id
        policy = self._policy(horizon_months=6)
        second = self._score().fit_id
        self.assertEqual((first.policy_id == policy, second.policy_id), (False, policy))

    def test_longer_horizon_expects_more(self):
        self._crowd()
        self._score()
        before = self._profile(self.acme).clv
        self._policy(horizon_months=24)
        self._score()
        longer = self._profile(self.acme).clv
        self.assertGreater(longer, before)
        self._policy(discount_rate=0.5)
        self._score()
        self.assertLess(self._profile(self.acme).clv, longer)

    def test_impossible_horizon_and_rates_are_refused(self):
        draft = self._policy().copy()
        for values in (
            {"horizon_months": 0},
            {"horizon_months": 61},
            {"discount_rate": -0.1},
            {"lost_below": 1.5},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                draft.write(values)
                draft.flush_recordset()

    def test_a_used_fit_stays(self):
        run = self._score()
        with self.assertRaises(UserError):
            run.fit_id.unlink()

    # --- bad input ---

    def test_bad_input_never_shows(self):
        future = self._customer("Future")
        self._invoice(future, 100, TODAY + timedelta(days=400))
        returner = self._customer("Returner")
        self._purchases(returner, (-50, 10), (-20, 300))
        zero = self._customer("Zero")
        self._purchases(zero, (0, 10), (0, 20))
        old = self._customer("Old")
        self._purchases(old, (10, 5000), (10, 1))
        twins = [self._customer(f"Twin {at}") for at in range(70)]
        for twin in twins:
            self._purchases(twin, (10, 100), (10, 50))
        run = self._score()
        self.assertEqual(run.state, "done", run.message)
        for customer in (returner, zero):
            self.assertIs(self._profile(customer).clv, False)
        self.assertFalse(self._profile(future))
        self.assertEqual(len({self._profile(twin).clv for twin in twins}), 1)
        self.assertGreater(self._profile(old).clv, 0)
        columns = [
            field.name
            for field in self.env["crm.value.profile"]._fields.values()
            if field.store and field.type == "float"
        ]
        for name in columns:
            self.env.cr.execute(
                f"SELECT count(*) FROM crm_value_profile WHERE {name} = 'NaN'"  # noqa: S608
            )
            self.assertEqual(self.env.cr.fetchone(), (0,), name)

    def test_only_one_time_buyers_have_a_defined_value(self):
        self.env["crm.value.transaction"].search([]).unlink()
        for at in range(60):
            self._purchases(self._customer(f"Once {at}"), (10 + at, 10 * at))
        run = self._score()
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(profiles), 60)
        self.assertTrue(all(profile.clv >= 0 for profile in profiles))
        self.assertEqual(run.fit_id.repeater_count, 0)
