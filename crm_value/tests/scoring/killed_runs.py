"""Scoring that is killed half-way: the program behind test_kill.

It works in a scratch database with real commits. Each attempt is a process of its own,
so that SIGKILL ends it as a crash would: without a rollback, a handler or a goodbye.
"""

import itertools
import json
import os
import signal
import sys
import time

import killed_points

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.sql_db import close_db, db_connect
from odoo.tools import config

COUNTS = {
    "profiles": "SELECT COUNT(*) FROM crm_value_profile",
    "snapshots": "SELECT COUNT(*) FROM crm_value_snapshot",
    "running": "SELECT COUNT(*) FROM crm_value_run WHERE state = 'running'",
    "done": "SELECT COUNT(*) FROM crm_value_run WHERE state = 'done'",
    "failed": "SELECT COUNT(*) FROM crm_value_run WHERE state = 'failed'",
    "stale": "SELECT COUNT(*) FROM crm_value_stale",
    "woken": """SELECT COUNT(*) FROM ir_cron_trigger
        JOIN ir_model_data data ON data.res_id = cron_id AND model = 'ir.cron'
        WHERE data.name = 'ir_cron_score'""",
    "double": """SELECT COUNT(*) FROM (
        SELECT FROM crm_value_snapshot GROUP BY company_id, date, origin_id, month_end
        HAVING COUNT(*) > 1) AS groups""",
    "missing": """SELECT COUNT(*) FROM crm_value_transaction purchase
        JOIN res_partner ON res_partner.id = purchase.partner_id
        WHERE NOT EXISTS (SELECT FROM crm_value_profile profile
            WHERE profile.partner_id = res_partner.commercial_partner_id
              AND profile.company_id = purchase.company_id)""",
    "waiting": """SELECT COUNT(*) FROM crm_value_playbook_start
        WHERE state = 'waiting'""",
    "steps": "SELECT COUNT(*) FROM crm_value_playbook_step",
    "activities": """SELECT COUNT(*) FROM mail_activity
        WHERE summary LIKE 'Diagnosis%'""",
    "planned": "SELECT COUNT(*) FROM crm_value_contact WHERE state = 'planned'",
    "sent": "SELECT COUNT(*) FROM crm_value_contact WHERE state = 'sent'"
    " AND campaign_member_id IS NULL",  # those of the demo's campaigns
    "mails": """SELECT COUNT(*) FROM mail_mail
        JOIN mail_message ON mail_message.id = mail_mail.mail_message_id
        WHERE subject LIKE 'Have we%'""",
    "points": """SELECT COALESCE(SUM(points), 0) FROM loyalty_card
        WHERE value_ledger AND active""",
    "movements": """SELECT COUNT(*) FROM loyalty_history
        JOIN loyalty_card card ON card.id = card_id
        WHERE value_kind IS NOT NULL AND card.active""",
    "invited": """SELECT COUNT(*) FROM crm_value_invitation
        WHERE state = 'sent' AND event_key NOT LIKE 'demo %'""",
    "inviting": """SELECT COUNT(*) FROM crm_value_invitation
        WHERE state = 'planned'""",
    "opened": """SELECT COUNT(*) FROM survey_user_input
        JOIN survey_survey ON survey_survey.id = survey_id
        WHERE value_company_id IS NOT NULL AND deadline IS NOT NULL""",
    "survey_mails": """SELECT COUNT(*) FROM mail_mail
        JOIN mail_message ON mail_message.id = mail_mail.mail_message_id
        WHERE model = 'crm.value.invitation'""",
}
START = "crm.value.playbook.start"
INVITATION = "crm.value.invitation"
OWN_COLUMNS = "id run_id create_date write_date create_uid write_uid".split()


def sql(query, fetch=True):
    """Return all rows of a query, in a transaction and a connection of its own."""
    with db_connect(DB).cursor() as cr:
        cr.execute(query)
        rows = cr.fetchall() if fetch else None
    close_db(DB)
    return rows


def state():
    return {name: sql(query)[0][0] for name, query in COUNTS.items()}


def rows(table):
    """Return the rows of a table as text, without what differs from run to run."""
    minus = " ".join(f"- '{column}'" for column in OWN_COLUMNS)
    query = f"SELECT (to_jsonb(t) {minus})::text FROM {table} t ORDER BY 1"
    return [row[0] for row in sql(query)]


def halt_at(env, model, method, after, time_to_halt=1):
    """Let a method report that it is reached, and stop there until told to go on."""
    original = getattr(type(env[model]), method)
    calls = itertools.count(1)

    def halted(self, *args, **kwargs):
        if next(calls) < time_to_halt:
            return original(self, *args, **kwargs)
        if after:
            original(self, *args, **kwargs)
            self.env.flush_all()
        os.write(REPORT, b"!")
        os.read(GO, 1)
        if not after:
            return original(self, *args, **kwargs)
        return None

    setattr(type(env[model]), method, halted)


