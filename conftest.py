"""How pytest runs the tests of Odoo here."""

import os
import shutil
from unittest import SkipTest, mock

import pytest

from odoo.tests import TransactionCase
from odoo.tests.common import ChromeBrowser
from odoo.tools import config as odoo_config

ANOTHER_DAY = "FAKETIME" in os.environ  # scripts/any-day


def pytest_addoption(parser):
    parser.addoption(
        "--any-day",
        action="store_true",
        help="only tests that see today's date: those whose class does not freeze it",
    )


def pytest_configure(config):
    """Start no browser on another day: with libfaketime it hangs and does not end."""
    if ANOTHER_DAY:
        ChromeBrowser._chrome_start = skip_tour


def skip_tour(*_args, **_options):
    raise SkipTest("There is no browser on another day.")


@pytest.fixture(scope="session", autouse=True)
def own_files(load_registry):
    """Give each worker its own stored files: another's tidying would take them away."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        yield
        return
    shared = odoo_config.filestore(odoo_config["db_name"][0])
    own = f"{shared}-{worker}"
    shutil.copytree(shared, own, copy_function=os.link)  # a stored file never changes
    try:
        with mock.patch.object(odoo_config, "filestore", return_value=own):
            yield
    finally:
        shutil.rmtree(own)


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
