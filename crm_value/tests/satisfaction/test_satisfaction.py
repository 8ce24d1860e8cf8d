"""Satisfaction measures against published figures and a slow second reckoning."""

from functools import partial

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.satisfaction import index, pls, satisfaction
from ...analytics.statistics import bootstrap
from .satisfaction_samples import CONSTRUCTS, PATHS, ecsi

SATISFACTION = CONSTRUCTS.index("CUSA")
LOW, HIGH = 1, 10  # of each answer


def slow_paths(data, items, paths, rounds=200):
    """Path modelling (centroid) item by item, as the textbook tells it."""
    n = len(data)
    z = [(column - column.mean()) / column.std(ddof=1) for column in data.T]
    weights = {c: [1.0] * len(at) for c, at in items.items()}
    for _round in range(rounds):
        score = {c: _score(z, items[c], weights[c]) for c in items}
        for c in items:
            view = np.zeros(n)
            for cause, effect in paths:
                if c in (cause, effect):
                    other = effect if c == cause else cause
                    view += (
                        np.sign(np.corrcoef(score[c], score[other])[0, 1])
                        * (score[other])
                    )
            view = view / view.std(ddof=1)
            weights[c] = [float(z[at] @ view) / (n - 1) for at in items[c]]
    score = {c: _score(z, items[c], weights[c]) for c in items}
    found = {}
    for effect in items:
        causes = [cause for cause, e in paths if e == effect]
        if causes:
            x = np.column_stack([score[cause] for cause in causes])
            slopes = np.linalg.inv(x.T @ x) @ x.T @ score[effect]
            found.update({(c, effect): s for c, s in zip(causes, slopes, strict=True)})
    return found


def _score(z, at, weights):
    score = sum(weight * z[item] for item, weight in zip(at, weights, strict=True))
    return score / score.std(ddof=1)


