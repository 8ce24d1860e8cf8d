"""The past of a volume database: a year of month ends, by the add-on's own code."""

import sys
from datetime import timedelta
from time import perf_counter

MONTHS = 13


def make(env, company_id):
    """Score a company today and at the month ends before, with its playbooks on.

    A month end that is there stays, and what was interrupted goes on.
    """
    company = env["res.company"].browse(company_id)
    runs = env["crm.value.run"]
    env["crm.value.playbook"].with_context(active_test=False).search([]).active = True
    _work(runs._current(company) or runs._enqueue(company))
    for day in _month_ends(runs._today(company)):
        ends = [("company_id", "=", company.id), ("is_past", "=", True)]
        known = runs.search([*ends, ("as_of", "=", day), ("state", "!=", "failed")])
        if "done" not in known.mapped("state"):
            _work(known[:1] or runs._enqueue(company, day))


def _month_ends(today):
    """Return the month ends before a day, the newest first."""
    days = []
    for _month in range(MONTHS):
        today = today.replace(day=1) - timedelta(days=1)
        days.append(today)
    return days


def _work(run):
    """Work off a run, as the cron does."""
    if run.state == "done":
        return
    run.env.cr.commit()
    start = perf_counter()
    run._execute()
    if run.state != "done":
        raise RuntimeError(run.message)
    seconds = perf_counter() - start
    print(f"{seconds:8.0f} s  {run.customer_count:>9,} {run.as_of}", file=sys.stderr)