def attempt(work, point=None):
    """Do ``work`` in a process; with a point, kill it there. Return how it ended."""
    listen, _go, process = start(work, point)
    reached = os.read(listen, 1) == b"!"
    if reached:
        os.kill(process, signal.SIGKILL)
    _process, status = os.waitpid(process, 0)
    os.close(listen)
    wait_for_the_end()
    return {"reached": reached, "status": status, **state()}


def start(work, point=None):
    """Begin ``work`` in a process; return what tells, what lets go on, and its id."""
    global REPORT, GO  # one process, one pair of pipes
    listen, REPORT = os.pipe()
    GO, go = os.pipe()
    process = os.fork()
    if not process:
        try:
            with Registry(DB).cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                if point:
                    halt_at(env, *point)
                retrying(lambda: work(env), env)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(REPORT)
    return listen, go, process


def together(first, second, point):
    """Do two works at once: the second runs into the first, which then goes on."""
    listen, go, one = start(first, point)
    reached = os.read(listen, 1) == b"!"
    _listen, _go, two = start(second)
    blocked = wait_for_a_lock()
    os.write(go, b"!")
    statuses = [os.waitpid(process, 0)[1] for process in (one, two)]
    wait_for_the_end()
    return {"reached": reached, "blocked": blocked, "status": statuses, **state()}


