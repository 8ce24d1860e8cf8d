"""Fills a database with a company of any size, by the SQL of ``volume.sql``."""

import re
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

SCRIPT = Path(__file__).with_name("volume.sql")
BIG = (
    "res_partner",
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
    "sale_order",
    "sale_order_line",
    "sale_order_line_invoice_rel",
    "crm_lead",
    "survey_user_input",
    "survey_user_input_line",
)


def fill(connection, customers, invoices, company, say):
    """Make the documents, with indexes and foreign keys put back afterwards.

    :param connection: psycopg2 connection to a database with the add-on installed
    :param say: called with a line of progress
    """
    values = {"customers": customers, "invoices": invoices, "company": company}
    with connection, connection.cursor() as cr:
        cr.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
        cr.execute("SET max_parallel_workers_per_gather = 0; SELECT setseed(0.19)")
        with _bare_tables(cr, say):
            for title, statement in _steps():
                start = perf_counter()
                cr.execute(statement, values)
                seconds = perf_counter() - start
                if seconds > 1:
                    say(f"{seconds:8.0f} s  {cr.rowcount:>9,} {title}")
    connection.autocommit = True
    with connection.cursor() as cr:
        cr.execute("VACUUM (ANALYZE)")


def _steps():
    """Return (title, statement) of the script; the title is the latest comment's."""
    title = ""
    for statement in re.split(r";\n", SCRIPT.read_text()):
        comments = re.findall(r"^-- (.*)$", statement, re.MULTILINE)
        title = comments[-1] if comments else title
        code = re.sub(r"^--.*$", "", statement, flags=re.MULTILINE).strip()
        if code:
            yield title, code


@contextmanager
def _bare_tables(cr, say):
    """Drop secondary indexes and foreign keys of the big tables, make them again."""
    cr.execute(
        """
        SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass,
                      conname),
               format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass,
                      conname, pg_get_constraintdef(oid))
          FROM pg_constraint
         WHERE contype = 'f' AND conrelid = ANY(%(tables)s::regclass[])
         UNION ALL
        SELECT format('DROP INDEX %%s', indexrelid::regclass),
               pg_get_indexdef(indexrelid)
          FROM pg_index
         WHERE indrelid = ANY(%(tables)s::regclass[]) AND NOT indisprimary
           AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """,
        {"tables": list(BIG)},
    )
    commands = cr.fetchall()
    for drop, _add in commands:
        cr.execute(drop)
    yield
    cr.execute("RESET max_parallel_workers_per_gather")
    start = perf_counter()
    for _drop, add in commands:
        cr.execute(add)
    say(
        f"{perf_counter() - start:8.0f} s  {len(commands):>9,} indexes and foreign keys"
    )
