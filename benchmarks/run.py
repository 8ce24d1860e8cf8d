"""The measured comparisons of the add-on, as ratios within one run.

Called by ``scripts/bench``, which brings Odoo's configuration (ODOO_RC) and the server
(PGHOST, PGPORT, PGUSER). Makes two volume databases, one ten times the other, measures
in fresh processes, prints a table and, with ``--write``, puts it into RESULTS.md.
"""

import argparse
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from time import perf_counter

import databases
import replica
import report
import sections

SCALES = {  # (customers, documents) of the smaller and the larger database
    "small": ((2_000, 20_000), (20_000, 200_000)),
    "full": ((20_000, 200_000), (200_000, 2_000_000)),
}


def say(text):
    """Print a line of progress."""
    print(text, file=sys.stderr, flush=True)


def fresh(function, *args):
    """Return what ``function`` returns in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *args).result()


def measure(small, large, options):
    """Return {section: its results}; a section that fails ends the benchmark."""
    steps = {
        "full": partial(fresh, sections.full_runs, large, options.repeat),
        "memory": partial(fresh, sections.memory, large),
        "orm": partial(fresh, sections.orm, large, options.repeat, options.sample),
        "refresh": partial(fresh, sections.refresh, small, large, options.repeat),
        "screens": partial(fresh, sections.screens, large),
        "replica": partial(replica.compare, large, fresh, say),
    }
    results = {}
    for name, step in steps.items():
        if options.only and name not in options.only:
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
    parser.add_argument("--only", nargs="*", help="some sections only")
    parser.add_argument("--keep", action="store_true", help="keep the databases")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    return parser.parse_args()


def main():
    """Make the databases, measure, report."""
    options = parse()
    start = perf_counter()
    names = []
    try:
        for customers, documents in SCALES[options.scale]:
            names.append(databases.volume(customers, documents, fresh, say))
        made = perf_counter() - start
        results = measure(*names, options)
    finally:
        if not options.keep:
            databases.drop(*names)
    results["volume"] = {"seconds": made, "sizes": SCALES[options.scale]}
    results["seconds"] = perf_counter() - start
    text = report.table(results, options)
    print(text)
    if options.write:
        report.write(text)


if __name__ == "__main__":
    main()
