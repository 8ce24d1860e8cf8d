"""How pytest runs the tests of Odoo here."""

import os

import pytest

from odoo.tests import TransactionCase

ANOTHER_DAY = "FAKETIME" in os.environ  # scripts/any-day


def pytest_addoption(parser):
    parser.addoption(
        "--any-day",
        action="store_true",
        help="only tests that see today's date: those whose class does not freeze it",
    )


def pytest_configure(config):
    """Keep libfaketime from the browser, which would hang; this process has it."""
    if ANOTHER_DAY:
        os.environ.pop("LD_PRELOAD", None)


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
    said = str(report.longrepr).lower()
    if report.skipped and not ANOTHER_DAY and ("chrome" in said or "chromium" in said):
        report.outcome = "failed"
