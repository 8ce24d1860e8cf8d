"""What a client gives as an id is one, or nothing."""

import doctest

from odoo.tests import BaseCase, tagged

from ... import given


@tagged("post_install", "-at_install")
class TestGiven(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(given)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)
