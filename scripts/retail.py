"""Load a purchase history into a company of its own and score it.

Run by ``scripts/run --retail FILE`` inside ``odoo shell``, which provides ``env``. It
does what a consultant does with the import wizard, and prints what the README shows. A
second start with the same file adds nothing.
"""

import os
from time import perf_counter

from odoo.tools.date_utils import end_of, start_of, subtract

NAME = "Online Retail"
MONTHS = 12


def company_in_pounds(env):
    """Return the company of the file; the administrator works in it from now on."""
    company = env["res.company"].search([("name", "=", NAME)], limit=1)
    if not company:
        env.ref("base.GBP").active = True
        company = env["res.company"].create(
            {"name": NAME, "currency_id": env.ref("base.GBP").id}
        )
    env.ref("base.user_admin").write(
        {"company_ids": [(4, company.id)], "company_id": company.id}
    )
    env.cr.commit()
    return company


def request_history(env, company, last):
    """Ask for runs of today, of the file's last day and of the month ends before it."""
    runs = env["crm.value.run"]
    runs._request(company)
    run = runs._request(company, last)
    day = last
    for _month in range(MONTHS):
        day = end_of(subtract(start_of(day, "month"), days=1), "month")
        runs._request(company, day)
    env.cr.commit()
    return run


def report(run):
    """Print the totals and the ten most valuable customers of a run for a past day."""
    print(
        f"As of {run.as_of}: {run.buyer_count:,} customers, revenue "
        f"{run.revenue_total:,.2f}; {run.pareto_percent:.1%} of them make 80 %."
    )
    print("customer   value  quadrant  R F M  segment               revenue")
    snapshots = run.env["crm.value.snapshot"]
    for row in snapshots.search([("run_id", "=", run.id)], limit=10):
        print(
            f"{row.partner_id.ref:10} {row.value_score:5.1f}  {row.quadrant:8}  "
            f"{row.rfm_r} {row.rfm_f} {row.rfm_m}  {row.rfm_segment.name:18} "
            f"{row.revenue_total:>12,.2f}"
        )


def load(env, path):
    """Import the file, score it, and say how long each took."""
    company = company_in_pounds(env)
    start = perf_counter()
    done = env["crm.value.import"]._import_file(path, company)
    env.cr.commit()
    imported = perf_counter()
    purchases = env["crm.value.transaction"]
    [[last, total, count]] = purchases._read_group(
        [("company_id", "=", company.id)], [], ["date:max", "amount:sum", "__count"]
    )
    if not count:
        raise SystemExit(f"Nothing was imported. {done.message or ''}")
    print(
        f"{done.state}: {count:,} lines, net {total:,.2f} {company.currency_id.name}, "
        f"in {imported - start:.0f} s"
    )
    run = request_history(env, company, last)
    env["crm.value.run"]._work_queue()
    print(f"Scored in {run.seconds:.1f} s.")
    report(run)


load(env, os.environ["CRM_VALUE_RETAIL"])  # noqa: F821 - odoo shell provides env
env.cr.commit()  # noqa: F821
