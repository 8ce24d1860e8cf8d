"""Slopes and what is left over, against references and slow formulas."""

from pathlib import Path

import numpy as np
from scipy import stats

from odoo.tests import BaseCase, tagged

from ...analytics.statistics import regression

MACRODATA = Path(__file__).parents[1] / "data" / "macrodata" / "macrodata.csv"


def slowly(columns, outcome, at):
    """Return (slope, HC2 error, Bell-McCaffrey freedom) of one column, by matrices."""
    bread = np.linalg.inv(columns.T @ columns)
    hat = columns @ bread @ columns.T
    rest = outcome - hat @ outcome
    meat = columns.T @ np.diag(rest**2 / (1 - hat.diagonal())) @ columns
    error = np.sqrt((bread @ meat @ bread)[at, at])
    weight = (columns @ bread)[:, at] / np.sqrt(1 - hat.diagonal())
    spread = (np.eye(len(hat)) - hat) * weight
    roots = np.linalg.eigvalsh(spread.T @ spread)
    slope = bread @ columns.T @ outcome
    return slope[at], error, roots.sum() ** 2 / (roots**2).sum()


def granger(effect, cause, order):
    """Return (F, freedom) of what lags of the cause add to the effect's own."""
    lags = range(1, order + 1)
    rows = slice(order, None)
    own, other = (
        np.column_stack([np.roll(series, lag)[rows] for lag in lags])
        for series in (effect, cause)
    )
    ones = np.ones((len(own), 1))
    few, all_ = np.hstack([ones, own]), np.hstack([ones, own, other])
    without, beside = (
        (regression.left_over(regression.basis(columns), effect[rows]) ** 2).sum()
        for columns in (few, all_)
    )
    freedom = len(own) - all_.shape[1]
    return (without - beside) / order / (beside / freedom), freedom


@tagged("post_install", "-at_install")
class TestRegression(BaseCase):
    def test_left_over_gives_the_granger_f_of_statsmodels_on_macrodata(self):
        table = np.genfromtxt(MACRODATA, delimiter=",", names=True)
        product, consumption = (
            np.diff(np.log(table[name])) for name in ("realgdp", "realcons")
        )
        found, freedom = granger(consumption, product, 2)
        self.assertAlmostEqual(found, 0.243097, places=6)
        self.assertAlmostEqual(stats.f.sf(found, 2, freedom), 0.7844328, places=7)
        self.assertEqual(freedom, 195)
        self.assertAlmostEqual(
            granger(product, consumption, 2)[0], 19.0353175694, places=9
        )

    def test_slope_is_that_of_slow_matrices(self):
        random = np.random.default_rng(11)
        for n, controls in ((8, 1), (40, 3), (90, 6)):
            columns = np.vstack([np.ones(n), *random.normal(size=(controls, n))]).T
            columns[:, -1] = np.exp(columns[:, -1])
            outcome = random.normal(size=n) * columns[:, -1]
            found = regression.slope(columns[:, :-1], columns[:, -1], outcome)
            np.testing.assert_allclose(
                (found.slope, found.error, found.freedom),
                slowly(columns, outcome, columns.shape[1] - 1),
            )

    def test_slope_of_two_groups_is_their_difference_with_welchs_error(self):
        random = np.random.default_rng(5)
        few, many = random.normal(3, 4, 12), random.normal(1, 1, 80)
        outcome, group = np.hstack([few, many]), np.repeat([1.0, 0.0], (12, 80))
        found = regression.slope(np.ones((92, 1)), group, outcome)
        welch = stats.ttest_ind(few, many, equal_var=False)
        self.assertAlmostEqual(found.slope, few.mean() - many.mean())
        self.assertAlmostEqual(found.slope / found.error, welch.statistic)

    def test_repeated_controls_change_nothing(self):
        random = np.random.default_rng(3)
        controls, cause = np.ones((30, 1)), random.normal(size=30)
        outcome = random.normal(size=30)
        once = regression.slope(controls, cause, outcome)
        twice = regression.slope(np.hstack([controls, 7 * controls]), cause, outcome)
        self.assertAlmostEqual(once.slope, twice.slope)
        self.assertAlmostEqual(once.error, twice.error)
        self.assertAlmostEqual(once.freedom, twice.freedom)

    def test_cause_that_controls_explain_has_no_slope(self):
        ones, line = np.ones(20), np.arange(20.0)
        for cause in (ones, 3 * line - 1e6, np.zeros(20)):
            found = regression.slope(np.column_stack([ones, line]), cause, line**2)
            self.assertTrue(np.isnan(found.slope) and np.isnan(found.error))
        two = regression.slope(np.ones((2, 1)), line[:2], line[:2])
        self.assertTrue(np.isnan(two.slope))
