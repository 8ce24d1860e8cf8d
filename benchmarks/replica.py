"""A real streaming replica on loopback, and a full run that reads from it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import databases
import psycopg2
import sections

ROWS_READ = "SELECT tup_returned FROM pg_stat_database WHERE datname = %s"
FIGURES = """
    SELECT md5(string_agg(figures::text, ',' ORDER BY partner_id)), COUNT(*)
      FROM (SELECT partner_id,
                   to_jsonb(profile) - '{run_id,write_date}'::text[] AS figures
              FROM crm_value_profile profile) profiles
"""


def compare(db, fresh, say):
    """Run on the primary, then with a replica; return where rows were read, and if the
    figures are the same."""
    owner = _owner(db)
    if not owner:
        return {"skipped": "a replica needs the private server of scripts/setup"}
    with _standby(owner, say) as port:
        servers = {"primary": {}, "replica": {"host": "127.0.0.1", "port": port}}
        options = ("--db_replica_host=127.0.0.1", f"--db_replica_port={port}")
        alone = _observe(db, servers, fresh, ())
        both = _observe(db, servers, fresh, options)
    return {
        "alone": alone["rows"],
        "with_replica": both["rows"],
        "gather": [alone["gather"], both["gather"]],
        "same_figures": alone["figures"] == both["figures"],
    }


def _observe(db, servers, fresh, options):
    """Score once; return rows read on each server, seconds of reading, a digest."""
    before = {name: _rows_read(db, server) for name, server in servers.items()}
    gather = fresh(_score, db, options)
    sleep(2)  # the servers publish their counters once a second
    after = {name: _rows_read(db, server) for name, server in servers.items()}
    return {
        "rows": {name: after[name] - before[name] for name in servers},
        "gather": gather,
        "figures": databases.execute(db, FIGURES),
    }


def _score(db, options):
    """Return the seconds a run took to gather."""
    with databases.environment(db, *options) as env:
        steps = sections.score(env).step_ids
        return steps.filtered(lambda step: step.code == "gather").seconds


def _rows_read(db, server):
    connection = psycopg2.connect(dbname="postgres", **server)
    with connection.cursor() as cr:
        cr.execute(ROWS_READ, [db])
        rows = cr.fetchone()[0]
    connection.close()
    return rows


def _owner(db):
    """Return the account of the server's files if we may copy them, else None."""
    try:
        connection = psycopg2.connect(dbname=db, user="postgres")
    except psycopg2.OperationalError:
        return None
    with connection.cursor() as cr:
        cr.execute("SHOW data_directory")
        folder = Path(cr.fetchone()[0])
    connection.close()
    return pwd.getpwuid(folder.stat().st_uid) if folder.exists() else None


@contextmanager
def _standby(owner, say):
    """Copy the server, start the copy as its streaming standby, yield its port."""
    folder = Path(tempfile.mkdtemp(prefix="crm_value_replica"))
    if os.geteuid() == 0:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    settings += " -c shared_buffers=256MB"
    control = [_program("pg_ctl"), "-D", data, "-s", "-w"]
    try:
        say("   copying the server …")
        copy = [_program("pg_basebackup"), "-U", "postgres", "-D", data, "-R"]
        _run(owner, [*copy, "-X", "stream", "-c", "fast"])
        _run(owner, [*control, "-o", settings, "-l", folder / "log", "start"])
        yield port
    finally:
        if data.exists():
            _run(owner, [*control, "-m", "fast", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _program(name):
    """Return the newest of PostgreSQL's programs with that name."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name) or next(str(f / name) for f in folders if f.exists())


def _run(owner, command, check=True):
    """Run a command as the owner of the server's files."""
    account = {"user": owner.pw_uid, "group": owner.pw_gid} if not os.geteuid() else {}
    subprocess.run(command, check=check, cwd="/", stdout=subprocess.DEVNULL, **account)
