"""Break-even and return, by hand."""

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.campaign import economics
from ...analytics.campaign.lift import Effect


@tagged("post_install", "-at_install")
class TestEconomics(BaseCase):
    def test_break_even_is_that_of_hughes(self):
        """A contact of 0.55 and a profit of 40: 1.375 %; 2.5 % lie 81.82 % above."""
        least = economics.break_even(0.55, 40)
        self.assertAlmostEqual(least, 0.01375)
        self.assertAlmostEqual(
            economics.break_even_index(0.025, least), 81.82, places=2
        )

    def test_what_earns_or_costs_nothing_has_no_break_even(self):
        self.assertTrue(np.isnan(economics.break_even(1, 0)))
        self.assertTrue(np.isnan(economics.break_even_index(0.1, 0)))
        self.assertTrue(np.isnan(economics.break_even_index(0.1, np.nan)))

    def test_return_is_what_came_back_of_what_was_spent(self):
        # 400 customers bring 10 (−2 to 22) each; 200 and 2 each are 1,000.
        found = economics.roi(Effect(10.0, 6.0, -2.0, 22.0), 400, 200.0, 2.0)
        edges = found.value, found.low, found.high
        np.testing.assert_allclose(edges, (3.0, -1.8, 7.8))

    def test_campaign_that_cost_nothing_has_no_return(self):
        found = economics.roi(Effect(10.0, 6.0, -2.0, 22.0), 400, 0.0)
        self.assertTrue(np.isnan(found.value) and np.isnan(found.high))
