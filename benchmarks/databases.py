"""Databases with the add-on installed and a company of a given size."""

import os
import subprocess
import sys
from contextlib import contextmanager, suppress

import psycopg2
import volume as filler

BASE = "crm_value_bench_base"
DONE = "filled by the benchmark"
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
    if _note(name) == DONE:
        return name
    drop(name)
    if _note(BASE) != DONE:
        _make_base(fresh, say)
    say(f"── {name}: {customers:,} customers, {documents:,} documents")
    subprocess.run(["createdb", "-T", BASE, name], check=True)
    connection = connect(name)
    filler.fill(connection, customers, documents, COMPANY, say)
    connection.close()
    execute("postgres", f"COMMENT ON DATABASE {name} IS '{DONE}'")
    return name


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
    subprocess.run(
        [sys.executable, "-m", "odoo", "-c", os.environ["ODOO_RC"], "-d", BASE]
        + ["-i", "crm_value", "--stop-after-init", "--no-http", "--log-level=error"]
        + ["--max-cron-threads=0"],
        check=True,
    )
    fresh(_load_accounts)
    execute("postgres", f"COMMENT ON DATABASE {BASE} IS '{DONE}'")


def _load_accounts():
    with environment(BASE) as env:
        company = env["res.company"].browse(COMPANY)
        if not company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", company, False)
        env.cr.commit()


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
