"""What the next campaign may bring, against published numbers and by hand."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.plan.belief import NOTHING, next_one, together

# Log odds ratios and variances of the BCG trials (Colditz et al. 1994), as in
# Viechtbauer (2010, Conducting meta-analyses in R with the metafor package), table 1.
BCG = [
    (-0.8893, 0.3256),
    (-1.5854, 0.1946),
    (-1.3481, 0.4154),
    (-1.4416, 0.0200),
    (-0.2175, 0.0512),
    (-0.7861, 0.0069),
    (-1.6209, 0.2230),
    (0.0120, 0.0040),
    (-0.4694, 0.0564),
    (-1.3713, 0.0730),
    (-0.3394, 0.0124),
    (0.4459, 0.5325),
    (-0.0173, 0.0714),
]


@tagged("post_install", "-at_install")
class TestBelief(BaseCase):
    def test_mean_and_spread_are_those_of_dersimonian_and_laird(self):
        """metafor's DL of the log relative risks: -0.7141 (0.1787), tau² 0.3088."""
        effects, variances = np.array(BCG).T
        value, error = next_one(effects, np.sqrt(variances))
        self.assertAlmostEqual(value, -0.7141, places=3)
        self.assertAlmostEqual(error, np.sqrt(0.1787**2 + 0.3088), places=3)

    def test_campaigns_that_agree_are_as_sure_as_pooled(self):
        value, error = next_one([5.0, 5.0], [2.0, 2.0])
        self.assertEqual((value, round(error, 6)), (5.0, round(2 / 2**0.5, 6)))

    def test_what_is_surer_counts_for_more(self):
        found = together((2.0, 1.0), (8.0, 3.0))
        self.assertAlmostEqual(found.value, 2.6)
        self.assertAlmostEqual(found.measured, 0.1)
        self.assertLess(found.error, 1.0)

    def test_one_that_is_unknown_leaves_the_other(self):
        unknown = (np.nan, np.nan)
        self.assertEqual(together((2.0, 1.0), unknown).value, 2.0)
        self.assertEqual(together(unknown, (8.0, 3.0)).measured, 1.0)
        self.assertIs(together(unknown, unknown), NOTHING)
        self.assertTrue(np.isnan(next_one([], [])).all())
