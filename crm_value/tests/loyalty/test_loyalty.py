"""Loyalty: the table of Dick and Basu (1994), its kinds, and how runs find them."""

from itertools import product
from unittest.mock import patch

import numpy as np
from psycopg2.errors import CheckViolation

from odoo.fields import Command
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ...analytics.loyalty import kind as loyalty_kind
from ...analytics.loyalty import loyalty
from ...const import to_day
from ...models.loyalty.const import LOYALTY_CLASSES, LOYALTY_KINDS
from ..common import TODAY, ValueCommon, ago

nan = float("nan")
# Dick, Basu (1994), figure 2: relative attitude × repeat patronage.
TABLE = {
    ("high", "high"): loyalty.LOYAL,
    ("high", "low"): loyalty.SPURIOUS,
    ("low", "high"): loyalty.LATENT,
    ("low", "low"): loyalty.NO_LOYALTY,
}
SCORES = {"high": (50.0, 50.001, 100.0), "low": (0.0, 49.999), "unknown": (nan,)}


@tagged("post_install", "-at_install")
class TestLoyaltyTable(BaseCase):
    def test_classes_are_those_of_dick_and_basu_1994(self):
        for behaviour, attitude in product(SCORES, repeat=2):
            expected = TABLE.get((behaviour, attitude), loyalty.UNKNOWN)
            pairs = np.array(list(product(SCORES[behaviour], SCORES[attitude])))
            found = loyalty.classify(*pairs.T, loyalty.Limits())
            with self.subTest(behaviour=behaviour, attitude=attitude):
                self.assertEqual(set(found.tolist()), {expected})

    def test_numbers_of_the_analytics_are_those_of_the_selections(self):
        codes = [code for code, _label in LOYALTY_CLASSES]
        self.assertEqual(codes[loyalty.SPURIOUS], "spurious")
        self.assertEqual(codes[loyalty.UNKNOWN], "unknown")
        kinds = [code for code, _label in LOYALTY_KINDS]
        kinds[kinds.index("latent")] = "only_latent"
        for code in kinds:
            self.assertEqual(kinds[getattr(loyalty_kind, code.upper())], code)

    def test_equal_customers_share_a_rank(self):
        same = np.array([4, 4, 1, 4, 4])
        figures = {
            "purchase_count": same,
            "window_count": same,
            "product_count": same,
            "overdue": same / 4,
            "lost": same > 9,
        }
        found = loyalty.behaviour(figures, loyalty.learn(figures))
        self.assertEqual(len(set(found[same == 4].tolist())), 1)


class LoyaltyCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()

    def _answer(self, *answers):
        """Let a survey know answers: (customer, days since, attitude)."""

        def gather(gatherer, scope):
            counts = [a for a in answers if ago(a[1]) <= scope.until]
            partner, day, attitude = zip(*counts, strict=True) if counts else ([],) * 3
            return {
                "partner": np.array([one.id for one in partner], np.int32),
                "day": np.array([to_day(ago(days)) for days in day], np.int32),
                "attitude": np.array(attitude, float),
            }

        facts = self.env.registry["crm.value.facts"]
        sources = patch.object(facts, "_attitude_sources", lambda _self: ["_ask"])
        known = patch.object(facts, "_ask", gather, create=True)
        for one in (sources, known):
            one.start()
            self.addCleanup(one.stop)

    @classmethod
    def _often(cls, name, gap=30, count=10, **values):
        """Return a customer who buys every ``gap`` days."""
        customer = cls._customer(name)
        for at in range(count):
            cls._transaction(customer, 50, ago(5 + at * gap), **values)
        return customer


