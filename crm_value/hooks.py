from odoo.tools import SQL


def post_init_hook(env):
    """Give every company its rules, and score the history that is already there."""
    companies = env["res.company"].search([])
    env["crm.value.template"]._ensure_all(companies)
    for company in companies:
        env["crm.value.run"]._request(company)


def uninstall_hook(env):
    """Keep what others stand on: customers and products of posted invoices, answers.

    Odoo would try to delete them with the module, and fail for each. The results go
    first: what they refer to could not be deleted, and plans of playbooks would stay.
    """
    tables = SQL(", ").join(SQL.identifier(table) for table in _result_tables(env))
    env.cr.execute(SQL("TRUNCATE %s CASCADE", tables))
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


def _result_tables(env):
    """Return the tables of what runs have found or people noted."""
    return [model._table for model in env.values() if getattr(model, "_is_result", 0)]


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
    for table, column in (
        ("survey_survey", "value_index_id"),
        ("survey_question", "value_construct_id"),
    ):
        names = SQL.identifier(table), SQL.identifier(column)
        env.cr.execute(SQL("UPDATE %s SET %s = NULL", *names))
    env.invalidate_all()
