"""Which capability takes how long, and how much memory, in a run and in a refresh.

The product says nothing of it: the methods of the add-on's models are wrapped here. The
time between two changes of capability belongs to the one at work, and so does what
PostgreSQL does for it; arithmetic belongs to the capability that asks for it. What
another thread does meanwhile costs who waits for it.
"""

from collections import defaultdict
from contextlib import contextmanager, suppress
from functools import partial, wraps
from pathlib import Path
from random import Random
from threading import get_ident
from time import perf_counter
from types import FunctionType

import databases
import sections

PHASES = ("gather", "learn", "compute", "store", "decide", "rest")
VERBS = {  # the flow's methods, and the steps', that begin a phase
    "_prepare": "gather",
    "_gather": "gather",
    "_fit": "learn",
    "_recall_all": "learn",
    "_compute": "compute",
    "_store": "store",
    "_decide": "decide",
}
OURS = ["odoo", "addons", "crm_value"]


class Shares:
    """A stopwatch that knows who is at work."""

    def __init__(self):
        self.seconds = defaultdict(float)
        self.peaks = defaultdict(float)
        self.at_work = [("other", "rest")]
        self.since = perf_counter()
        self.thread = get_ident()

    def of(self, work):
        """Return the seconds and the peak megabytes of some work, by who was at it."""
        _peak_since()  # what was before
        before = _peak_since()
        self.__init__()
        work()
        self.switch()
        peaks = {seat: max(peak - before, 0) for seat, peak in self.peaks.items()}
        return {"seconds": dict(self.seconds), "megabytes": peaks}

    def switch(self):
        """Book the time since the last change on whoever was at work."""
        now, seat = perf_counter(), self.at_work[-1]
        self.seconds[seat] += now - self.since
        if now - self.since > 0.001:
            self.peaks[seat] = max(self.peaks[seat], _peak_since())
            now = perf_counter()
        self.since = now

    @contextmanager
    def working(self, capability, verb):
        """Let a capability be at work, in a phase that its verb may begin."""
        before, phase = self.at_work[-1]
        if phase == "rest":
            phase = VERBS.get(verb, phase)
        if (capability, phase) == (before, self.at_work[-1][1]):
            yield
            return
        self.switch()
        self.at_work.append((capability, phase))
        try:
            yield
        finally:
            self.switch()
            self.at_work.pop()

    def wrapped(self, capability, function):
        """Return a method that says whose it is while it works."""

        @wraps(function)
        def method(*args, **kwargs):
            if get_ident() != self.thread:
                return function(*args, **kwargs)
            with self.working(capability, function.__name__):
                return function(*args, **kwargs)

        return method


def _peak_since():
    """Return the peak memory in megabytes since it was asked for last, on Linux."""
    peak = 0.0
    with suppress(OSError):
        status = Path("/proc/self/status").read_text()
        peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
        Path("/proc/self/clear_refs").write_text("5")
    return peak


@contextmanager
def _watched(env):
    """Yield a Shares that hears of every method of the add-on's models."""
    shares, originals = Shares(), []
    classes = {base for model in env.registry.values() for base in model.mro()}
    for owner in classes:
        parts = owner.__module__.split(".")
        if parts[:3] != OURS or len(parts) < 6:
            continue
        for name, function in list(vars(owner).items()):
            if isinstance(function, FunctionType) and not name.startswith("__"):
                originals.append((owner, name, function))
                setattr(owner, name, shares.wrapped(parts[4], function))
    try:
        yield shares
    finally:
        for owner, name, function in originals:
            setattr(owner, name, function)


def measure(db):
    """Return the shares of a full run and of a refresh: {what: {seat: number}}."""
    found = {}
    with databases.environment(db) as env:
        sections.score(env)  # what happens once happens here
        partners = sections.some_customers(env, Random(19))
        sections.refresh_of(env, partners)
        with _watched(env) as shares:
            found["run"] = shares.of(partial(sections.score, env))
            sections.mark(env, partners)
            found["refresh"] = shares.of(env["crm.value.run"]._cron_refresh)
    return found