@tagged("post_install", "-at_install")
class TestSatisfaction(BaseCase):
    def _model(self, **options):
        data, items = ecsi()
        return satisfaction.pls(data, items, PATHS, **options)

    def _path(self, model, cause, effect):
        return model.paths[CONSTRUCTS.index(cause), CONSTRUCTS.index(effect)]

    # --- the path model ---

    def test_constructs_without_anything_in_common_are_refused(self):
        links = pls.Structure(
            np.eye(2, dtype=bool), np.array([[False, True], [False, False]])
        )
        with self.assertRaises(pls.NotEstimable) as refused:
            pls.fit([[1, 1], [1, 3], [2, 2], [1, 2]], links)  # uncorrelated
        self.assertEqual(refused.exception.reason, "unlinked")

    def test_pls_paths_of_tenenhaus_2005_mobile_phone_example(self):
        model = self._model()
        for (cause, effect), published in PATHS.items():
            found = self._path(model, cause, effect)
            self.assertAlmostEqual(found, published, delta=0.0006, msg=(cause, effect))

    def test_pls_agrees_with_the_slow_reckoning(self):
        data, items = ecsi()
        model = self._model()
        for (cause, effect), slow in slow_paths(data, items, PATHS).items():
            self.assertAlmostEqual(self._path(model, cause, effect), slow, places=4)

    def test_pls_schemes_differ_little_on_the_example(self):
        centroid = self._model()
        for scheme in ("factorial", "path"):
            other = self._model(scheme=scheme)
            np.testing.assert_allclose(other.paths, centroid.paths, atol=0.006)
            self.assertFalse(np.array_equal(other.paths, centroid.paths))

    def test_unknown_pls_scheme_is_refused(self):
        with self.assertRaisesRegex(ValueError, "unknown scheme centre: one of"):
            self._model(scheme="centre")

    def test_pls_scores_have_unit_variance_and_follow_the_weights(self):
        model = self._model()
        data, _items = ecsi()
        z = (data - data.mean(axis=0)) / data.std(axis=0, ddof=1)
        np.testing.assert_allclose(model.scores.std(axis=0, ddof=1), 1)
        np.testing.assert_allclose(z @ model.weights, model.scores, atol=1e-9)
        self.assertTrue((model.loadings.sum(axis=0) > 0).all())

    def test_effect_in_points_is_the_slope_between_indices(self):
        rng = np.random.default_rng(7)
        cause = rng.integers(0, 11, 400) * 10.0
        effect = (0.3 * cause + 40 + rng.normal(0, 5, 400)).clip(0, 100)
        links = pls.Structure(np.eye(2, dtype=bool), np.eye(2, k=1, dtype=bool))
        found = index.estimate(np.column_stack((cause, effect)), links)
        slope = np.polyfit(cause, effect, 1)[0]
        self.assertAlmostEqual(found.points[0, 1], slope)
        self.assertGreater(found.total[0, 1], 2 * slope)  # in standard deviations

    def test_total_effects_add_the_indirect_ones(self):
        model = self._model()
        path = {pair: self._path(model, *pair) for pair in PATHS}
        indirect = path["PERQ", "PERV"] * path["PERV", "CUSA"]
        found = model.total[CONSTRUCTS.index("PERQ"), SATISFACTION]
        self.assertAlmostEqual(found, path["PERQ", "CUSA"] + indirect)

    def test_an_item_turned_round_changes_no_path(self):
        data, items = ecsi()
        turned = data.copy()
        turned[:, items["PERQ"][0]] = 11 - turned[:, items["PERQ"][0]]
        found = satisfaction.pls(turned, items, PATHS).paths
        np.testing.assert_allclose(found, self._model().paths, atol=1e-4)

    def test_satisfaction_index_of_the_mobile_phone_example(self):
        data, items = ecsi()
        scores = 100 * (data - LOW) / (HIGH - LOW)
        links = satisfaction.structure(data, items, PATHS)
        at = CONSTRUCTS.index("CUSA")
        weighted = index.estimate(scores, links).values[at]
        self.assertAlmostEqual(weighted, 72.54, places=2)
        equal = index.values_only(scores, links.blocks).values[at]
        self.assertAlmostEqual(equal, 71.97, places=2)

    # --- what cannot be estimated ---

    def test_fewer_answers_than_items_are_refused(self):
        data, items = ecsi()
        with self.assertRaises(pls.NotEstimable) as refused:
            satisfaction.pls(data[:24], items, PATHS)
        self.assertEqual(refused.exception.figures, {"n": 24, "needed": 25})

    def test_constant_item_is_refused_and_named(self):
        data, items = ecsi()
        constant = data.copy()
        constant[:, 4] = 7
        with self.assertRaises(pls.NotEstimable) as refused:
            satisfaction.pls(constant, items, PATHS)
        self.assertEqual(refused.exception.figures, {"item": 4})

    def test_path_against_the_order_of_constructs_is_refused(self):
        data, items = ecsi()
        with self.assertRaisesRegex(pls.NotEstimable, "order"):
            satisfaction.pls(data, items, [("CUSA", "IMAG")])

    def test_constant_items_and_sparse_people_are_left_out(self):
        data, items = ecsi()
        holed = data.copy()
        holed[:, items["CUSCO"]] = 5.0
        holed[0, :10] = np.nan
        holed[1, 3] = np.nan
        found = index.complete_cases(holed, satisfaction.structure(holed, items, PATHS))
        self.assertEqual((found.imputed, found.people.size), (1, 249))
        kept = [CONSTRUCTS[at] for at in found.constructs]
        self.assertEqual(kept, [c for c in CONSTRUCTS if c != "CUSCO"])
        model = pls.fit(found.data, found.structure)
        self.assertAlmostEqual(model.paths[0, 1], 0.505, delta=0.01)

    def test_nothing_left_to_link_is_refused(self):
        links = pls.Structure(np.eye(2, dtype=bool), np.eye(2, k=1, dtype=bool))
        with self.assertRaises(pls.NotEstimable):
            index.complete_cases([[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]], links)

    # --- intervals ---

    def test_bootstrap_repeats_and_covers_the_estimate(self):
        data, items = ecsi()
        links = satisfaction.structure(data, items, PATHS)
        once = partial(index.estimate, structure=links)
        _values, paths, _totals = index.samples(data, once, 60, seed=1)
        _values, again, _totals = index.samples(data, once, 60, seed=1)
        np.testing.assert_array_equal(paths, again)
        low, high = bootstrap.interval(paths)
        model = self._model()
        inside = (low <= model.paths) & (model.paths <= high)
        self.assertTrue(inside[links.paths].all())

    def test_interval_is_unknown_where_too_few_samples_are(self):
        samples = np.array([[1.0, np.nan], [2.0, np.nan], [3.0, 5.0]])
        low, high = bootstrap.interval(samples)
        self.assertTrue(np.isnan(low[1]) and np.isnan(high[1]))
        self.assertTrue(1 <= low[0] < high[0] <= 3)

    # --- shares of answers ---

    def test_csat_interval_is_wilsons(self):
        # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263.
        _share, low, high = satisfaction.satisfied_share(81, 263)
        self.assertAlmostEqual(float(low), 25.53, places=2)
        self.assertAlmostEqual(float(high), 36.62, places=2)

    def test_nps_limits_are_those_of_reichheld_2003(self):
        self.assertEqual((satisfaction.PASSIVE, satisfaction.PROMOTER), (7, 9))

    def test_without_an_answer_nothing_is_known(self):
        for shares in (
            satisfaction.satisfied_share(0, 0),
            satisfaction.net_share(0, 0, 0),
            satisfaction.mean_index(np.nan, np.nan, 0),
        ):
            self.assertTrue(np.isnan(shares).all())
