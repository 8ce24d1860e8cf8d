"""Lifetime value of a million simulated customers: the add-on's arithmetic and others.

The other packages live in an environment of their own, made when this section is asked
for; where it cannot be made, the result says so.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".run" / "bench-venv"
PACKAGES = Path(__file__).with_name("requirements-clv.txt")
WAYS = Path(__file__).with_name("clv_ways.py")
CUSTOMERS = 1_000_000
BUYING = (0.243, 4.414, 0.793, 2.426)  # CDNOW, Fader, Hardie and Lee (2005)
SPENDING = (6.25, 3.74, 15.44)  # CDNOW, Fader and Hardie (2013)
OLDEST = 104  # weeks
OTHERS = ("lifetimes", "pymc-marketing")


def compare(repeat, say):
    """Return what each way took, in turns, after one of each that does not count."""
    missing = _install(say)
    pythons = {"ours": sys.executable}
    if not missing:
        pythons.update(dict.fromkeys(OTHERS, str(VENV / "bin" / "python")))
    runs = {way: [] for way in pythons}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "customers.npz")
        np.savez(data, **_customers())
        for _time in range(repeat + 1):
            for way, python in pythons.items():
                runs[way].append(_run(python, way, data))
    skipped = {way: {"skipped": missing} for way in OTHERS if missing}
    return {**{way: _summary(counted[1:]) for way, counted in runs.items()}, **skipped}


def _customers():
    """Return x, t_x, T in weeks of whole days, and mean spend, as simulated."""
    sys.path.insert(0, str(ROOT / "crm_value" / "tests" / "forecast"))
    from clv_samples import simulated, simulated_spend

    found = simulated("bg", BUYING, CUSTOMERS, ages=(1 / 7, OLDEST))
    age = np.ceil(found.T * 7)
    last = np.minimum(np.ceil(found.t_x * 7), age)
    x = np.minimum(found.x, last)  # at most one purchase a day
    return {"x": x, "t_x": last / 7, "T": age / 7, "m": simulated_spend(SPENDING, x)}


def _install(say):
    """Make the environment if it is not there; return why not, None if it is."""
    stamp = VENV / "installed"
    wanted = hashlib.sha256(PACKAGES.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return None
    say(f"   installing the packages of {PACKAGES.name} (800 MB)")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--no-input"]
    pip += ["--disable-pip-version-check", "--no-deps", "-r", str(PACKAGES)]
    for command in ([sys.executable, "-m", "venv", "--clear", str(VENV)], pip):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            return f"not installed ({last})"
    stamp.write_text(wanted)
    return None


def _run(python, way, data):
    """Return the report of one way in a fresh process with one thread for BLAS."""
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    done = subprocess.run(
        [python, str(WAYS), way, str(data)],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            **dict.fromkeys(threads, "1"),
            "PYTENSOR_FLAGS": f"base_compiledir={VENV / 'pytensor'}",
        },
    )
    if done.returncode:
        raise RuntimeError(f"{way}: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _summary(runs):
    """Return seconds, in all and by step, the peak memory, what was found."""
    return {
        "seconds": [run["seconds"] for run in runs],
        "steps": {
            step: [run["steps"][step] for run in runs] for step in runs[0]["steps"]
        },
        "memory": max(run["memory"] for run in runs),
        **{name: runs[0].get(name) for name in ("theta", "means", "groups")},
    }