@tagged("post_install", "-at_install")
class TestLoyalty(LoyaltyCommon):
    def test_without_an_answer_the_class_is_not_known(self):
        often, seldom = self._often("Often"), self._often("Seldom", 200, 2)
        self._score()
        for customer in (often, seldom):
            profile = self._profile(customer)
            self.assertEqual(profile.loyalty_class, "unknown")
            self.assertIs(profile.loyalty_attitude, False)
        self.assertGreater(
            self._profile(often).loyalty_behaviour,
            self._profile(seldom).loyalty_behaviour,
        )

    def test_answers_and_purchases_make_the_four_classes(self):
        often = [self._often(f"Often {at}") for at in range(2)]
        seldom = [self._often(f"Seldom {at}", 300, 2) for at in range(2)]
        self._answer(
            (often[0], 10, 80.0),
            (often[1], 10, 20.0),
            (seldom[0], 10, 80.0),
            (seldom[1], 10, 20.0),
        )
        self._score()
        classes = [self._profile(one).loyalty_class for one in often + seldom]
        self.assertEqual(classes, ["loyal", "spurious", "latent", "none"])
        kinds = [self._profile(one).loyalty_kind for one in (often[0], seldom[0])]
        self.assertEqual(kinds, ["premium", "latent"])
        self.assertEqual(self._profile(often[0]).attitude_date, ago(10))

    def test_newest_answer_counts_and_an_old_one_does_not(self):
        often, other = self._often("Often"), self._often("Other")
        stranger = self._customer("Never bought")
        self._answer(
            (often, 300, 10.0), (often, 20, 90.0), (other, 400, 90.0), (stranger, 3, 50)
        )
        self._score()
        self.assertEqual(self._profile(often).loyalty_class, "loyal")
        self.assertEqual(self._profile(other).loyalty_class, "unknown")
        self.assertFalse(self._profile(stranger))
        self._policy(attitude_months=24)
        self._score()
        self.assertNotEqual(self._profile(other).loyalty_class, "unknown")

    def test_discounted_purchases_hint_at_price(self):
        customer = self._customer("Bargains")
        for days in (10, 50, 90, 400):
            lines = [self._line(100, discount=10)]
            self._invoice(customer, 0, ago(days), lines=lines)
        self._invoice(customer, 100, ago(120))
        self._score()
        profile = self._profile(customer)
        self.assertEqual((profile.discounted_count, profile.window_count), (3, 4))
        self.assertEqual(profile.loyalty_kind, "price")
        self._policy(loyalty_price_share=0.8)
        self._score()
        self.assertFalse(self._profile(customer).loyalty_kind)

    def _program(self, kind="promotion"):
        values = {
            "name": kind,
            "program_type": kind,
            "company_id": self.company.id,
            "reward_ids": [Command.create({"reward_type": "discount", "discount": 5})],
        }
        return self.env["loyalty.program"].create(values)

    def _rewarded(self, customer, kind):
        program = self._program(kind)
        for days in (10, 40, 70, 100):
            order = self._order(customer, 100, ago(days))
            order.order_line[0].copy(
                {
                    "order_id": order.id,
                    "price_unit": -5,
                    "reward_id": program.reward_ids[:1].id,
                }
            )

    def test_orders_with_a_reward_hint_at_incentives(self):
        taker, payer = self._customer("Taker"), self._customer("Payer")
        self._rewarded(taker, "promotion")
        self._rewarded(payer, "gift_card")
        self._score()
        profile = self._profile(taker)
        self.assertEqual((profile.reward_count, profile.window_order_count), (4, 4))
        self.assertEqual(profile.loyalty_kind, "incentive")
        self.assertEqual(self._profile(payer).reward_count, 0)
        self.assertFalse(self._profile(payer).loyalty_kind)

    def test_same_purchase_again_and_again_hints_at_inertia(self):
        habit = self._often("Habit", product_name="Paper")
        varied = self._often("Varied")
        for at in range(4):
            self._transaction(varied, 5, ago(35 + at), product_name=f"Thing {at}")
        asking = self._often("Asking", product_name="Paper")
        self._ticket(asking, ago(20))
        self._score()
        self.assertEqual(self._profile(habit).loyalty_kind, "inertia")
        self.assertEqual(self._profile(habit).gap_variation, 0)
        self.assertFalse(self._profile(varied).loyalty_kind)
        self.assertFalse(self._profile(asking).loyalty_kind)

    def test_kind_set_by_hand_holds_beside_the_suggested_one(self):
        habit = self._often("Habit", product_name="Paper")
        self._score()
        override = self.env["crm.value.override"].create(
            {
                "partner_id": habit.id,
                "company_id": self.company.id,
                "kind": "loyalty_kind",
                "loyalty_kind": "monopoly",
                "reason": "No other supplier near",
                "date_to": ago(-30),
            }
        )
        self.assertFalse(override.quadrant or override.stage_id)
        for _time in range(2):
            profile = self._profile(habit)
            self.assertEqual(profile.loyalty_kind, "monopoly")
            self.assertEqual(profile.loyalty_kind_computed, "inertia")
            self.assertIn("No other supplier near", profile.loyalty["kind_text"])
            self.assertIn("regular intervals", profile.loyalty["kind_text"])
            self._score()
        override.unlink()
        self._refresh()
        self.assertEqual(self._profile(habit).loyalty_kind, "inertia")

    def test_refresh_finds_the_loyalty_of_a_full_run(self):
        customers = self._population(40)
        self._answer(*((one, 30, at * 2.5) for at, one in enumerate(customers)))
        self._score()
        profiles = {one: self._profile(one) for one in customers if self._profile(one)}
        before = {one: self._row(profile) for one, profile in profiles.items()}
        classes = {row["loyalty_class"] for row in before.values()}
        self.assertLessEqual({"loyal", "spurious", "latent", "none"}, classes)
        self.env["crm.value.stale"]._mark(customers[:7], self.company)
        self._refresh()
        for customer in before:
            self.assertEqual(self._row(self._profile(customer)), before[customer])

    def test_month_end_knows_the_answers_of_its_day(self):
        often = self._often("Often", count=12)
        self._answer((often, 300, 10.0), (often, 20, 90.0))
        self._score(as_of=ago(60))
        snapshot = self._snapshot(often, ago(60))
        self.assertEqual(snapshot.loyalty_class, "spurious")
        self.assertEqual(snapshot.attitude_date, ago(300))

    def test_rewards_cost_one_query_whatever_the_number_of_customers(self):
        self._often("First")
        scope = self._scope()
        self.assertTrue(scope.own)  # read once
        for _time in range(2):
            self.env.flush_all()
            with self.assertQueryCount(1):
                self.env["crm.value.facts"]._gather_rewards(scope)
            for at in range(5):
                self._order(self._customer(f"More {at}"), 10)

    def _scope(self):
        run = self.env["crm.value.run"].new(
            {"company_id": self.company.id, "as_of": TODAY}
        )
        run.policy_id = self._policy()
        return run._scope()

    @mute_logger("odoo.sql_db")
    def test_limits_of_the_policy_stay_within_bounds(self):
        for name, value in (
            ("loyalty_behaviour_cut", 101),
            ("attitude_months", 0),
            ("loyalty_price_share", 0),
        ):
            with self.subTest(name), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self._policy(**{name: value}).flush_recordset()
