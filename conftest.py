"""A browser that does not start makes Odoo skip the test; here that is a failure."""

import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and "chrome" in str(report.longrepr).lower():
        report.outcome = "failed"
