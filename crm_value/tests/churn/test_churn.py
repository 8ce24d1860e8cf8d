"""Who leaves: against slow references, against scipy, and on real purchases."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
from scipy import optimize

from odoo.tests import BaseCase, tagged

from ...analytics.churn import (
    churn,
    fitting,
    samples,
    seasons,
    trial,
)
from ...analytics.forecast import fitting as forecasts
from ...analytics.purchases import assortment
from ...analytics.service import service
from ...analytics.statistics import accuracy, logistic
from ...analytics.statistics.interval import TENTHS
from ...const import to_day
from ..forecast.clv_samples import _purchases as cdnow_rows
from ..forecast.forecast_samples import (
    RULES,
    days_of,
    regular,
    retail_rows,
)
from ..purchases.retail_file import require_retail


def leaving(size, seed=3, end=1000):
    """Return purchases of customers in their own rhythm, a third of whom leave."""
    rng = np.random.default_rng(seed)
    found = []
    for customer in range(size):
        gap = rng.integers(10, 45)
        last = rng.integers(200, end) if customer % 3 == 0 else end
        day = rng.integers(0, 60)
        while day <= last:
            found.append((customer, int(day), 50.0))
            day += max(1, int(rng.normal(gap, gap / 5)))
    return found


def in_seasons(size, seed=3, end=1095):
    """Return purchases at random, most of them in one half of each year."""
    rng = np.random.default_rng(seed)
    found = []
    for customer in range(size):
        first, leaves = rng.uniform(0, end, 2)
        leaves, rate = first + 2 * leaves, rng.gamma(1.0, 1 / 40)
        found.append((customer, int(first), 50.0))
        for day in range(int(first) + 1, int(min(leaves, end))):
            busy = 1 + 0.8 * np.sin(2 * np.pi * (day / 365.25 - 0.7))
            if rng.random() < rate * busy:
                found.append((customer, day, 50.0))
    return found


@tagged("post_install", "-at_install")
class TestLogistic(BaseCase):
    def test_fit_is_the_optimum_scipy_finds(self):
        rng = np.random.default_rng(1)
        features = rng.normal(size=(300, 4))
        labels = (rng.random(300) < 1 / (1 + np.exp(-features[:, 0] + 0.5))) * 1.0

        def loss(theta):
            log_odds = theta[0] + features @ theta[1:]
            likely = labels * log_odds - np.logaddexp(0, log_odds)
            half = theta[0] / 2 - np.logaddexp(0, theta[0])
            return 2.0 * (theta[1:] ** 2).sum() / 2 - likely.sum() - half

        best = optimize.minimize(loss, np.zeros(5), method="BFGS", tol=1e-9).x
        intercept, slopes = logistic.fit(features, labels, ridge=2.0)
        np.testing.assert_allclose([intercept, *slopes], best, atol=1e-5)

    def test_extreme_inputs_have_a_defined_result(self):
        for labels in (np.zeros(30), np.ones(30)):
            rows = np.arange(30.0)[:, None] / 10
            intercept, slopes = logistic.fit(rows, labels)
            chance = logistic.probability(intercept + rows @ slopes)
            self.assertTrue(((chance > 0) & (chance < 1)).all())
        apart = np.repeat([-1.0, 1.0], 50)[:, None]
        _intercept, slopes = logistic.fit(apart, (apart[:, 0] > 0) * 1.0)
        self.assertTrue(np.isfinite(slopes).all())
        self.assertEqual(logistic.fit(np.zeros((0, 2)), np.zeros(0))[0], 0.0)


@tagged("post_install", "-at_install")
class TestAccuracy(BaseCase):
    def test_auc_counts_pairs(self):
        rng = np.random.default_rng(2)
        said, came = rng.integers(0, 9, 80) / 9, rng.integers(0, 2, 80)
        pairs = [
            (a > b) + (a == b) / 2 for a in said[came == 1] for b in said[came == 0]
        ]
        self.assertAlmostEqual(accuracy.auc(said, came), np.mean(pairs))

    def test_auc_of_one_label_is_unknown(self):
        for came in (np.zeros(3), np.ones(3), np.zeros(0)):
            self.assertIsNone(accuracy.auc(came, came))
        self.assertIsNone(accuracy.brier(np.zeros(0), np.zeros(0)))
        self.assertEqual(accuracy.tenths(np.zeros(0), np.zeros(0)), [])


@tagged("post_install", "-at_install")
class TestFeatures(BaseCase):
    def test_category_is_found_as_by_hand(self):
        rng = np.random.default_rng(4)
        size, rows = 30, 1500
        lines = (
            rng.integers(0, size, rows),
            rng.integers(0, 5, rows),
            rng.integers(0, 400, rows),
            rng.uniform(-5, 50, rows).round(2),
        )
        found = assortment.overdue(assortment.baskets(*lines), 350, size)
        for customer in range(size):
            self._check_customer(
                customer, lines, [column[customer] for column in found]
            )

    def _check_customer(self, customer, lines, found):
        money = {}
        for owner, kind, day, amount in zip(*lines, strict=True):
            if owner == customer and kind and day <= 350:
                money.setdefault(kind, {}).setdefault(day, 0.0)
                money[kind][day] += amount
        bought = {
            kind: {day: m for day, m in days.items() if m > 0.005}
            for kind, days in money.items()
        }
        total = sum(sum(days.values()) for days in bought.values())
        worst = max(
            (
                (350 - max(days))
                / max(np.median(np.diff(sorted(days))), 1)
                * sum(days.values())
                / total,
                kind,
            )
            for kind, days in bought.items()
            if len(days) >= 3
        )
        self.assertEqual(found[1], worst[1])
        self.assertAlmostEqual(found[0] * found[2], worst[0])

    def test_quiet_season_calms(self):
        bought = [
            (customer, day, 50.0)
            for customer in range(60)
            for day in range(customer % 10, 1100, 10)
            if not 120 <= day % 365 < 180
        ]
        occasions = days_of(bought, 1100).occasions()
        day = 730 + 170
        season = seasons.learn(occasions, day, 365)
        last = np.array([day - 55.0, day - 5.0])
        quiet = seasons.seasonal_recency(season, last, day)
        self.assertLess(quiet[0], 15)
        busy = 730 + 100
        season = seasons.learn(occasions, busy, 365)
        [counted] = seasons.seasonal_recency(season, np.array([busy - 55.0]), busy)
        self.assertGreater(counted, 55)
        self.assertIsNone(seasons.learn(occasions, 400, 365), "no year before")

    def test_season_is_kept_as_plain_data(self):
        season = seasons.learn(days_of(regular(60), 1000).occasions(), 1000, 365)
        again = seasons.Season.from_json(json.loads(json.dumps(season.to_json())))
        last = np.array([900.0, np.nan])
        np.testing.assert_array_equal(
            seasons.seasonal_recency(season, last, 1000),
            seasons.seasonal_recency(again, last, 1000),
        )

    def test_later_tickets_are_not_known_yet(self):
        asked = service.Tickets(
            np.zeros(2, int), np.array([10, 30]), np.array([np.nan, 31.0])
        )
        self.assertFalse(service.kept(asked, 5))
        self.assertEqual(service.counts(asked, 12, 90, 1)[1].tolist(), [0])
        self.assertEqual(service.counts(asked, 20, 90, 1)[1].tolist(), [1])

    def test_unknown_figures_add_nothing(self):
        unknown = dict.fromkeys(churn.READ, np.full(2, np.nan))
        names = tuple(churn.FEATURES)
        ones = (1.0,) * len(names)
        risk = churn.Risk(churn.MODEL, 0.3, names, ones, ones, ones)
        self.assertFalse(churn.contributions(risk, unknown, RULES).any())
        chance = churn.probability(risk, unknown, RULES)
        np.testing.assert_allclose(chance, 1 / (1 + np.exp(-0.3)))


@tagged("post_install", "-at_install")
class TestChurn(BaseCase):
    def test_sample_knows_nothing_of_later_days(self):
        bought = leaving(80)
        whole = samples.samples(days_of(bought, 1000), 1000, RULES)
        for sample in whole:
            known = days_of([row for row in bought if row[1] <= sample.day], sample.day)
            shifted = RULES.of(churn.Limits).days
            again = samples.samples(known, sample.day + shifted, RULES)[0]
            self.assertEqual(again.day, sample.day)
            for name, column in sample.columns.items():
                np.testing.assert_array_equal(column, again.columns[name], name)

    def test_model_is_used_where_it_is_surely_better(self):
        days = days_of(leaving(400), 1000)
        risk, card = fitting.fit(days, 1000, RULES)
        json.dumps([card, risk.to_json()], allow_nan=False)
        self.assertIn(risk.rule, (churn.MODEL, churn.ADJUSTED))
        self.assertEqual(card["why"], "better")
        found = card["test"]["rules"]
        used = found[risk.rule]
        self.assertGreater(used["log"], found["buying"]["log"])
        self.assertLess(used["brier"], found["buying"]["brier"])
        self.assertGreater(used["auc"], found["silence"]["auc"])
        self.assertTrue(risk.calibrated)
        kept = json.loads(json.dumps(risk.to_json()))
        self.assertEqual(churn.Risk.from_json(kept), risk)
        earlier = {**kept, "bends": [[0.0, 1.0], [0.0, 1.0]]}
        self.assertEqual(churn.Risk.from_json(earlier), risk)

    def test_reasons_point_one_way(self):
        risk, _card = fitting.fit(days_of(leaving(400), 1000), 1000, RULES)
        for name, coefficient in zip(risk.names, risk.coefficients, strict=True):
            if churn.FEATURES[name].alarming:
                self.assertGreaterEqual(coefficient, 0, name)

    def test_chance_alone_is_no_model(self):
        for seed in range(5):
            rng = np.random.default_rng(seed)
            bought = [
                (customer, int(day), 50.0)
                for customer in range(150)
                for day in np.flatnonzero(rng.random(1000) < 0.015)
            ]
            risk, card = fitting.fit(days_of(bought, 1000), 1000, RULES)
            self.assertEqual((risk.rule, card["why"]), (churn.BUYING, "kept"))

    def test_few_customers_have_no_probability(self):
        for bought in ([], [(1, 50, 5.0)], leaving(20)):
            risk, card = fitting.fit(days_of(bought, 1000), 1000, RULES)
            self.assertEqual((risk.rule, card["why"]), (churn.NONE, "few"))
            columns = dict.fromkeys(churn.READ, np.ones(3))
            self.assertTrue(np.isnan(churn.probability(risk, columns, RULES)).all())

    def test_customers_who_are_alike_are_at_no_risk(self):
        days = days_of(regular(200), 1000)
        risk, _card = fitting.fit(days, 1000, RULES)
        columns = samples.samples(days, 1000, RULES)[0].columns
        said = churn.probability(risk, churn.completed(risk, columns, RULES), RULES)
        self.assertLess(said.max(), 0.2)

    def test_without_a_cutoff_the_purchase_model_is_in_force(self):
        """Not the days since the last purchase; and as an order only."""
        bought = [row for row in leaving(300, end=210) if row[1] <= 150]
        risk, card = fitting.fit(days_of(bought, 150), 150, RULES)
        self.assertEqual((risk.rule, card["why"]), (churn.BUYING, "untested"))
        self.assertFalse(risk.calibrated)
        figures = {
            "purchase_count": np.array([1.0, 9.0]),
            "recency_days": np.array([30.0, 30.0]),
            "first_purchase_date": np.array([0.0, 0.0]),
            "last_purchase_date": np.array([120.0, 120.0]),
        }
        columns = dict.fromkeys(churn.READ, np.full(2, np.nan)) | figures
        columns = churn.completed(risk, columns, RULES)
        once, often = churn.probability(risk, columns, RULES)
        self.assertGreater(once, often)
        np.testing.assert_allclose([once, often], columns["foretold"], atol=1e-9)

    def test_risk_of_random_buyers_lies_between_caution_and_what_is_shown(self):
        bought = leaving(300, end=900)
        learnt, _card = forecasts.fit(days_of(bought, 900), 900, RULES)
        self.assertGreater(learnt.returning.buying.k, 1)
        self.assertIsNone(fitting.fit(days_of(bought, 900), 900, RULES, learnt)[0].bent)
        rng = np.random.default_rng(5)
        bought = [
            (customer, int(day), 50.0)
            for customer in range(200)
            for day in np.flatnonzero(rng.random(rng.integers(60, 900)) < 0.02)
        ]
        learnt, _card = forecasts.fit(days_of(bought, 900), 900, RULES)
        risk, _card = fitting.fit(days_of(bought, 900), 900, RULES, learnt)
        self.assertEqual(risk.bent, learnt.bends)
        self.assertEqual(
            churn.Risk.from_json(json.loads(json.dumps(risk.to_json()))), risk
        )
        silent = np.array([5.0, 200.0, 200.0])
        figures = {
            "purchase_count": np.array([9.0, 9.0, 1.0]),
            "recency_days": silent,
            "first_purchase_date": 500 - silent,
            "last_purchase_date": 900 - silent,
        }
        cautious = churn.foretold(risk, figures, RULES)
        full = replace(risk, returning=learnt.returning)
        said = churn.foretold(full, figures, RULES)
        shown = [
            np.interp(one, risk.bent[repeat], TENTHS)
            for one, repeat in zip(said, (1, 1, 0), strict=True)
        ]
        found = churn.halfway(risk, figures, RULES)
        np.testing.assert_allclose(found, (cautious + shown) / 2, atol=1e-9)

    def test_company_with_seasons_is_asked_by_the_season_ahead(self):
        """Before, its risk was in a worse order than the number of purchases."""
        bought, day = in_seasons(700), 860
        known = days_of([row for row in bought if row[1] <= day], day)
        learnt, _card = forecasts.fit(known, day, RULES)
        tried, risk = trial.trial(known, days_of(bought, day + 90), day, RULES, learnt)
        self.assertEqual(risk.rule, churn.SEASONAL)
        self.assertLess(risk.ahead, 0.7, "a quiet quarter comes")
        measures = trial.measures(tried)
        self.assertGreaterEqual(measures["risk_auc"], measures["risk_auc_count"])
        self.assertLess(measures["risk_brier"], measures["risk_brier_no_purchase"])
        again = churn.Risk.from_json(json.loads(json.dumps(risk.to_json())))
        self.assertEqual(again, risk)

    def test_season_ahead_knows_nothing_of_later_days(self):
        bought = in_seasons(300)
        later, known = (
            days_of([row for row in bought if row[1] <= last], last).occasions()
            for last in (1095, 800)
        )
        self.assertEqual(
            seasons.ahead(later, 800, 90, 365), seasons.ahead(known, 800, 90, 365)
        )
        self.assertEqual(seasons.ahead(known, 300, 90, 365), 1.0, "no year yet")

    def test_sample_of_many_customers_learns_about_the_same(self):
        bought = leaving(1200)
        whole, _card = fitting.fit(days_of(bought, 1000), 1000, RULES)
        days = days_of(bought, 1000).take(2)
        self.assertEqual(len(days.customers), 600)
        half, _card = fitting.fit(days, 1000, RULES)
        # Two that tell nearly the same; which of them wins is a matter of who is asked.
        for risk in (half, whole):
            self.assertIn(risk.rule, (churn.MODEL, churn.ADJUSTED))


@tagged("post_install", "-at_install")
class TestChurnOnRealData(BaseCase):
    def _check(self, bought, expected):
        """Learn 90 days before each day, and compare with what came.

        Orders are compared on each day; Brier scores on all together, for how many
        leave in all is a matter of the season.
        """
        tried = [self._tried(bought, to_day(day)) for day in expected]
        for one, figures in zip(tried, expected.values(), strict=True):
            self._check_order(one, figures)
        whole = trial.pool(tried)
        briers = (accuracy.brier(said, whole.left) for said in (whole.risk, whole.none))
        self.assertLessEqual(*briers)

    def _tried(self, bought, day):
        days, known = (
            days_of([row for row in bought if row[1] <= last], last)
            for last in (day, day - 90)
        )
        learnt, _card = forecasts.fit(known, day - 90, RULES)
        return trial.trial(known, days, day - 90, RULES, learnt)[0]

    def _check_order(self, tried, expected):
        said, left = tried.risk, tried.left
        plain = (tried.none, tried.recency, -tried.count)
        for other in plain:
            gain, error = accuracy.auc_gain(said, other, left)
            self.assertGreaterEqual(gain, -3 * error)
        self.assertEqual((left.size, int(left.sum())), expected[:2])
        found = [*(accuracy.auc(one, left) for one in (said, *plain[1:]))]
        found.append(accuracy.brier(said, left))
        np.testing.assert_allclose(found, expected[2:], atol=0.0015)

    def test_retail_risk_is_no_worse_than_any_simple_rule(self):
        require_retail(self)
        expected = {
            date(2011, 11, 29): (3287, 1434, 0.741, 0.683, 0.728, 0.209),
            date(2011, 10, 29): (3145, 1514, 0.754, 0.701, 0.736, 0.202),
            date(2011, 9, 28): (2959, 1495, 0.751, 0.679, 0.736, 0.201),
            date(2011, 8, 29): (2715, 1381, 0.745, 0.667, 0.733, 0.201),
        }
        self._check(retail_rows(), expected)

    def test_cdnow_risk_is_no_worse_than_any_simple_rule(self):
        owner, when, spent = cdnow_rows()
        when = (when - np.datetime64("2000-01-01")).astype(int)
        bought = list(zip(owner.tolist(), when.tolist(), spent.tolist(), strict=True))
        expected = {
            date(1998, 6, 30): (810, 568, 0.726, 0.695, 0.707, 0.179),
            date(1998, 3, 31): (772, 495, 0.728, 0.683, 0.704, 0.191),
            date(1997, 12, 31): (741, 462, 0.735, 0.696, 0.707, 0.199),
        }
        self._check(bought, expected)
