"""Command behind ``scripts/track-record``: the record of files, or of everything."""

import argparse
import json
import sys
from dataclasses import replace

import purchase_files
import track_record
import track_report
import track_table


def arguments():
    """Return what the command was asked."""
    parser = argparse.ArgumentParser("scripts/track-record", description=TELL)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print plain data")
    parser.add_argument("--every", type=int, help="months between two cutoffs")
    parser.add_argument("--months", type=int, help="how far forecasts look; 12")
    parser.add_argument(
        "--write",
        action="store_true",
        help="run simulated companies too, and write benchmarks/TRACK-RECORD.md",
    )
    asked = parser.parse_args()
    return asked if asked.files or asked.write else parser.error("no file is named")


TELL = """What would have been foretold of the customers of each FILE at past month
ends, and what came: csv or csv.gz with a customer, a date and an amount,
under these or usual other names, or the layout of CDNOW's sample."""


def main():
    """Print the track record of the files, each for itself; or write the report."""
    asked = arguments()
    try:
        if asked.write:
            track_report.write(asked.files, lambda text: print(text, file=sys.stderr))
        else:
            show(asked)
    except purchase_files.Unreadable as error:
        sys.exit(str(error))


def show(asked):
    """Print the records; plain data of several files by their names."""
    months = asked.months or track_record.RULES.horizon_months
    rules = replace(track_record.RULES, horizon_months=months)
    plain = {}
    for path in asked.files:
        found = _found(path, asked, rules)
        plain[path] = track_record.plain(found)
        if not asked.json:
            print(track_table.text(path, found))
    if asked.json:
        one = len(plain) == 1
        print(json.dumps(plain[asked.files[0]] if one else plain, indent=2))


def _found(path, asked, rules):
    """Return the record of one file; as plain data also that of nothing, all unknown."""
    try:
        lines = purchase_files.read_for_judging(path)
    except purchase_files.Unjudgeable as error:
        if not asked.json:
            raise
        print(error, file=sys.stderr)
        return {"cuts": [], "pooled": {}}
    return track_record.record(
        track_record.roll(*lines, rules=rules, every=asked.every)
    )


if __name__ == "__main__":
    main()
