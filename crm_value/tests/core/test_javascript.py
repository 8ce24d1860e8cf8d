"""The unit tests of JavaScript, in static/tests, run in a browser as Odoo's own."""

import re
from pathlib import Path

from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker

TESTS = Path(__file__).parents[2] / "static/tests"
ALONE = re.compile(r"\b(test|describe)(\.current)?\.(only|debug|skip)\b")


def suite_id(name):
    """Return how the address of the page of tests calls a suite.

    >>> suite_id("@web/core")
    'e39ce9ba'
    """
    found = 0
    for char in name:
        found = (31 * found + ord(char)) & 0xFFFFFFFF
    return f"{found:08x}"


@tagged("post_install", "-at_install")
class TestJavascript(HttpCase):
    def test_suites_are_called_as_odoo_calls_them(self):
        self.assertEqual(suite_id("@web/core"), "e39ce9ba")

    def test_unit_tests_succeed(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={suite_id('@crm_value')}",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )

    def test_no_unit_test_keeps_the_others_from_running(self):
        paths = list(TESTS.rglob("*.test.js"))
        self.assertTrue(paths)
        for path in paths:
            self.assertFalse(ALONE.search(path.read_text()), path.name)
