"""Databases with the add-on installed and a company of a given size."""

import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import history
import psycopg2
import volume as filler

BASE = "crm_value_bench_base"
DONE = "filled by the benchmark, with a history"
COMPANY = 1


def connect(name, **options):
    """Return a connection to a database of the server in PGHOST, PGPORT, PGUSER."""
    return psycopg2.connect(dbname=name, **options)


def execute(name, *statements, **options):
    """Run statements outside a transaction; return the rows of the last."""
    connection = connect(name, **options)
    connection.autocommit = True
    with connection.cursor() as cr:
        for statement in statements:
            cr.execute(statement)
        rows = cr.fetchall() if cr.description else []
    connection.close()
    return rows


def warm(name):
    """Read a database's files once, so that the disk is not measured; if we may."""
    with suppress(psycopg2.Error):
        execute(
            name,
            "CREATE EXTENSION IF NOT EXISTS pg_prewarm",
            "SELECT SUM(pg_prewarm(oid, 'read')) FROM pg_class"
            " WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace",
            user="postgres",
        )


def drop(*names):
    """Drop databases if they exist."""
    for name in names:
        subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)


def volume(customers, documents, fresh, say):
    """Return the name of a database of that size, made if it is not there."""
    name = f"crm_value_bench_{customers}"
    if _is_ready(name, say):
        fresh(_make_history, name)  # what was interrupted, or a month that has ended
        return name
    drop(name)
    if not _is_ready(BASE, say):
        _make_base(fresh, say)
    say(f"── {name}: {customers:,} customers, {documents:,} documents")
    subprocess.run(["createdb", "-T", BASE, name], check=True)
    connection = connect(name)
    filler.fill(connection, customers, documents, COMPANY, say)
    connection.close()
    fresh(_make_history, name)
    _mark(name)
    return name


def _is_ready(name, say):
    """Return whether a database is there; bring it up to the add-on of today."""
    note = _note(name) or ""
    if not note.startswith(DONE):
        return False
    if note != f"{DONE} {_addon()}":
        say(f"── {name}: upgrading the add-on")
        _odoo(name, "-u")
        _mark(name)
    return True


def _mark(name):
    """Note on a database that it is complete, and with which add-on."""
    execute("postgres", f"COMMENT ON DATABASE {name} IS '{DONE} {_addon()}'")


@cache
def _addon():
    """Return a digest of what makes the tables and views of the add-on."""
    digest = hashlib.sha256()
    for path in sorted((Path(__file__).parents[1] / "crm_value").rglob("*")):
        if path.suffix in (".py", ".xml", ".csv") and "tests" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _note(name):
    """Return the comment of a database, None if there is no such database."""
    rows = execute(
        "postgres",
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        f" WHERE datname = '{name}'",
    )
    return rows[0][0] if rows else None


def _make_base(fresh, say):
    """Install the add-on, and a chart of accounts for the documents to stand on."""
    say(f"── {BASE}: Odoo with the add-on")
    drop(BASE)
    _odoo(BASE, "-i")
    fresh(_load_accounts)
    _mark(BASE)


def _odoo(name, option):
    """Install (-i) or upgrade (-u) the add-on."""
    subprocess.run(
        [sys.executable, "-m", "odoo", "-c", os.environ["ODOO_RC"], "-d", name]
        + [option, "crm_value", "--stop-after-init", "--no-http", "--log-level=error"]
        + ["--max-cron-threads=0"],
        check=True,
    )


def _load_accounts():
    with environment(BASE) as env:
        company = env["res.company"].browse(COMPANY)
        if not company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", company, False)
        env.cr.commit()


def _make_history(name):
    with environment(name) as env:
        history.make(env, COMPANY)
    execute(name, "VACUUM (ANALYZE)")


@contextmanager
def environment(name, *options):
    """Yield a superuser's environment on a database, in a process of its own."""
    from odoo import api
    from odoo.orm.registry import Registry
    from odoo.tools import config

    import odoo.addons  # noqa: F401 the path of the add-ons

    arguments = ["-c", os.environ["ODOO_RC"], "-d", name, "--log-level=error"]
    config.parse_config([*arguments, *options])
    with Registry(name).cursor() as cr:
        yield api.Environment(cr, api.SUPERUSER_ID, {})
