"""What suggestions cost: learning from all lines by night, asking for them by day.

The volume databases have invoices and orders of 500 products; two lines in five
have none.
What is bought is drawn, so that this says nothing of how good suggestions are.
"""

import random
from datetime import date
from statistics import median, quantiles
from time import perf_counter

import databases
import sections

ASKED = 200  # customers
LINES = """
SELECT (SELECT COUNT(*) FROM account_move_line WHERE display_type = 'product')
     + (SELECT COUNT(*) FROM sale_order_line)
"""


def measure(db, repeat):
    """Return seconds of learning, megabytes, and milliseconds of asking."""
    with databases.environment(db) as env:
        company = env["res.company"].browse(databases.COMPANY)
        rows, before = env["crm.value.likeness"], sections.peak()
        seconds = []
        for _time in range(repeat + 1):
            with sections.stopwatch(seconds):
                rows._learn(company, date.today())
                env.cr.commit()
        [(lines,)] = databases.execute(db, LINES)
        return {
            "lines": lines,
            "pairs": rows.search_count([]),
            "learn": seconds[1:],
            "megabytes": sections.peak() - before,
            "ask": _asking(env, company),
        }


def _asking(env, company):
    """Return the milliseconds and queries of suggestions for random customers."""
    partners = env["res.partner"].search([], limit=50_000)
    draw, found = random.Random(19), []
    for customer in draw.sample(partners.ids, ASKED):
        env.invalidate_all()
        queries, start = env.cr.sql_log_count, perf_counter()
        env["crm.value.offer"].get_suggestions(False, customer, company.id)
        found.append((1000 * (perf_counter() - start), env.cr.sql_log_count - queries))
    env.cr.rollback()
    return found


def rows(results):
    """Yield the rows of the table."""
    found = results["suggestions"]
    times, queries = zip(*found["ask"], strict=True)
    lines, pairs = found["lines"], found["pairs"]
    yield (
        f"learning from {lines:,} lines: {pairs:,} pairs kept",
        f"{median(found['learn']):.1f} s",
        f"{found['megabytes']:.0f} MB above idle",
    )
    yield (
        f"suggestions for a quotation, {len(times)} customers",
        f"p50 {median(times):.0f} ms, p95 {quantiles(times, n=20)[-1]:.0f} ms",
        f"{min(queries)} to {max(queries)} queries",
    )
