"""What customers answered, as their own figures."""

import numpy as np
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...analytics.satisfaction import responses
from ...analytics.satisfaction.responses import CSAT, INDEX, LOYALTY, NPS, OTHER
from ...models.satisfaction.const import SATISFACTION_QUADRANTS
from ..common import ago
from .measure_common import MeasureCommon

nan = float("nan")


def slow_measure(answers, day, limits, customer):
    """The figures of one customer, answer by answer."""
    sums = {kind: [0.0, 0.0, 0.0] for kind in (OTHER, CSAT, NPS, INDEX, LOYALTY)}
    given, newest = set(), nan
    for at in range(len(answers.score)):
        age = day - answers.day[at]
        if answers.customer[at] != customer or not 0 <= age <= limits.max_days:
            continue
        weight = answers.weight[at] / 2 ** (age / limits.half_life)
        total = sums[answers.kind[at]]
        total[0] += weight
        total[1] += weight * answers.score[at]
        total[2] += weight * (answers.score[at] >= 75)
        given.add(answers.participation[at])
        newest = (
            max(answers.day[at], newest)
            if given and newest == newest
            else (answers.day[at])
        )
    mean = {k: s[1] / s[0] if s[0] else nan for k, s in sums.items()}
    share = 100 * sums[CSAT][2] / sums[CSAT][0] if sums[CSAT][0] else nan
    satisfied = mean[CSAT] if np.isnan(mean[INDEX]) else mean[INDEX]
    return share, mean[NPS] / 10, mean[INDEX], satisfied, len(given), newest


@tagged("post_install", "-at_install")
class TestResponses(BaseCase):
    def _random(self, seed, size=200, customers=20):
        rng = np.random.default_rng(seed)
        return responses.Answers(
            customer=rng.integers(0, customers, size),
            day=rng.integers(0, 1000, size),
            kind=rng.integers(0, 5, size),
            participation=rng.integers(0, 60, size),
            score=rng.integers(0, 11, size) * 10.0,
            weight=rng.choice([1.0, 2.0, 3.0], size),
        )

    def test_measure_agrees_with_the_slow_reckoning(self):
        limits = responses.Limits(half_life=90, max_days=400)
        for seed in range(5):
            answers = self._random(seed)
            found = responses.measure(answers, 900, limits, 22)
            for customer in range(22):
                slow = slow_measure(answers, 900, limits, customer)
                fast = [column[customer] for column in found.values()]
                np.testing.assert_allclose(fast, slow, rtol=0, atol=1e-6)

    def test_a_customer_does_not_depend_on_the_others(self):
        answers = self._random(9)
        limits = responses.Limits()
        everybody = responses.measure(answers, 900, limits, 20)
        for customer in range(20):
            own = answers.take(answers.customer == customer)
            alone = responses.measure(own, 900, limits, 20)
            for name, column in alone.items():
                np.testing.assert_array_equal(
                    column[customer], everybody[name][customer]
                )

    def test_quadrants_are_those_of_jones_and_sasser_1995(self):
        codes = [code for code, _label in SATISFACTION_QUADRANTS]
        for at, code in enumerate(codes):
            self.assertEqual(getattr(responses, code.upper()), at)

    def test_nobody_answered_is_not_known(self):
        found = responses.measure(responses.none(), 100, responses.Limits(), 2)
        self.assertTrue(np.isnan(found["nps"]).all())
        self.assertEqual(found["answer_count"].tolist(), [0, 0])


