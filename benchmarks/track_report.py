"""Writes TRACK-RECORD.md: simulated companies whose truth is known, and real files."""

from pathlib import Path
from time import perf_counter

import companies
import numpy as np
import purchase_files
import track_record
import track_table
from analytics.forecast import fitting

REPORT = Path(__file__).with_name("TRACK-RECORD.md")
FITS = 100  # of money, each of another seed
ROWS = (
    ("name", "", "{}"),
    ("customers", "customers", "{:,}"),
    ("cuts", "cut-offs", "{}"),
    ("rules", "rules in force", "{}"),
    ("coverage", "inside 80 %", "{:.1%}"),
    ("span", "lowest–highest", "{}"),
    ("coverage_one_time", "one-time", "{:.1%}"),
    ("coverage_repeat", "repeat", "{:.1%}"),
    ("rmse_purchases", "RMSE purchases", "{:.3f}"),
    ("rmse_purchases_naive", "naive", "{:.3f}"),
    ("worse_purchases", "worse at", "{}"),
    ("bias_purchases", "bias", "{:+.1%}"),
    ("rmse_money", "RMSE money", "{:,.1f}"),
    ("rmse_money_naive", "naive", "{:,.1f}"),
    ("worse_money", "worse at", "{}"),
    ("bias_money", "bias", "{:+.1%}"),
)
OTHERS = (
    ("name", "", "{}"),
    ("risk_auc", "AUC risk", "{:.3f}"),
    ("risk_auc_days", "days", "{:.3f}"),
    ("risk_auc_count", "count", "{:.3f}"),
    ("risk_auc_no_purchase", "P(none)", "{:.3f}"),
    ("risk_behind", "surely behind", "{}"),
    ("risk_compared", "of", "{}"),
    ("risk_brier", "Brier risk", "{:.4f}"),
    ("risk_brier_no_purchase", "P(none)", "{:.4f}"),
    ("lost_share", "lost at most", "{:.1%}"),
    ("lost_back_90", "back in 90 days", "{:.1%}"),
    ("lost_back_365", "365", "{:.1%}"),
    ("decline_share", "decline at most", "{:.1%}"),
    ("decline_back_90", "back in 90 days", "{:.1%}"),
    ("decline_back_365", "365", "{:.1%}"),
    ("typical_alive", "a fit moved P(alive)", "{:.3f}"),
    ("moved_alive", "at most", "{:+.3f}"),
    ("typical_lost", "lost", "{:.3f}"),
    ("moved_lost", "at most", "{:+.3f}"),
    ("typical_equity", "equity", "{:.1%}"),
    ("moved_equity", "at most", "{:+.1%}"),
    ("seconds", "seconds", "{:.0f}"),
)
WORSE = 1.01  # times the naive rule's error
TOP = """\
# Track record

What would have been foretold at past month ends, everything learnt before each, against
what came. Written by `scripts/track-record --write FILE…`; `docs/method.md` says how
each figure comes about, `benchmarks/companies.py` how the companies are drawn.

*Inside*: share of customers inside the 80 % interval, by the randomised probability
transform. *Naive*: the better of "as in the last equally long period" and "as in the
same season a year ago". *Worse at*: cut-offs at which the error is more than 1 % above
the naive rule's. *Lost*, *decline at most*: largest share called so at a cut-off.
*Surely behind*: plain orders (days, few bought, P(none)) of single cut-offs that were
better than the risk's by two standard errors, paired over customers; of so many.
*A fit moved*: what a new fit alone changed, the customers as they stood, in the median
and at most.
"""


def write(files, say):
    """Run everything and write the report; ``say`` is told what is being done."""
    sources = [
        *((name, companies.simulate(c)) for name, c in companies.COMPANIES.items()),
        *((_plain_name(path), purchase_files.read(path)) for path in files),
    ]
    rows, details = [], []
    for name, lines in sources:
        say(name)
        begin = perf_counter()
        found = track_record.record(track_record.roll(*lines))
        rows.append(_row(name, lines, found, perf_counter() - begin))
        if name in map(_plain_name, files):
            details.append(f"## {name}\n\n```\n{track_table.text(name, found)}```")
    parts = [TOP, _markdown(ROWS, rows), _markdown(OTHERS, rows), _money(say)]
    REPORT.write_text("\n\n".join(p.strip() for p in parts + details) + "\n")


def _plain_name(path):
    return Path(path).name


def _row(name, lines, found, seconds):
    """Return the pooled scores of one source, and how many cutoffs were worse."""
    cuts = found["cuts"]
    inside = [cut["coverage"] for cut in cuts]
    return {
        **found["pooled"],
        "name": name,
        "customers": int(np.unique(lines[0]).size),
        "cuts": len(cuts),
        "rules": ", ".join(sorted({cut["rule"] for cut in cuts})),
        "span": f"{min(inside):.0%}–{max(inside):.0%}",
        "seconds": seconds,
        **{
            f"worse_{what}": sum(
                cut[f"rmse_{what}"] > WORSE * cut[f"rmse_{what}_naive"] for cut in cuts
            )
            for what in ("purchases", "money")
        },
    }


def _markdown(columns, rows):
    """Return a table of markdown."""
    lines = [[title for _name, title, _form in columns], ["---"] * len(columns)]
    for row in rows:
        lines.append([track_table.cell(row.get(n), form) for n, _t, form in columns])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _money(say):
    """Return how often the mean money that a fit learnt is near the sample's."""
    lines = []
    for sd in (1.0, 1.5):
        say(f"money with sd {sd}, {FITS} fits")
        ratios = [
            learnt_spend(companies.Company(customers=200, sd=sd, seed=seed))
            for seed in range(FITS)
        ]
        near = np.mean([1 / 1.5 <= ratio <= 1.5 for ratio in ratios])
        lines.append(
            f"Money of a purchase as learnt ÷ as it was, lognormal with sd {sd}, 200 "
            f"customers, {FITS} companies: {near:.0%} within a factor of 1.5, from "
            f"{min(ratios):.2f} to {max(ratios):.2f}."
        )
    return "\n\n".join(lines)


def learnt_spend(company):
    """Return the mean money of a purchase as learnt ÷ that of all purchases."""
    lines = companies.simulate(company)
    last, rules = int(lines[1].max()), track_record.RULES
    days = track_record.days_until(*lines, last, rules)
    learnt, _card = fitting.fit(days, last, rules)
    return track_record.spend_of(learnt, days)
