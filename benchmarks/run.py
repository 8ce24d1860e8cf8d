"""The measured comparisons of the add-on, as ratios within one run.

Called by ``scripts/bench``, which brings Odoo's configuration (ODOO_RC) and the server
(PGHOST, PGPORT, PGUSER). Makes two volume databases, one ten times the other, measures
in fresh processes, prints tables and, with ``--write``, puts them into RESULTS.md: each
table whose sections were all measured.
"""

import argparse
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from time import perf_counter

import calls
import clv_compare
import databases
import replica
import report
import sections
import shares
import suggestions
import walk

SCALES = {  # (customers, documents) of the smaller and the larger database
    "small": ((2_000, 20_000), (20_000, 200_000)),
    "full": ((20_000, 200_000), (200_000, 2_000_000)),
    "huge": ((200_000, 2_000_000), (1_000_000, 10_000_000)),  # some 40 GB of disk
}


def say(text):
    """Print a line of progress."""
    print(text, file=sys.stderr, flush=True)


def fresh(function, *args):
    """Return what ``function`` returns in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *args).result()


def company(wanted, options):
    """Return {section: its results} of those that need the volume databases."""
    start, names = perf_counter(), []
    try:
        for customers, documents in SCALES[options.scale]:
            names.append(databases.volume(customers, documents, fresh, say))
        made = perf_counter() - start
        results = measure(_company_steps(*names, options), wanted)
    finally:
        if not options.keep:
            databases.drop(*names)
    sizes, seconds = SCALES[options.scale], perf_counter() - start
    results["volume"] = {"made": made, "sizes": sizes, "seconds": seconds}
    return results


def _company_steps(small, large, options):
    return {
        "full": partial(fresh, sections.full_runs, large, options.repeat),
        "memory": partial(fresh, sections.memory, large),
        "orm": partial(fresh, sections.orm, large, options.repeat, options.sample),
        "refresh": partial(fresh, sections.refresh, small, large, options.repeat),
        "queries": partial(fresh, sections.screens, large),
        "screens": partial(fresh, walk.walk, large),
        "calls": partial(fresh, calls.measure, large),
        "replica": partial(replica.compare, large, fresh, say),
        "shares": partial(fresh, shares.measure, large),
        "suggestions": partial(fresh, suggestions.measure, large, options.repeat),
    }


def measure(steps, wanted):
    """Return {section: its results}; a section that fails ends the benchmark."""
    results = {}
    for name, step in steps.items():
        if name not in wanted:
            continue
        start = perf_counter()
        say(f"── {name}")
        results[name] = step()
        say(f"   {results[name]} ({perf_counter() - start:.0f} s)")
    return results


def parse():
    """Return the command line's options."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="full")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each (5)")
    parser.add_argument(
        "--sample", type=int, default=100, help="customers a loop (100)"
    )
    parser.add_argument(
        "--only", nargs="+", choices=report.ALL, help="some sections only"
    )
    parser.add_argument("--keep", action="store_true", help="keep the databases")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    return parser.parse_args()


def main():
    """Make the databases if a section needs them, measure, report."""
    options = parse()
    wanted = options.only or report.ALL
    results = {}
    if set(wanted) & set(report.OF_COMPANY):
        results.update(company(wanted, options))
    steps = {"clv": partial(clv_compare.compare, options.repeat, say)}
    results.update(measure(steps, wanted))
    tables = report.tables(results, options)
    print("\n\n".join(tables.values()))
    if options.write:
        report.write(tables, wanted, say)


if __name__ == "__main__":
    main()
