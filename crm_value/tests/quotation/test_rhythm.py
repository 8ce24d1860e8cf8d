"""Whether it is time again for a product; what is left of a price."""

import doctest

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.quotation import rhythm, share


@tagged("post_install", "-at_install")
class TestRhythm(BaseCase):
    def test_examples_hold(self):
        for module in (rhythm, share):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertFalse(result.failed)

    def test_rhythm_needs_two_gaps_and_lapses(self):
        product, day = np.array([1, 1, 1, 2, 2]), np.array([0, 30, 60, 0, 30])
        own = rhythm.rhythms(np.ones(5, int), product, day)
        due = [rhythm.due(own["last"], own["gap"], today)[0] for today in (89, 90, 181)]
        self.assertEqual(due, [0, 1, 0])
        self.assertEqual(rhythm.due(own["last"], own["gap"], 90)[1], 0)

    def test_customers_of_one_product_have_rhythms_of_their_own(self):
        customer = np.repeat([1, 2], 3)
        day = np.array([0, 10, 20, 0, 50, 100])
        own = rhythm.rhythms(customer, np.full(6, 7), day)
        self.assertEqual(own["gap"].tolist(), [10, 50])
        self.assertEqual(own["customer"].tolist(), [1, 2])

    def test_nothing_bought_has_no_rhythm(self):
        nothing = np.zeros(0, int)
        own = rhythm.rhythms(nothing, nothing, nothing)
        self.assertEqual(rhythm.due(own["last"], own["gap"], 5).size, 0)

    def test_bought_today_is_not_due(self):
        self.assertEqual(rhythm.due(np.array([9]), np.array([1.0]), 9)[0], 0)
