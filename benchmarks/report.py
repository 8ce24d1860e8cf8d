"""Turns what was measured into the table of RESULTS.md."""

import os
from pathlib import Path
from statistics import fmean, median

RESULTS = Path(__file__).with_name("RESULTS.md")
MARK = "<!-- measured -->"


def spread(values):
    """Return "median (min–max)".

    >>> spread([3.0, 1.0, 2.0])
    '2.00 (1.00–3.00)'
    """
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def ratio(above, below):
    """Return the ratio of two medians."""
    return median(above) / median(below)


def machine():
    """Return what the numbers depend on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{os.cpu_count()} cores, {pages / 2**30:.0f} GB"


def table(results, options):
    """Return the results as Markdown."""
    (few, _), (many, documents) = results["volume"]["sizes"]
    lines = [
        f"`scripts/bench --scale {options.scale}`: {many:,} customers, {documents:,}"
        f" documents; {machine()}; {results['seconds'] / 60:.0f} minutes in all,"
        f" {results['volume']['seconds'] / 60:.0f} of them to make the databases."
        f" Seconds: median (min–max) of {options.repeat}.",
        "",
        "| what | measured | ratio |",
        "| --- | --- | --- |",
    ]
    for name, rows in SECTIONS.items():
        if name in results:
            lines += [f"| {' | '.join(row)} |" for row in rows(results)]
    return "\n".join(lines).replace("{few}", f"{few:,}").replace("{many}", f"{many:,}")


def _full(results):
    full = results["full"]
    pairs = [r / f for r, f in zip(full["run"], full["floor"], strict=True)]
    yield "floor: bare read", spread(full["read"]), ""
    yield "floor: bare write", spread(full["write"]), ""
    yield "**floor**", spread(full["floor"]), "1"
    for step in ("gather", "compute", "store", "decide"):
        yield f"run: {step}", spread(full[step]), ""
    over = f"**{ratio(full['run'], full['floor']):.2f}** (of pairs: {spread(pairs)})"
    yield "**full run**", spread(full["run"]), over
    yield "revenue against the ledger", f"{full['ledger_difference']:.2f} apart", ""


def _memory(results):
    memory = results["memory"]
    run = f"{memory['run']:.0f} MB"
    yield "peak memory of the process", run, f"idle Odoo {memory['idle']:.0f} MB"


def _orm(results):
    names = {
        "loop": "customer by customer (ORM), scaled up from a sample",
        "read_group": "`_read_group`, ORM `write` scaled up from a sample",
    }
    for key, name in names.items():
        values = results["orm"][key]
        times = ""
        if "full" in results:
            times = f"{ratio(values, results['full']['run']):.0f} × the full run"
        yield name, spread(values), times


def _refresh(results):
    refresh = results["refresh"]
    ways = {"first": "as they come", "again": "once more"}
    for way, how in ways.items():
        small, large = refresh[f"small_{way}"], refresh[f"large_{way}"]
        for name, size, values in (
            ("small", "{few}", small),
            ("large", "{many}", large),
        ):
            documents = fmean(refresh[f"{name}_documents"])
            yield (
                f"refresh of 100 among {size}, {how} ({documents:.0f} documents)",
                spread(values),
                f"**{ratio(large, small):.2f}**" if name == "large" else "",
            )


def _screens(results):
    screens = results["screens"]
    names = {
        "list": "partner list, 80 rows",
        "form_quiet": f"partner form, {screens['quiet']} invoices",
        "form_busy": f"partner form, {screens['busy']} invoices",
    }
    for key, name in names.items():
        ours, bare = screens[key]
        yield (
            f"{name}: queries",
            f"{ours}, without our fields {bare}",
            f"+{ours - bare}",
        )


def _replica(results):
    replica = results["replica"]
    if "skipped" in replica:
        yield "streaming replica", f"skipped: {replica['skipped']}", ""
        return
    same = "the same" if replica["same_figures"] else "**different**"
    for key, name in (("alone", "none"), ("with_replica", "one on loopback")):
        rows = replica[key]
        where = f"rows read: primary {rows['primary']:,}, replica {rows['replica']:,}"
        yield f"streaming replica: {name}", where, f"figures {same}"


SECTIONS = {
    "full": _full,
    "memory": _memory,
    "orm": _orm,
    "refresh": _refresh,
    "screens": _screens,
    "replica": _replica,
}


def write(text):
    """Put the table below its mark in RESULTS.md."""
    head = RESULTS.read_text().split(MARK)[0]
    RESULTS.write_text(f"{head}{MARK}\n\n{text}\n")
