"""How figures become scores, and scores explain themselves."""

from itertools import product
from unittest.mock import patch

import numpy as np

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...analytics.scoring import rfm
from ...analytics.statistics import ranking
from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestScores(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._population(20)
        cls.acme = cls._customer("Acme")

    def _profiles(self):
        return self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        )

    def _five(self, purchases):
        """Return five customers, one for each list of purchases."""
        self.env["crm.value.transaction"].search([]).unlink()
        customers = [self._customer(f"Five {at}") for at in range(len(purchases))]
        for customer, bought in zip(customers, purchases, strict=True):
            self._purchases(customer, *bought)
        return customers

    # --- parts add up ---

    def test_breakdown_sums_to_score_for_all_profiles_and_sides(self):
        self._invoice(self.acme, 100, ago(20), due=ago(10), lines=None)
        self._invoice(self.customers[0], 0, lines=[self._line(50, discount=10)])
        self._order(self.customers[1], 50)._action_cancel()
        self._score()
        known = {"current": 0, "potential": 0, "received": 0}
        for profile in self._profiles():
            explained = profile.explanation
            self.assertEqual(explained["value_score"], profile.value_score)
            for side in explained["sides"]:
                score = profile[f"{side['side']}_value_score"]
                self.assertEqual(side["score"], score)
                points = [
                    p["points"] for p in side["parts"] if p["points"] is not False
                ]
                if score is False:
                    self.assertFalse(points)
                    continue
                known[side["side"]] += 1
                self.assertAlmostEqual(sum(points), score, delta=1e-6)
                weights = [p["weight"] for p in side["parts"]]
                self.assertAlmostEqual(sum(weights), 1, delta=1e-9)
        self.assertTrue(all(known.values()), known)

    def test_sides_sum_to_value_score_by_weight(self):
        self._policy(value_weight=0.7)
        self._score()
        for profile in self._profiles().filtered(lambda p: p.purchase_count):
            current, potential, _received = profile.explanation["sides"]
            self.assertAlmostEqual(
                profile.value_score,
                sum(s["share"] * s["score"] for s in (current, potential)),
                delta=1e-6,
            )

    def test_unknown_part_says_what_is_missing(self):
        self._purchases(self.acme, (10, 3))
        self._score()
        explained = self._profile(self.acme).explanation
        parts = {p["code"]: p for side in explained["sides"] for p in side["parts"]}
        self.assertIs(parts["credit"]["points"], False)
        self.assertEqual(parts["credit"]["weight"], 0)
        self.assertEqual(parts["credit"]["missing"], "No invoice has come due yet.")
        self.assertEqual(parts["volume"]["missing"], "")

    def test_refund_lowers_the_score(self):
        self._purchases(self.acme, (5, 500))
        line = self._line(90, product_id=False)
        invoice = self._invoice(self.acme, 0, ago(10), lines=[line])
        self._score()
        before = self._row(self._profile(self.acme))
        self._reverse(invoice, TODAY, 60)
        self._refresh()
        after = self._row(self._profile(self.acme))
        for name in (
            "value_score",
            "current_value_score",
            "score_volume",
            "score_margin",
        ):
            self.assertLess(after[name], before[name], name)
        # Credited at a lower price: the goods stayed.
        self.assertEqual(after["score_trust"], before["score_trust"])
        self._score()
        self.assertLess(self._profile(self.acme).value_score, before["value_score"])

    def test_refund_of_everything_leaves_no_score(self):
        invoice = self._invoice(self.acme, 90, ago(10))
        self._score()
        self.assertTrue(self._profile(self.acme).value_score)
        self._reverse(invoice)
        self._refresh()
        profile = self._profile(self.acme)
        self.assertIs(profile.value_score, False)
        self.assertFalse(profile.quadrant)
        self.assertFalse(profile.rfm_r)
        self.assertFalse(profile.pareto_class)
        self.assertEqual(profile.refund_total, 90)

    def test_customer_without_purchase_has_figures_but_no_score(self):
        self._ticket(self.acme)
        self._score()
        profile = self._profile(self.acme)
        self.assertEqual(profile.ticket_count, 1)
        self.assertIs(profile.value_score, False)
        self.assertFalse(profile.quadrant)

    # --- ties ---

    def test_equal_figures_have_equal_scores(self):
        one, other, _more = self._five(
            [[(0.1, 5), (0.2, 9)], [(0.15, 5), (0.15, 9)], [(10, 5)]]
        )
        self._purchases(one, (33.33, 20), (33.33, 30), (33.34, 40))
        # the first purchase alike: it tells nothing of the next
        self._purchases(other, (10, 20), (56.66, 30), (33.34, 40))
        self._score()
        one, other = self._profile(one), self._profile(other)
        self.assertEqual(one.revenue, other.revenue)
        for name in (
            "score_volume",
            "score_margin",
            "value_score",
            "pareto_rank",
            "rfm_m",
        ):
            self.assertEqual(one[name], other[name], name)

    def test_percent_rank_is_hazen(self):
        customers = self._five([[(10, 5)], [(20, 5)], [(20, 5)], [(40, 5)]])
        self._score()
        scores = [self._profile(customer).score_volume for customer in customers]
        self.assertEqual(scores, [12.5, 50.0, 50.0, 87.5])

    def test_single_customer_stands_nowhere(self):
        [only] = self._five([[(10, 5)]])
        with patch.object(ranking, "FEWEST", 5):
            self._score()
        profile = self._profile(only)
        self.assertIs(profile.score_volume, False)
        self.assertIs(profile.value_score, False)
        self.assertFalse(profile.rfm)
        self.assertFalse(profile.quadrant)
        self.assertEqual(profile.pareto_class, "a")

    # --- RFM ---

    def test_rfm_by_fifths(self):
        customers = self._five(
            [
                [(amount, days)] * (at + 1)
                for at, (amount, days) in enumerate(
                    [(1, 90), (3, 70), (9, 50), (27, 30), (81, 10)]
                )
            ]
        )
        for at, customer in enumerate(customers):
            self._purchases(customer, *[(0.01, 150 + 50 * n) for n in range(at)])
        self._score()
        found = [(p.rfm_r, p.rfm_f, p.rfm_m) for p in map(self._profile, customers)]
        self.assertEqual(found, [(n, n, n) for n in range(1, 6)])
        self.assertEqual(self._profile(customers[4]).rfm_segment.name, "Champions")
        self.assertEqual(self._profile(customers[0]).rfm_segment.name, "Hibernating")

    def test_rfm_ties_share_a_score(self):
        customers = self._five([[(10, 5)]] * 9 + [[(10, 5), (10, 50)]])
        self._score()
        profiles = [self._profile(customer) for customer in customers]
        self.assertEqual(len({p.rfm_f for p in profiles[:9]}), 1)
        self.assertEqual({p.rfm_r for p in profiles}, {3})
        self.assertGreater(profiles[9].rfm_f, profiles[0].rfm_f)

    def test_rfm_by_fixed_limits(self):
        limits = [
            {
                "dimension": "r",
                "limit_2": 365,
                "limit_3": 180,
                "limit_4": 90,
                "limit_5": 30,
            },
            {"dimension": "f", "limit_2": 2, "limit_3": 3, "limit_4": 4, "limit_5": 5},
            {
                "dimension": "m",
                "limit_2": 10,
                "limit_3": 20,
                "limit_4": 30,
                "limit_5": 40,
            },
        ]
        self._policy(limit_ids=[Command.create(values) for values in limits])
        one, two, three = self._five(
            [[(9.99, 366)], [(15, 30), (15, 31), (0, 3)], [(50, 90)]]
        )
        self._score()
        found = [
            (p.rfm_r, p.rfm_f, p.rfm_m) for p in map(self._profile, (one, two, three))
        ]
        self.assertEqual(found, [(1, 1, 1), (5, 2, 4), (4, 1, 5)])

    def test_rfm_money_can_be_margin(self):
        self._policy(rfm_money="margin")
        self._invoice(self.acme, 100, ago(5))
        self._score()
        self.assertEqual(self._profile(self.acme).rfm_money, 40)

    def test_limits_in_wrong_order_are_refused(self):
        draft = self._policy().copy()
        rising = {"limit_2": 1, "limit_3": 2, "limit_4": 3, "limit_5": 4}
        with self.assertRaises(ValidationError):
            draft.limit_ids = [Command.create({"dimension": "r", **rising})]
        falling = {"limit_2": 4, "limit_3": 3, "limit_4": 2, "limit_5": 1}
        with self.assertRaises(ValidationError):
            draft.limit_ids = [Command.create({"dimension": "f", **falling})]

    def test_segments_hold_everybody_and_each_holds_somebody(self):
        fifths, counts, ages = range(1, 6), (1, 2, 3, 9), (0, 30, 89, 90, 91, 900)
        everybody = product(fifths, fifths, fifths, counts, ages, (False, True))
        columns = map(np.array, zip(*everybody, strict=True))
        segments = self.env["crm.value.rfm.segment"].search([])
        found = rfm.segments(segments._as_rules(), rfm.Customers(*columns))
        self.assertEqual(set(found.tolist()), set(segments.ids))  # 0 is not among them

    def test_one_purchase_makes_no_loyal_customer(self):
        """In a shop where most buy once, one purchase is a middling frequency."""
        customers = self._five([[(10 * at + 10, at + 1)] for at in range(20)])
        long_ago = self._customer("Long ago")
        self._purchases(long_ago, (5000, 200))
        self._score()
        frequent = {"Champions", "Regulars", "Cannot Lose Them", "Slipping Away"}
        frequent |= {"Becoming Regulars", "Need Attention"}
        names = [self._profile(c).rfm_segment.name for c in (*customers, long_ago)]
        self.assertFalse(frequent.intersection(names), names)
        self.assertIn("New Customers", names)
        self.assertNotEqual(names[-1], "New Customers")

    def test_lost_customer_is_in_no_hopeful_segment(self):
        customers = self._five(
            [[(10, 400 + 10 * at), (10, 800), (9, 900)] for at in range(6)]
        )
        self._purchases(self.acme, (10, 3), (10, 10), (10, 200))
        self._score()
        profiles = [self._profile(customer) for customer in customers]
        self.assertEqual({p.stage_id.code for p in profiles}, {"lost"})
        self.assertGreater(max(p.rfm_r for p in profiles), 3)
        self.assertEqual({p.rfm_segment.name for p in profiles}, {"Long Silent"})
        self.assertNotEqual(self._profile(self.acme).rfm_segment.name, "Long Silent")
        self.env["crm.value.override"].create(
            {
                "partner_id": customers[0].id,
                "kind": "stage",
                "stage_id": self.env.ref("crm_value.stage_formation").id,
                "reason": "They called",
                "date_to": ago(-30),
            }
        )
        self._refresh()
        self.assertNotEqual(self._profile(customers[0]).rfm_segment.name, "Long Silent")

    def test_edited_segment_names_customers_at_the_next_scoring(self):
        [only] = self._five([[(10, 5)]])
        self._score()
        self.assertEqual(self._profile(only).rfm_segment.name, "New Customers")
        segment = self.env["crm.value.rfm.segment"].create(
            {"name": "Middle", "sequence": 1, "r_min": 3, "r_max": 3}
        )
        self._score()
        self.assertEqual(self._profile(only).rfm_segment, segment)
        segment.active = False
        self._score()
        self.assertEqual(self._profile(only).rfm_segment.name, "New Customers")

    def test_segment_of_customers_is_archived_not_deleted(self):
        [only] = self._five([[(10, 5)]])
        self._score()
        segment = self._profile(only).rfm_segment
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            segment.unlink()
        segment.active = False
        self.assertEqual(self._profile(only).rfm_segment, segment)
        self._score()
        self.assertNotEqual(self._profile(only).rfm_segment, segment)

    def test_segment_with_wrong_range_is_refused(self):
        segment = self.env.ref("crm_value.rfm_segment_lost")
        for values in ({"r_min": 0}, {"r_max": 6}, {"f_min": 3, "f_max": 2}):
            with self.assertRaises(ValidationError):
                segment.write(values)

    # --- quadrant ---

    def test_quadrant_cuts_pick_the_few_who_make_the_margin(self):
        policy = self._policy()
        self.assertEqual((policy.quadrant_cut, policy.quadrant_share), ("share", 0.6))
        run = self._score()
        profiles = self._profiles().filtered("quadrant")
        high = profiles.filtered(
            lambda p: p.current_value_score > run.cuts["quadrant"][0]
        )
        whole = sum(profiles.mapped("margin"))
        self.assertGreaterEqual(sum(high.mapped("margin")), 0.6 * whole)
        least = min(high, key=lambda p: p.current_value_score)
        self.assertLess(sum((high - least).mapped("margin")), 0.6 * whole)
        self.assertLess(len(high), len(profiles) / 2)

    def test_quadrant_cuts_at_the_median(self):
        self._policy(quadrant_cut="median")
        run = self._score()
        profiles = self._profiles().filtered("quadrant")
        current, potential = run.cuts["quadrant"]
        scores = sorted(profiles.mapped("current_value_score"))
        middle = len(scores) // 2
        median = (scores[middle] + scores[-middle - 1]) / 2
        self.assertAlmostEqual(current, median)
        names = [["lead", "iron"], ["gold", "platinum"]]
        for profile in profiles:
            high = profile.current_value_score > current
            promising = profile.potential_value_score > potential
            self.assertEqual(profile.quadrant, names[high][promising])
        self.assertGreater(len(set(profiles.mapped("quadrant"))), 2)

    def test_quadrant_cuts_can_be_fixed(self):
        self._policy(quadrant_cut="fixed", current_cut=0, potential_cut=100)
        run = self._score()
        self.assertEqual(run.cuts["quadrant"], [0, 100])
        found = set(self._profiles().filtered("quadrant").mapped("quadrant"))
        self.assertLessEqual(found, {"lead", "gold"})
        self.assertIn("gold", found)

    # --- Pareto ---

    def test_pareto_ranks_and_classes(self):
        customers = self._five([[(50, 5)], [(30, 5)], [(15, 400)], [(5, 5)], [(0, 1)]])
        run = self._score()
        profiles = [self._profile(customer) for customer in customers]
        self.assertEqual(
            [p.pareto_class for p in profiles], ["a", "a", "b", "c", False]
        )
        self.assertEqual([p.pareto_rank for p in profiles], [1, 2, 3, 4, 0])
        self.assertEqual((run.buyer_count, run.pareto_count), (4, 2))
        self.assertEqual(run.pareto_percent, 0.5)

    def test_pareto_shares_come_from_the_policy(self):
        customers = self._five([[(50, 5)], [(30, 5)], [(15, 400)], [(5, 5)]])
        self._policy(pareto_share=0.5, pareto_share_b=0.8)
        self._score()
        found = [self._profile(customer).pareto_class for customer in customers]
        self.assertEqual(found, ["a", "b", "c", "c"])

    # --- intervals and weights ---

    def test_interval_table_scores_by_lower_bound(self):
        late = self._invoice(self.acme, 100, ago(60), due=ago(50))
        self._pay(late, ago(43))
        self._score()
        self.assertEqual(self._profile(self.acme).days_late, 7)
        self.assertEqual(self._profile(self.acme).score_credit, 70)

    def test_explanation_opens_for_who_may_not_see_margins(self):
        self._purchases(self.acme, (10, 3))
        self._score()
        user = new_test_user(
            self.env,
            login="plain",
            groups="base.group_user,crm_value.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.env.invalidate_all()
        profile = self._profile(self.acme).with_user(user)
        profile = profile.with_context(allowed_company_ids=None)
        sides = profile.explanation["sides"]
        parts = [part for side in sides for part in side["parts"]]
        hidden = [part for part in parts if part["hidden"]]
        self.assertTrue(hidden)
        self.assertFalse(any(part["note"] or part["raw"] for part in hidden))

    def test_growth_from_next_to_nothing_has_no_size(self):
        self._purchases(self.acme, (10, 3), (400, 9000))
        self._score()
        profile = self._profile(self.acme)
        growth = self.env.ref("crm_value.indicator_growth")
        profile.growth = 0.125
        self.assertEqual(profile._format_raw(growth), "12.5%")
        profile.growth = 134.9
        self.assertEqual(profile._format_raw(growth), "> 999%")

    def test_weight_zero_leaves_an_indicator_out(self):
        policy = self._policy().copy()
        policy.line_ids.filtered(
            lambda line: line.indicator_id.code == "margin"
        ).weight = 0
        policy._publish()
        self._purchases(self.acme, (10, 3))
        self._score()
        profile = self._profile(self.acme)
        parts = profile.explanation["sides"][0]["parts"]
        margin = next(part for part in parts if part["code"] == "margin")
        self.assertEqual((margin["weight"], margin["points"]), (0, 0))
        self.assertAlmostEqual(
            sum(p["points"] or 0 for p in parts), profile.current_value_score
        )

    def test_interval_without_table_is_refused(self):
        draft = self._policy().copy()
        with self.assertRaises(ValidationError), mute_logger("odoo.sql_db"):
            draft.line_ids.filtered(lambda p: p.method == "percentile")[
                :1
            ].method = "interval"
