"""What is measured. Every function runs in a process of its own and returns numbers."""

import random
import resource
from contextlib import contextmanager
from time import perf_counter

import databases
import floor
import naive

STALE = 100
ROWS = 80


@contextmanager
def stopwatch(seconds):
    """Append the seconds of the block to a list."""
    start = perf_counter()
    yield
    seconds.append(perf_counter() - start)


def score(env):
    """Ask for a run of the company and work it off, as the cron does."""
    company = env["res.company"].browse(databases.COMPANY)
    run = env["crm.value.run"]._request(company)
    env.cr.commit()
    run._execute()
    if run.state != "done":
        raise RuntimeError(run.message)
    return run


def full_runs(db, repeat):
    """Full runs and the floor in turns, after one of each that does not count.

    Between them the profiles are vacuumed, as autovacuum does between two nights. What
    follows a run, once its figures are there, is measured once.
    """
    vacuum = ("VACUUM ANALYZE crm_value_profile",)
    seconds = {"run": [], "read": [], "write": []}
    with databases.environment(db) as env:
        score(env)
        columns, content = floor.result(env.cr)
        env.cr.commit()
        steps = {}
        for _time in range(repeat + 1):
            databases.execute(db, *vacuum)
            with stopwatch(seconds["run"]):
                run = score(env)
            for step in run.step_ids:
                steps.setdefault(step.code, []).append(step.seconds)
            databases.execute(db, *vacuum)
            cr = env.cr._obj
            seconds["read"].append(floor.read(cr, databases.COMPANY, run.as_of))
            cr.connection.commit()
            seconds["write"].append(floor.write(cr, columns, content))
        after = []
        with stopwatch(after):
            run._follow_up()
            env.cr.commit()
        difference = ledger(env) - run.revenue_total
        customers = run.customer_count
    steps["floor"] = [
        r + w for r, w in zip(seconds["read"], seconds["write"], strict=True)
    ]
    measured = {name: values[1:] for name, values in {**seconds, **steps}.items()}
    return {
        **measured,
        "after": after,
        "customers": customers,
        "ledger_difference": round(difference, 2),
    }


def ledger(env):
    """Return the net of all posted customer documents, as the journal items have it."""
    env.cr.execute(
        """
        SELECT -SUM(line.balance) FROM account_move_line line
          JOIN account_move move ON move.id = line.move_id
         WHERE move.company_id = %s AND move.state = 'posted'
           AND move.move_type IN ('out_invoice', 'out_refund')
           AND line.display_type = 'product'
        """,
        [databases.COMPANY],
    )
    return float(env.cr.fetchone()[0])


def memory(db):
    """Peak memory of the process in megabytes: Odoo loaded, and after a full run."""
    with databases.environment(db) as env:
        idle = peak()
        score(env)
        return {"idle": idle, "run": peak()}


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def orm(db, repeat, sample):
    """Seconds of the two ways one would write first, scaled up to all customers.

    The loop handles ``sample`` random customers. ``_read_group`` reads everything;
    its writes are measured on ten samples' worth of profiles.
    """
    draw = random.Random(19)
    loop, grouped = [], []
    with databases.environment(db) as env:
        company = env["res.company"].browse(databases.COMPANY)
        profiles = env["crm.value.profile"].search([("company_id", "=", company.id)])
        for _time in range(repeat):
            some = profiles.browse(draw.sample(profiles.ids, sample))
            env.invalidate_all()
            spent = []
            with stopwatch(spent):
                naive.loop(env, company, some)
            loop.append(spent[0] * len(profiles) / sample)
            env.cr.rollback()
            env.invalidate_all()
            spent = []
            with stopwatch(spent):
                figures = naive.read_groups(env, company)
            some = profiles.browse(draw.sample(profiles.ids, 10 * sample))
            with stopwatch(spent):
                naive.write(some, figures)
            grouped.append(spent[0] + spent[1] * len(profiles) / len(some))
            env.cr.rollback()
    return {"loop": loop, "read_group": grouped}


def refresh(small, large, repeat):
    """Seconds to refresh random stale customers, in both databases in turns."""
    draw = random.Random(19)
    results = {}
    with (
        databases.environment(small) as few,
        databases.environment(large) as many,
    ):
        for env in (few, many):
            if not env["crm.value.profile"].search_count([], limit=1):
                score(env)
        databases.warm(small)
        databases.warm(large)
        for _time in range(3 * repeat + 1):
            for name, env in (("small", few), ("large", many)):
                for key, value in _refresh_some(env, draw).items():
                    results.setdefault(f"{name}_{key}", []).append(value)
    return {name: values[1:] for name, values in results.items()}


def _refresh_some(env, draw):
    """Return what refreshing some customers took, at first and once more."""
    partners = some_customers(env, draw)
    seconds = [refresh_of(env, partners) for _time in range(2)]
    documents = env["account.move"].search_count(
        [("partner_id", "child_of", partners.ids), ("state", "=", "posted")]
    )
    return {"first": seconds[0], "again": seconds[1], "documents": documents}


def some_customers(env, draw):
    """Return random customers of the company."""
    profiles = env["crm.value.profile"].search([("company_id", "=", databases.COMPANY)])
    some = profiles.browse(draw.sample(profiles.ids, STALE))
    return env["res.partner"].browse(some.partner_id.ids)


def refresh_of(env, partners):
    """Return the seconds of a refresh of some customers, as the cron does it."""
    seconds = []
    mark(env, partners)
    with stopwatch(seconds):
        env["crm.value.run"]._cron_refresh()
    return seconds[0]


def mark(env, partners):
    """Mark customers as if their documents had changed; nothing of them is cached."""
    company = env["res.company"].browse(databases.COMPANY)
    env["crm.value.stale"]._mark(partners, company)
    env.cr.commit()
    env.invalidate_all()


def screens(db):
    """Queries of the partner list and form, with and without the add-on's fields."""
    with databases.environment(db) as env:
        user = env.ref("base.user_admin")
        user.group_ids |= env.ref("crm_value.group_officer")
        env = env(user=user.id)
        sizes = env["account.move"]._read_group(
            [("move_type", "=", "out_invoice")],
            ["commercial_partner_id"],
            ["__count"],
            order="__count",
        )
        busiest, quietest = sizes[-1], sizes[0]
        rows = [partner.id for partner, _count in sizes[:ROWS]]
        result = {
            "list": _queries(env, "list", rows),
            "form_quiet": _queries(env, "form", quietest[0].ids),
            "form_busy": _queries(env, "form", busiest[0].ids),
            "quiet": quietest[1],
            "busy": busiest[1],
        }
        env.cr.rollback()
        return result


def _queries(env, view_type, ids):
    """Return queries to read the fields of a view: (all of them, without ours)."""
    fields = env["res.partner"].get_views([(False, view_type)])["models"]["res.partner"]
    fields = fields["fields"]
    ours = {name for name in fields if name.startswith("value_")}
    names = {"form": set(fields), "list": LIST | ours}[view_type]
    return [_count(env, names, ids), _count(env, names - ours, ids)]


LIST = {"complete_name", "email", "phone", "user_id", "city", "country_id"}


def _count(env, names, ids):
    partners = env["res.partner"].browse(ids)
    specification = {name: {} for name in names}
    partners.web_read(specification)  # warms what is cached for all requests
    env.invalidate_all()
    before = env.cr.sql_log_count
    partners.web_read(specification)
    return env.cr.sql_log_count - before
