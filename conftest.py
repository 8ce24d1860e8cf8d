"""How pytest runs the tests of Odoo here."""

import os

import pytest

from odoo.tests import TransactionCase
from odoo.tests.common import ChromeBrowser

# Run in each page before its own scripts: Date goes on from another day.
SHIFT_DATE = """{
    const shift = 1000 * %s;
    window.Date = new Proxy(Date, {
        apply: (D) => String(new D(D.now() + shift)),
        construct: (D, given, made) =>
            Reflect.construct(D, given.length ? given : [D.now() + shift], made),
        get: (D, name) => (name === "now" ? () => D.now() + shift : D[name]),
    });
}"""


def pytest_addoption(parser):
    parser.addoption(
        "--any-day",
        action="store_true",
        help="only tests that see today's date: those whose class does not freeze it",
    )


def pytest_configure(config):
    """Let the browser see the day of scripts/any-day without its library.

    Chromium hangs with libfaketime; this process has loaded it and keeps it.
    """
    seconds = os.environ.get("FAKETIME")
    if seconds:
        os.environ.pop("LD_PRELOAD", None)
        shift_browser(int(seconds))


def shift_browser(seconds):
    start = ChromeBrowser.__init__

    def start_shifted(browser, *args, **options):
        start(browser, *args, **options)
        browser._websocket_request(
            "Page.addScriptToEvaluateOnNewDocument",
            params={"source": SHIFT_DATE % seconds},
        )

    ChromeBrowser.__init__ = start_shifted


def pytest_collection_modifyitems(config, items):
    if config.getoption("any_day"):
        chosen = [item for item in items if sees_today(getattr(item, "cls", None))]
        config.hook.pytest_deselected(items=[i for i in items if i not in chosen])
        items[:] = chosen


def sees_today(case):
    """Whether a class of tests uses a database, and its time is not frozen."""
    return case and issubclass(case, TransactionCase) and not case.freeze_time


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Fail where Odoo skips a test because a browser does not start."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and "chrome" in str(report.longrepr).lower():
        report.outcome = "failed"