@tagged("post_install", "-at_install")
class TestCustomerSatisfaction(MeasureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._buyer("Acme Buyer")
        cls.anna = cls._customer("Anna", parent=cls.acme)
        cls.ben = cls._customer("Ben", parent=cls.acme)
        cls.other = cls._buyer("Other")

    def _figures(self, *names, customer=None):
        self._score()
        profile = self._profile(customer or self.acme)
        return tuple(profile[name] for name in names)

    # --- figures ---

    def test_answers_of_contacts_are_the_customers_figures(self):
        self._say(self.anna, sat1=5, sat2=3, nps1=9, csat1=4)
        names = ("csi", "nps", "csat", "satisfaction_score", "answer_count")
        self.assertEqual(self._figures(*names), (75, 9, 100, 75, 1))
        profile = self._profile(self.acme)
        self.assertEqual(profile.answer_date, ago(0))
        names = (*names[:-1], "answer_date", "satisfaction_quadrant")
        other = self._profile(self.other)
        self.assertEqual([other[name] for name in names], [False] * 6)
        self.assertEqual(other.answer_count, 0)

    def test_zero_recommendation_is_an_answer(self):
        self._say(self.anna, nps1=0)
        [nps] = self._figures("nps")
        self.assertIsNot(nps, False)
        self.assertEqual(nps, 0)
        partners = self.env["res.partner"]
        self.assertIn(self.acme, partners.search([("value_nps", "=", 0)]))
        self.assertNotIn(self.other, partners.search([("value_nps", "<", 7)]))

    def test_missing_answers_leave_the_mean(self):
        self._say(self.anna, sat1=5, sat2=None)
        self.assertEqual(self._figures("csi", "nps", "csat"), (100, False, False))

    def test_single_questions_stand_in_for_the_index(self):
        self._say(self.anna, csat1=3)
        names = ("csi", "csat", "satisfaction_score")
        self.assertEqual(self._figures(*names), (False, 0, 50))

    def test_who_decides_counts_more(self):
        self.ben.value_role_id = self.env.ref("crm_value.role_decision")
        self._say(self.anna, nps1=10)
        self._say(self.ben, nps1=2)
        self.assertEqual(self._figures("nps"), (4.0,))  # (10 + 3 · 2) / 4

    def test_old_answers_count_half_after_the_half_life_and_end(self):
        self._policy(answer_half_life=100, answer_days=300)
        self._say(self.anna, days=100, nps1=10)
        self._say(self.ben, nps1=4)
        self._say(self.ben, days=301, nps1=0)
        nps, count = self._figures("nps", "answer_count")
        self.assertAlmostEqual(nps, (0.5 * 10 + 4) / 1.5)
        self.assertEqual(count, 2)

    def test_colleagues_strangers_and_tests_are_no_customers(self):
        user = new_test_user(self.env, "measure_colleague", "base.group_user")
        user.partner_id.parent_id = self.acme
        self._say(user.partner_id, nps1=1)
        self._say(None, nps1=1)
        self._answer(self.asked, {"nps1": 1}, self.anna, test_entry=True)
        staff = self._survey(self._nps(), value_audience="staff")
        for _at in range(5):
            self._in_round(self._say(self.anna, survey=staff, nps1=1))
        self.assertEqual(self._figures("nps", "answer_count"), (False, 0))

    def test_another_companys_answers_stay_there(self):
        second = self._create_company("Second", self.usd)
        self._say(self.anna, nps1=1).value_company_id = second
        self.assertEqual(self._figures("nps"), (False,))

    def test_past_runs_know_the_answers_of_their_day(self):
        self._say(self.anna, days=60, nps1=9)
        self._say(self.anna, days=1, nps1=0)
        self._score(as_of=ago(30))
        self.assertEqual(self._snapshot(self.acme, ago(30)).nps, 9)

    # --- refresh ---

    def test_an_answer_moves_the_figures_at_once(self):
        self._score()
        self._say(self.anna, nps1=3)
        self.assertTrue(self._profile(self.acme).stale_since)
        self._refresh()
        self.assertEqual(self._profile(self.acme).nps, 3)

    def test_a_refresh_gives_the_numbers_of_a_full_run(self):
        for days, score in ((3, 7), (90, 2), (200, 10)):
            self._say(self.anna, days, nps1=score, sat1=score // 2 or 1, csat1=4)
            self._say(self.other, days, nps1=10 - score)
        self._score()
        names = ("nps", "csi", "csat", "satisfaction_score", "loyalty_attitude")
        before = self._profile(self.acme).read(names)
        self.env["crm.value.stale"]._mark(self.acme, self.company)
        self._refresh()
        self.assertEqual(self._profile(self.acme).read(names), before)

    def test_a_deleted_answer_and_another_role_make_stale(self):
        given = self._say(self.anna, nps1=3)
        self._score()
        self.anna.value_role_id = self.env.ref("crm_value.role_user")
        self.assertTrue(self._profile(self.acme).stale_since)
        self._refresh()
        given.unlink()
        self._refresh()
        self.assertIs(self._profile(self.acme).nps, False)

    def test_gathering_answers_is_flat_at_two_sizes(self):
        def count():
            self.env.flush_all()
            before = self.cr.sql_log_count
            self._facts()
            return self.cr.sql_log_count - before

        self._say(self.anna, nps1=3)
        count()
        small = count()
        for _at in range(20):
            self._say(self.ben, nps1=3)
        self.assertEqual(count(), small)

    def test_scoring_with_answers_is_flat_at_two_sizes(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._score()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        self._say(self.anna, nps1=3, sat1=2, loy1=4, csat1=5, why="Late")
        for number in range(6):
            self._say(self._buyer(f"Early {number}"), number, nps1=number, sat1=2)
        self._score()
        small = count()
        for number in range(20):
            buyer = self._buyer(f"Buyer {number}")
            self._say(buyer, number, nps1=number % 11, sat1=number % 5 + 1, csat1=3)
        self._score()
        self.assertEqual(count(), small)

    # --- what it feeds ---

    def test_attitude_is_the_loyalty_block_of_the_latest_survey(self):
        self._say(self.anna, days=40, loy1=1, nps1=0)
        self._say(self.anna, days=10, loy1=5, nps1=9)
        attitude, day, loyal = self._figures(
            "loyalty_attitude", "attitude_date", "loyalty_class"
        )
        self.assertEqual((attitude, day), (95, ago(10)))
        self.assertIn(loyal, ("loyal", "latent"))

    def test_satisfaction_against_loyalty(self):
        self._policy(loyalty_behaviour_cut=0)
        self._say(self.anna, sat1=1)
        self._say(self.other, sat1=5)
        self.assertEqual(self._figures("satisfaction_quadrant"), ("hostage",))
        self.assertEqual(self._profile(self.other).satisfaction_quadrant, "apostle")
        found = self.env["res.partner"].search(
            [("value_satisfaction_quadrant", "=", "hostage")]
        )
        self.assertEqual(found, self.acme | self.anna | self.ben)
        groups = self.env["res.partner"]._read_group(
            [("id", "in", (self.acme | self.other).ids)],
            ["value_satisfaction_quadrant"],
            ["__count"],
        )
        self.assertEqual(dict(groups), {"hostage": 1, "apostle": 1})

    def test_satisfaction_is_part_of_received_value(self):
        self._say(self.anna, csat1=5)
        self._say(self.other, csat1=1)
        score, raw = self._figures("score_satisfaction", "satisfaction_score")
        self.assertEqual((score, raw), (100, 100))
        parts = self._profile(self.acme).explanation["sides"]
        codes = [part["code"] for side in parts for part in side["parts"]]
        self.assertIn("satisfaction", codes)

    def test_risk_reads_satisfaction_where_it_is_known(self):
        from ...analytics.churn import churn
        from ...analytics.policy.rules import Rules

        rules = Rules(365, 365, 0.3, "revenue", ())
        risk = churn.Risk(
            churn.MODEL, 0.0, ("satisfaction",), (-60.0,), (20.0,), (1.0,)
        )
        columns = dict.fromkeys(churn.READ, np.array([nan, 60.0, 20.0]))
        parts = churn.contributions(risk, columns, rules)[:, 0].tolist()
        self.assertEqual(parts, [0, 0, 2])

    # --- on screens ---

    def test_the_customers_page_tells_its_answers(self):
        self._say(self.anna, sat1=4, sat2=5, nps1=0, why="Too slow")
        self._score()
        told = self._profile(self.acme).satisfaction
        [given] = told["answers"]
        self.assertEqual((given["items"], given["mean"]), (2, 87.5))
        self.assertEqual(given["numbers"], ["recommends: 0 of 10"])
        self.assertEqual(given["text"], "Too slow")
        action = self._profile(self.acme).action_open_participation(given["id"])
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(rows), 4)
        unknown = self._profile(self.other).satisfaction
        self.assertIn("not known", unknown["sentence"])

    def test_page_of_many_costs_no_query_each(self):
        self._say(self.anna, nps1=5)
        self._score()
        profiles = self.env["crm.value.profile"].search([])
        profiles.mapped("satisfaction")
        counts = []
        for some in (profiles[:1], profiles):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("satisfaction")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_roles_are_for_managers_to_change(self):
        role = self.env.ref("crm_value.role_user")
        user = new_test_user(self.env, "measure_user", "crm_value.group_user")
        self.assertTrue(role.with_user(user).read(["weight"]))
        with self.assertRaises(AccessError):
            role.with_user(user).weight = 9
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            role.weight = 0
            role.flush_recordset()
