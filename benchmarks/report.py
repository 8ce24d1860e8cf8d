"""Turns what was measured into the tables of RESULTS.md."""

import os
import re
from pathlib import Path
from statistics import fmean, median

import calls
import suggestions
import walk
from shares import PHASES

RESULTS = Path(__file__).with_name("RESULTS.md")
PLACE = "(<!-- measured: {name} -->\n).*?(<!-- end of {name} -->\n)"


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


def tables(results, options):
    """Return {name: Markdown} of the tables of which something was measured."""
    heads = {
        "company": _company_head,
        "shares": _shares_head,
        "suggestions": _suggestions_head,
        "clv": _clv_head,
    }
    found = {}
    for name, sections in TABLES.items():
        rows = [r for s in sections if s in results for r in sections[s](results)]
        if rows:
            lines = [*heads[name](results, options)]
            lines.append("|" + " --- |" * (lines[-1].count("|") - 1))
            lines += [f"| {' | '.join(row)} |" for row in rows]
            found[name] = "\n".join(lines)
    return found


def _company_head(results, options):
    volume = results["volume"]
    (_few, _), (many, documents) = volume["sizes"]
    yield (
        f"`scripts/bench --scale {options.scale}`: {many:,} customers, {documents:,}"
        f" documents; {machine()}; {volume['seconds'] / 60:.0f} minutes in all,"
        f" {volume['made'] / 60:.0f} of them to make the databases."
        f" Seconds: median (min–max) of {options.repeat}."
    )
    yield "\n| what | measured | ratio |"


def _shares_head(results, options):
    (_few, _), (many, _) = results["volume"]["sizes"]
    yield (
        f"`scripts/bench --scale {options.scale}`: a full run of {many:,} customers and"
        f" a refresh of 100 of them, once each; {machine()}. Seconds by phase; memory:"
        " the peak while the capability is at work, above that before."
    )
    yield f"\n| what | {' | '.join(PHASES)} | **all** | share | memory |"


def _suggestions_head(results, options):
    yield f"`scripts/bench --only suggestions --scale {options.scale}`; {machine()}."
    yield "\n| what | time | memory, queries |"


def _clv_head(results, options):
    groups = results["clv"]["ours"]["groups"]
    yield (
        f"`scripts/bench --only clv`: 1,000,000 customers, {groups:,} different"
        f" histories; {machine()}. Seconds: median (min–max) of {options.repeat}."
    )
    yield "\n| what | seconds | peak memory, ratio |"


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
    yield "after it: sums of month ends, data quality", spread(full["after"]), ""
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
    (few, _), (many, _) = results["volume"]["sizes"]
    ways = {"first": "as they come", "again": "once more"}
    for way, how in ways.items():
        small, large = refresh[f"small_{way}"], refresh[f"large_{way}"]
        for name, size, values in (
            ("small", few, small),
            ("large", many, large),
        ):
            documents = fmean(refresh[f"{name}_documents"])
            yield (
                f"refresh of 100 among {size:,}, {how} ({documents:.0f} documents)",
                spread(values),
                f"**{ratio(large, small):.2f}**" if name == "large" else "",
            )


def _queries(results):
    screens = results["queries"]
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


def _shares(results):
    """Yield a row a capability, the dearest first, and their sum."""
    for work, found in results["shares"].items():
        seconds, peaks = found["seconds"], found["megabytes"]
        total = sum(seconds.values())
        names = {name for name, _phase in seconds}
        sums = {n: sum(s for (m, _p), s in seconds.items() if m == n) for n in names}
        for name in sorted(names, key=sums.get, reverse=True):
            peak = max((p for (n, _p), p in peaks.items() if n == name), default=0)
            phases = [f"{seconds.get((name, phase), 0):.3f}" for phase in PHASES]
            share = f"{100 * sums[name] / total:.0f} %"
            whole = (f"{sums[name]:.3f}", share, f"{peak:.0f} MB")
            yield f"{work}: {name}", *phases, *whole
        phases = [sum(s for (_n, p), s in seconds.items() if p == at) for at in PHASES]
        peak = f"{max(peaks.values(), default=0):.0f} MB"
        yield f"**{work}**", *(f"{s:.3f}" for s in phases), f"{total:.3f}", "", peak


def _clv(results):
    ours = results["clv"]["ours"]
    for step, seconds in ours["steps"].items():
        yield f"ours: {STEPS[step]}", spread(seconds), ""
    yield "**ours, all steps**", spread(ours["seconds"]), f"{ours['memory']:.0f} MB"
    for name, other in results["clv"].items():
        if name == "ours":
            continue
        if "skipped" in other:
            yield name, f"skipped: {other['skipped']}", ""
            continue
        times = ratio(other["seconds"], ours["seconds"])
        apart = max(
            abs(b / a - 1)
            for key in ("theta", "means")
            for a, b in zip(ours[key], other[key], strict=True)
        )
        yield (
            name,
            f"{spread(other['seconds'])}, {median(other['steps']['fit']):.2f} of them"
            " the fit of buying",
            f"{other['memory']:.0f} MB, **{times:.0f}** × ours",
        )
        yield f"{name}: results apart by at most", f"{100 * apart:.3f} %", ""


STEPS = {
    "fit": "fit of buying",
    "group": "groups of equal histories",
    "alive": "P(alive)",
    "purchases": "E[X(52 weeks)]",
    "fit spend": "fit of spending",
    "spend": "expected spend",
}
TABLES = {
    "company": {
        "full": _full,
        "memory": _memory,
        "orm": _orm,
        "refresh": _refresh,
        "queries": _queries,
        "screens": walk.rows,
        "calls": calls.rows,
        "replica": _replica,
    },
    "shares": {"shares": _shares},
    "suggestions": {"suggestions": suggestions.rows},
    "clv": {"clv": _clv},
}
OF_COMPANY = [*TABLES["company"], *TABLES["shares"], *TABLES["suggestions"]]
ALL = [section for sections in TABLES.values() for section in sections]


def write(tables, wanted, say):
    """Put the tables that are complete into their places in RESULTS.md."""
    text = RESULTS.read_text()
    for name, table in tables.items():
        if not set(TABLES[name]) <= set(wanted):
            say(f"Some sections of the table {name} are missing: it is not written.")
            continue
        place = re.compile(PLACE.format(name=name), re.DOTALL)
        text, found = place.subn(lambda m, t=table: f"{m[1]}\n{t}\n\n{m[2]}", text)
        if found != 1:
            raise ValueError(f"{RESULTS.name} has no place for the table {name}")
    RESULTS.write_text(text)
