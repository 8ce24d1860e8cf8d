"""Dump what the add-on finds in the demo data, a file a kind and moment.

Run by ``scripts/same-figures`` inside ``odoo shell``, which provides ``env``. A row is
a line of JSON: records are named by external id or name, as ids depend on the order of
loading; moments of the clock are left out.
"""

import json
import os
from collections import Counter
from pathlib import Path

from odoo.tools import SQL

FOLDER = Path(os.environ["CRM_VALUE_SAME"])
KINDS = (
    "benefit",
    "contact",
    "decision",
    "ending",
    "fit",
    "membership",
    "override",
    "playbook.start",
    "profile",
    "run",
    "snapshot",
    "transition",
    "wallet",
)
UNEQUAL = {"id", "seconds", "token", "access_token", "source_key"}
EXPLAINED = 60  # customers
CHANGED_EVERY = 12  # a new purchase for each so many-th customer


def names_of(env, model, ids):
    """Return {id: external id, else name} of records."""
    records = env[model].sudo().browse(ids).exists()
    outside = records.get_external_id()
    return {r.id: outside[r.id] or r.display_name for r in records}


def shown_fields(env, model):
    """Return the stored fields whose values do not hang on ids or the clock."""
    return {
        name: field
        for name, field in env[model]._fields.items()
        if field.store
        and field.column_type
        and field.type not in ("datetime", "binary")
        and name not in UNEQUAL | {"create_uid", "write_uid"}
    }


def referred(env, table, name, comodel):
    """Return {id: name} of all records that a column refers to."""
    column = SQL.identifier(name)
    env.cr.execute(SQL("SELECT DISTINCT %s FROM %s", column, table))
    return names_of(env, comodel, [row[0] for row in env.cr.fetchall() if row[0]])


def rows_of(env, model):
    """Yield the records of a model as plain lines, some thousands at a time."""
    fields = shown_fields(env, model)
    table = SQL.identifier(env[model]._table)
    env.flush_all()
    names = {
        name: referred(env, table, name, field.comodel_name)
        for name, field in fields.items()
        if field.type == "many2one"
    }
    last = 0
    while True:
        env.cr.execute(
            SQL(
                "SELECT id, to_jsonb(t) FROM %s t WHERE id > %s ORDER BY id LIMIT 2000",
                table,
                last,
            )
        )
        found = env.cr.fetchall()
        if not found:
            return
        last = found[-1][0]
        for _id, row in found:
            kept = {
                name: names[name].get(row[name]) if name in names else row[name]
                for name in fields
            }
            yield json.dumps(kept, sort_keys=True, default=str)


def write(moment, kind, lines):
    with (FOLDER / f"{moment}-{kind}.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in sorted(lines))


def dump(env, moment):
    for kind in KINDS:
        write(moment, kind, rows_of(env, f"crm.value.{kind}"))


def buy_again(env):
    """Record new purchases, through the ORM, and refresh those who made them."""
    profiles = env["crm.value.profile"].search([], order="company_id, as_of")
    profiles = profiles.sorted(lambda p: (p.company_id.id, p.partner_id.name or ""))
    env["crm.value.transaction"].create(
        [
            {
                "partner_id": profile.partner_id.id,
                "company_id": profile.company_id.id,
                "currency_id": profile.company_id.currency_id.id,
                "amount": 150.0 + 37 * at,
                "amount_original": 150.0 + 37 * at,
                "source_key": f"same-figures {at}",
            }
            for at, profile in enumerate(profiles[::CHANGED_EVERY])
        ]
    )
    env.cr.commit()
    env["crm.value.run"]._cron_refresh()
    env.cr.commit()


def preview(env):
    """Return what the dialog says that publishes a policy with other weights."""
    company = env.ref("base.main_company")
    policy = env["crm.value.policy"].search(
        [("company_id", "=", company.id), ("state", "=", "published")], limit=1
    )
    draft = policy.copy()
    draft.write({"value_weight": 0.9, "window_days": 180})
    fields = env["crm.value.policy.publish"]._fields
    wizard = env["crm.value.policy.publish"].with_context(default_policy_id=draft.id)
    values = wizard.default_get(list(fields))
    env.cr.rollback()
    values.pop("policy_id", None)
    lines = Counter()
    for name, value in values.items():
        for line in value if isinstance(value, list) else [value]:
            lines[f"{name}: {json.dumps(line, sort_keys=True, default=str)}"] += 1
    return [f"{count} × {line}" for line, count in sorted(lines.items())]


def explain(env):
    """Return why the value changed and how the life went, for some customers."""
    profiles = env["crm.value.profile"].search([])
    profiles = profiles.sorted(lambda p: (p.company_id.id, p.partner_id.name or ""))
    for profile in profiles[:: max(1, len(profiles) // EXPLAINED)]:
        said = {"change": profile.get_change(), "timeline": profile.get_timeline()}
        name = profile.partner_id.name
        yield json.dumps({"customer": name, **said}, sort_keys=True, default=str)


def main(env):
    env["crm.value.run"]._work_queue()
    env.cr.commit()
    dump(env, "full")
    if os.environ.get("CRM_VALUE_STORED"):
        return
    buy_again(env)
    dump(env, "refresh")
    write("policy", "preview", preview(env))
    write("customer", "explained", explain(env))
    if os.environ.get("CRM_VALUE_RETAIL"):
        script = Path(os.environ["CRM_VALUE_TREE"], "scripts", "retail.py")
        exec(compile(script.read_text(), script, "exec"), {"env": env})
        dump(env, "retail")


main(env)  # noqa: F821 - odoo shell provides env
