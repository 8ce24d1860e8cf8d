"""The least that any way of scoring must do: read the rows, write the result.

Read: ``floor.sql``, one aggregate a source. Write: the very profiles a run has stored,
by a bare COPY into a temporary table and one upsert of all their columns.
"""

import io
import re
from pathlib import Path
from time import perf_counter

SCRIPT = Path(__file__).with_name("floor.sql")
KEY = ("company_id", "partner_id")


def statements():
    """Return the queries of the bare read."""
    code = re.sub(r"^--.*$", "", SCRIPT.read_text(), flags=re.MULTILINE)
    return [query for query in code.split(";") if query.strip()]


def read(cr, company, as_of):
    """Return the seconds of the bare read, its result fetched as COPY gives it."""
    start = perf_counter()
    for query in statements():
        query = cr.mogrify(query, {"company": company, "as_of": as_of}).decode()
        cr.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", io.BytesIO())
    return perf_counter() - start


def result(cr):
    """Return (columns, binary COPY) of the stored profiles."""
    cr.execute(
        "SELECT attname FROM pg_attribute"
        " WHERE attrelid = 'crm_value_profile'::regclass AND attnum > 0"
        " AND NOT attisdropped AND attname <> 'id' ORDER BY attnum"
    )
    columns = [row[0] for row in cr.fetchall()]
    content = io.BytesIO()
    cr.copy_expert(
        f"COPY (SELECT {', '.join(columns)} FROM crm_value_profile)"
        " TO STDOUT (FORMAT binary)",
        content,
    )
    return columns, content


def write(cr, columns, content):
    """Return the seconds of the bare write, commit included."""
    content.seek(0)
    names = ", ".join(columns)
    updates = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in KEY)
    start = perf_counter()
    cr.execute(
        "CREATE TEMP TABLE floor ON COMMIT DROP AS"
        f" SELECT {names} FROM crm_value_profile LIMIT 0"
    )
    cr.copy_expert(f"COPY floor ({names}) FROM STDIN (FORMAT binary)", content)
    cr.execute(
        f"INSERT INTO crm_value_profile ({names}) SELECT {names} FROM floor"
        f" ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {updates}"
    )
    cr.connection.commit()
    return perf_counter() - start
