from odoo.tools import SQL

# Models whose rows name another model in a field of text.
SETTINGS = [
    ("ir.ui.view", "model"),
    ("ir.actions.act_window", "res_model"),
    ("ir.actions.report", "model"),
    ("ir.filters", "model_id"),
    ("ir.exports", "resource"),
    ("ir.embedded.actions", "parent_res_model"),
    ("res.users.settings.embedded.action", "res_model"),
    ("base_import.mapping", "res_model"),
    ("mail.activity.plan", "res_model"),
    ("mail.scheduled.message", "model"),
    ("rating.rating", "res_model"),
]


def post_init_hook(env):
    """Give every company its rules, and score the history that is already there.

    Numbers of contacts are read anew: Odoo keeps them as typed where it lacked the
    package that reads them.
    """
    env["res.groups"]._value_use_all()
    companies = env["res.company"].search([])
    env["crm.value.template"]._ensure_all(companies)
    env["res.partner"]._value_sanitize_phones()
    for company in companies:
        env["crm.value.run"]._request(company)


def uninstall_hook(env):
    """Keep what others stand on: customers and products of posted invoices, answers.

    Odoo would try to delete them with the module, and fail for each. The results go
    first: what they refer to could not be deleted, and plans of playbooks would stay.
    """
    ours = _own_tables(env)
    _let_go(env, ours)
    _delete_results(env, ours)
    _delete_settings(env)
    env.invalidate_all()
    data = env["ir.model.data"].search([("module", "=", "crm_value")])
    _keep_answered_surveys(env, data)
    data = data.exists()
    by_model = data.grouped("model")
    partners = by_model.get("res.partner", data.browse()).mapped("res_id")
    moves = env["account.move"].search([("commercial_partner_id", "in", partners)])
    products = moves.line_ids.product_id
    kept = {
        "res.partner": (moves.partner_id | moves.commercial_partner_id).ids,
        "product.product": products.ids,
        "product.template": products.product_tmpl_id.ids,
    }
    for model, ids in kept.items():
        records = by_model.get(model, data.browse())
        records.filtered(lambda record, ids=ids: record.res_id in ids).unlink()


def _own_tables(env):
    """Return the tables of the add-on's models, and those that link to them."""
    own = [model for model in env.values() if model._original_module == "crm_value"]
    names = {model._name for model in own}
    return {model._table for model in own if not model._abstract} | {
        field.relation
        for model in env.values()
        for field in model._fields.values()
        if field.type == "many2many" and field.store and not field.manual
        if model._name in names or field.comodel_name in names
    }


def _let_go(env, ours):
    """Empty what other tables say of ours: fields made in Settings, and our own.

    Odoo drops those columns later, with the models they point to. Until then a foreign
    key could take a whole order along, or hold on to a record that shall go.
    """
    env.flush_all()
    for key, table, column, required, is_link in env.execute_query(
        SQL(REFERENCES, ours=list(ours))
    ):
        key, table, column = map(SQL.identifier, (key, table, column))
        if is_link:
            env.cr.execute(SQL("DELETE FROM %s", table))
        else:
            if required:
                env.cr.execute(
                    SQL("ALTER TABLE %s ALTER %s DROP NOT NULL", table, column)
                )
            env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = NULL"
                    " WHERE %(column)s IS NOT NULL",
                    table=table,
                    column=column,
                )
            )
        env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", table, key))


def _delete_results(env, ours):
    """Delete what runs have found or people noted, and our records about that.

    There is no CASCADE: PostgreSQL refuses if a table that is not ours holds on.
    """
    results = {m._table for m in env.values() if getattr(m, "_is_result", False)}
    rows = env.execute_query(SQL(DEPENDENTS, results=list(results), ours=list(ours)))
    tables = SQL(", ").join(SQL.identifier(table) for (table,) in rows)
    env.cr.execute(SQL("TRUNCATE %s", tables))


def _delete_settings(env):
    """Delete favourites, views, lists of exports that people made for our models.

    Odoo knows them by the name of the model only, and would keep them for ever.
    """
    own = [name for name, m in env.items() if m._original_module == "crm_value"]
    data = env["ir.model.data"].search([("module", "=", "crm_value")])
    shipped = data.grouped("model")
    for name, field in SETTINGS:
        if name not in env:
            continue
        found = env[name].sudo().with_context(active_test=False)
        found = found.search([(field, "in", own)], order="id DESC")
        found -= found.browse(shipped.get(name, data.browse()).mapped("res_id"))
        for record in found:  # what inherits another view goes before that
            record.unlink()


def _keep_answered_surveys(env, data):
    """Leave surveys that people have answered to the survey application.

    Answers that came as demo data go, and with them the surveys nobody else answered.
    """
    demo = data.filtered(lambda row: row.model == "survey.user_input").mapped("res_id")
    surveys = env["survey.user_input"].search([("id", "not in", demo)]).survey_id
    kept = {
        "survey.survey": surveys.ids,
        "survey.question": surveys.question_and_page_ids.ids,
        "survey.question.answer": surveys.question_ids.suggested_answer_ids.ids,
    }
    data.filtered(lambda row: row.res_id in kept.get(row.model, ())).unlink()


REFERENCES = """
SELECT key.conname, holder.relname, attribute.attname, attribute.attnotnull,
       NOT EXISTS (SELECT FROM pg_attribute other
            WHERE other.attrelid = holder.oid AND other.attnum > 0
              AND NOT other.attisdropped AND NOT other.attnum = ANY(
                  SELECT unnest(conkey) FROM pg_constraint link
                   WHERE link.conrelid = holder.oid AND link.contype = 'f'))
  FROM pg_constraint key
  JOIN pg_class holder ON holder.oid = key.conrelid
  JOIN pg_class target ON target.oid = key.confrelid
  JOIN pg_attribute attribute
    ON attribute.attrelid = holder.oid AND attribute.attnum = key.conkey[1]
 WHERE key.contype = 'f'
   AND holder.relnamespace = current_schema::regnamespace
   AND target.relname = ANY(%(ours)s)
   AND NOT holder.relname = ANY(%(ours)s)
"""

DEPENDENTS = """
WITH RECURSIVE found AS (
    SELECT oid FROM pg_class
     WHERE relname = ANY(%(results)s)
       AND relnamespace = current_schema::regnamespace
    UNION
    SELECT key.conrelid
      FROM found
      JOIN pg_constraint key ON key.confrelid = found.oid AND key.contype = 'f'
      JOIN pg_class holder ON holder.oid = key.conrelid
     WHERE holder.relname = ANY(%(ours)s))
SELECT relname FROM pg_class JOIN found USING (oid)
"""
