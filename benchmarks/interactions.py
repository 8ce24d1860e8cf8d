"""What a page of one customer's interactions costs; nothing is kept.

    odoo shell -d DATABASE < benchmarks/interactions.py

Gives a customer 10,000 interactions beside 100,000 messages of everybody else, and
reads pages as somebody who sees all documents: what PostgreSQL says it needs to plan
and run the one query that finds a page, the time with its records, and queries.
"""

from statistics import median
from time import perf_counter

from odoo.tools import SQL

OTHERS = 100_000
TIMES = 15
FILL = """
    INSERT INTO sale_order (name, partner_id, partner_invoice_id, partner_shipping_id,
                            company_id, state, date_order, user_id, currency_id)
    SELECT 'B' || n, %(p)s, %(p)s, %(p)s,
           %(company)s, 'sale', %(day)s, %(user)s, %(usd)s
      FROM generate_series(1, 2000) n;
    INSERT INTO crm_lead (name, type, partner_id, company_id, user_id, active, stage_id,
                          create_date)
    SELECT 'B' || n, 'opportunity', %(p)s, %(company)s, %(user)s, TRUE, 1, %(day)s
      FROM generate_series(1, 1500) n;
    INSERT INTO helpdesk_ticket (number, name, description, partner_id,
                                 commercial_partner_id, company_id, active, stage_id,
                                 channel_id, create_date)
    SELECT 'B' || n, 'B', 'B', %(p)s, %(p)s, %(company)s, TRUE, 1, 1, %(day)s
      FROM generate_series(1, 1500) n;
    INSERT INTO mail_activity (res_model, res_model_id, res_id, date_deadline, user_id,
                               active, activity_type_id)
    SELECT 'res.partner', model.id, %(p)s, %(day)s, %(user)s, n %% 2 = 0, 1
      FROM generate_series(1, 1000) n, ir_model model WHERE model.model = 'res.partner';
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, date, body,
                              subject, author_id)
    SELECT 'res.partner', %(p)s, 'comment', %(comment)s, %(day)s, 'B', 'B', %(p)s
      FROM generate_series(1, 2000) n;
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, date, body,
                              subject, author_id)
    SELECT 'sale.order', doc.id, 'email', %(comment)s, date_order, 'B', 'B', %(p)s
      FROM sale_order doc WHERE partner_id = %(p)s ORDER BY id DESC LIMIT 2000;
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, date, body,
                              subject)
    SELECT 'sale.order', 1000000 + n %% 5000, 'email', %(comment)s, %(day)s, 'B', 'B'
      FROM generate_series(1, %(others)s) n;
"""
DAY = "(now() AT TIME ZONE 'UTC' - n * '3 hours'::interval)"


def fill(env):
    """Return a customer with 10,000 interactions."""
    company = env.ref("base.main_company")
    customer = env["res.partner"].create({"name": "Ten Thousand", "is_company": True})
    values = {
        "p": customer.id,
        "company": company.id,
        "usd": company.currency_id.id,
        "user": env.ref("base.user_admin").id,
        "comment": env.ref("mail.mt_comment").id,
        "others": OTHERS,
    }
    env.flush_all()
    env.cr.execute(FILL.replace("%(day)s", DAY), values)
    env.cr.execute("ANALYZE")
    env.invalidate_all()
    return customer


def reader(env):
    """Return a salesperson who sees everybody's documents."""
    groups = (
        "sales_team.group_sale_salesman_all_leads",
        "helpdesk_mgmt.group_helpdesk_user",
    )
    return env["res.users"].create(
        {
            "name": "Reader",
            "login": "interactions_reader",
            "group_ids": [(4, env.ref(name).id) for name in groups],
        }
    )


def sql_time(interactions, partner, **asked):
    """Return the milliseconds in which PostgreSQL plans and runs a page's query."""
    page = interactions._page_sql(
        interactions._all(), interactions._ask(partner, **asked)
    )
    cr = interactions.env.cr
    cr.execute(SQL("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) %s", page))
    return sum(float(row.split()[2]) for (row,) in cr.fetchall()[-2:])


def measure(partner, **asked):
    """Print the medians of reading a page: found by the one query, told in words."""
    interactions = partner.env["crm.value.interaction"]
    found, whole, queries = [], [], []
    for _time in range(TIMES):
        found.append(sql_time(interactions, partner, **asked))
        partner.env.invalidate_all()
        before, start = partner.env.cr.sql_log_count, perf_counter()
        lines, _more = interactions._interactions(partner, **asked)
        whole.append(perf_counter() - start)
        queries.append(partner.env.cr.sql_log_count - before)
    print(
        f"{len(lines)} lines {asked}: "
        f"found in {min(found):.1f} to {median(found):.1f} ms, "
        f"told in {1000 * median(whole):.1f} ms, {median(queries):.0f} queries"
    )
    return lines


def walk(env):
    """Measure the first page, one far down, a kind and a channel."""
    partner = fill(env).with_user(reader(env))
    lines = measure(partner)
    for _page in range(3):
        lines = measure(partner, before=lines[-1]["key"])
    measure(partner, before=["2026-01-05T00:00:00", "mail", 10**9])
    measure(partner, limit=10)
    measure(partner, channels=[1])
    start = perf_counter()
    print(partner.env["crm.value.interaction"]._say_habits(partner))
    print(f"habits in {1000 * (perf_counter() - start):.1f} ms")


walk(env)  # noqa: F821, the shell's
env.cr.rollback()  # noqa: F821