def wait_for_a_lock():
    """Wait until one transaction waits for another; return whether it does."""
    waiting = """SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'"""
    deadline = time.monotonic() + 20
    while not (found := sql(waiting)[0][0]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(found)


def wait_for_the_end():
    """Wait until the server has noticed that its client is gone."""
    others = """SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()"""
    deadline = time.monotonic() + 20
    while sql(others)[0][0] and time.monotonic() < deadline:
        time.sleep(0.05)


def buy(env):
    """Give some customers purchases that reach back for months."""
    customers = env["res.partner"].create(
        [{"name": f"Killed {at}", "is_company": True} for at in range(5)]
    )
    today = env["crm.value.run"]._today(env.company)
    env["crm.value.transaction"].create(
        [
            {
                "partner_id": customer.id,
                "amount": 10 * at + days / 7,
                "date": f"{today.year - 1}-{1 + days % 12:02}-{1 + days % 28:02}",
                "source_key": f"killed {at} {days}",
            }
            for at, customer in enumerate(customers)
            for days in range(3, 40, 6)
        ]
    )


def buy_again(env):
    customer = env["res.partner"].search([("name", "=", "Killed 1")], limit=1)
    env["crm.value.transaction"].create(
        {"partner_id": customer.id, "amount": 5, "source_key": "killed again"}
    )


def score(env):
    env["crm.value.run"]._cron_score()


def refresh(env):
    env["crm.value.run"]._cron_refresh()


def start_playbooks(env):
    """Start a playbook with a mail for the five customers, as if by hand."""
    playbook = env.ref("crm_value.playbook_declining")
    playbook.write({"send_mail": True, "mail_delay": 0})
    customers = env["res.partner"].search([("name", "like", "Killed %")])
    for customer in customers:
        customer.email = f"killed{customer.id}@example.com"
    profiles = env["crm.value.profile"].search(
        [("partner_id", "in", customers.ids), ("company_id", "=", env.company.id)]
    )
    env[START]._begin_by_hand(playbook, profiles)


def work(env):
    for model in (START, "crm.value.contact"):
        type(env[model])._batch_size = 2
    env[START]._cron_playbook()
    env["crm.value.contact"]._cron_contact()


def kill_playbooks():
    report = {"asked": attempt(start_playbooks)}
    for name, point in (
        ("within steps", ("crm.value.playbook.step", "create", True)),
        ("second batch", (START, "_plan_mails", True, 2)),
        ("within mails", ("mail.template", "send_mail_batch", True, 2)),
    ):
        report[name] = attempt(work, point)
    report["worked off"] = attempt(work)
    report["worked again"] = attempt(work)
    return report


def kill_points():
    report = {"paid": attempt(killed_points.prepare)}
    points = killed_points.POINTS
    for name, point in (
        ("within a batch", (points, "_book_earned", True)),
        ("second batch", (points, "_book_earned", True, 2)),
    ):
        report[name] = attempt(killed_points.work, point)
    report["settled"] = attempt(killed_points.work)
    report["settled again"] = attempt(killed_points.work)
    report["quoted"] = attempt(killed_points.quote)
    report["race"] = killed_points.race(Registry(DB))
    close_db(DB)
    report["after the race"] = state()
    return report


def invite(env):
    """Close a ticket of each customer under a rule that asks at once."""
    env["crm.value.invitation.rule"].search([]).running = False  # those of the demo
    rule = env.ref("crm_value.invitation_rule_ticket").copy(
        {"company_id": env.company.id, "wait_days": 0, "person_days": 0}
    )
    rule.running = True
    stages = env["helpdesk.ticket.stage"]
    unsolved = stages.search([("closed", "=", False)], limit=1)
    solved = stages.search([("closed", "=", True)], limit=1)
    customers = env["res.partner"].search([("name", "like", "Killed %")])
    tickets = env["helpdesk.ticket"].create(
        [
            {
                "name": "Help",
                "description": "Please",
                "partner_id": customer.id,
                "stage_id": unsolved.id,
                "company_id": env.company.id,
            }
            for customer in customers
        ]
    )
    tickets.stage_id = solved


def work_invitations(env):
    type(env[INVITATION])._batch_size = 2
    env[INVITATION]._cron_invitation()


def kill_invitations():
    report = {"planned": attempt(invite)}
    for name, point in (
        ("within batch", (INVITATION, "_mail", True)),
        ("third batch", (INVITATION, "_mail", False, 3)),
    ):
        report[name] = attempt(work_invitations, point)
    report["worked off"] = attempt(work_invitations)
    report["worked again"] = attempt(work_invitations)
    return report


def close_two(env):
    """Close two tickets of one customer, whom a rule asks once in a month."""
    rules = env["crm.value.invitation.rule"]
    rules.search([("running", "=", True)]).running = False
    customer = env["res.partner"].create(
        {"name": "Together", "is_company": True, "email": "together@example.com"}
    )
    stages = env["helpdesk.ticket.stage"]
    tickets = env["helpdesk.ticket"].create(
        [
            {
                "name": "Help",
                "description": "Please",
                "partner_id": customer.id,
                "stage_id": stages.search([("closed", "=", False)], limit=1).id,
                "company_id": env.company.id,
            }
            for _at in range(2)
        ]
    )
    tickets.stage_id = stages.search([("closed", "=", True)], limit=1)
    env.ref("crm_value.invitation_rule_ticket").copy(
        {"name": "Together", "company_id": env.company.id, "wait_days": 0}
    ).running = True


def plan_two(env):
    rule = env["crm.value.invitation.rule"].search([("name", "=", "Together")])
    tickets = env["helpdesk.ticket"].search([("partner_id.name", "=", "Together")])
    env[INVITATION]._plan_rule(rule, env[INVITATION]._since(rule), tickets.ids)


def send(at):
    """Return the work of sending one of the two."""

    def work(env):
        two = env[INVITATION].search([("rule_id.name", "=", "Together")], order="id")
        two[at]._work_safely("_send")

    return work


def invite_at_once():
    """Plan the same two events in two transactions, then send each in its own."""
    attempt(close_two)
    return {
        "start": state(),
        "planned": together(plan_two, plan_two, (INVITATION, "_plan_rule", True)),
        "sent": together(send(0), send(1), (INVITATION, "_mail", True)),
        "worked off": attempt(work_invitations),
    }


def forget_everything(env):
    for model in ("transition", "snapshot", "profile", "run"):
        env.cr.execute(f"DELETE FROM crm_value_{model}")


def watch(env):
    env.cr.execute("DELETE FROM ir_cron_trigger")
    env["crm.value.watch"]._cron_watch()


def kill_for_ever():
    """Kill a run in each of its attempts; look whether the watchdog wakes the cron."""
    attempt(forget_everything)
    within = ("crm.value.run", "_set_aside_bad", False)
    report = {str(at): attempt(score, within) for at in range(1, 6)}
    report["watched"] = attempt(watch)
    report["given up"] = attempt(score)
    report["at rest"] = attempt(watch)
    return report


def main():
    store, run = "crm.value.store", "crm.value.run"
    attempt(forget_everything)
    attempt(buy)
    report = {"start": state()}
    for name, point in (
        ("after gather", (run, "_set_aside_bad", False)),
        ("within store", (store, "_store_profiles", True)),
        ("before the end", (run, "_finish", False)),
        ("within history", (store, "_store_snapshots", True)),
    ):
        report[name] = attempt(score, point)
    report["finished"] = attempt(score)
    report["refreshed"] = attempt(refresh)
    tables = ("crm_value_profile", "crm_value_snapshot", "crm_value_transition")
    interrupted = [rows(table) for table in tables]
    attempt(buy_again)
    report["within refresh"] = attempt(refresh, ("crm.value.stale", "_forget", False))
    report["refreshed again"] = attempt(refresh)
    sql_again = "DELETE FROM crm_value_transaction WHERE source_key = 'killed again'"
    attempt(lambda env: env.cr.execute(sql_again))
    attempt(forget_everything)
    attempt(score)
    report["control"] = attempt(refresh)
    report["same"] = [rows(table) for table in tables] == interrupted
    report["playbooks"] = kill_playbooks()
    report["invitations"] = kill_invitations()
    report["at once"] = invite_at_once()
    report["points"] = kill_points()
    report["for ever"] = kill_for_ever()
    return report


if __name__ == "__main__":
    DB = sys.argv[1]
    config.parse_config([*sys.argv[2:], "--database", DB, "--log-level=error"])
    Registry(DB)
    close_db(DB)
    sys.stdout.write(json.dumps(main()) + "\n")
