"""What the walks over models, fields, methods and routes share: roles and samples."""

import inspect
import json
from datetime import timedelta

from psycopg2 import Error as DatabaseError

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL, mute_logger

ROLES = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "salesperson": "sales_team.group_sale_salesman",
    "agent": "helpdesk_mgmt.group_helpdesk_user_own",
    "user": "crm_value.group_user",
    "officer": "crm_value.group_officer",
    "manager": "crm_value.group_manager",
    "survey_user": "survey.group_survey_user",
    "survey_manager": "survey.group_survey_manager",
    "accountant": "account.group_account_manager",
    "administrator": "base.group_system",
}
# What only the first company knows: names begin, and amounts are, like this.
NAME, AMOUNT = "Zyxo", 777777.77
# What the rights on a model say, not a method.
RULED = ("create", "write", "unlink", "onchange", "copy_data")
FILLED = ("quadrant",)  # by default of the kind that has it
OURS = "odoo.addons.crm_value."


class WalkCommon(TransactionCase):
    """Two companies: one that has a record of each model, and another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create = cls.env["res.company"].create
        cls.company = create({"name": "The First Company"})
        cls.other = create({"name": "The Other Company"})
        cls.env.user.company_ids += cls.company + cls.other
        cls.keeper = cls._role("manager", cls.company, "keeper")
        cls.witness = cls.env["res.partner"].create(
            {"name": f"{NAME} Secret", "company_id": cls.company.id, "is_company": True}
        )
        # A customer of both companies, and what only one of them has sold to it.
        cls.shared = cls.env["res.partner"].create({"name": "Customer of Both"})
        for customer in (cls.witness, cls.shared):
            cls._buy(customer, cls.company, AMOUNT)
        cls._add_records_of_odoo()
        for at in range(3):
            cls.own = cls.env["res.partner"].create({"name": f"Own {at}"})
            cls._buy(cls.own, cls.other, 100 + at)
        runs = cls.env["crm.value.run"]
        cls.classPatch(type(runs), "_commit", lambda self: None)
        for company in (cls.company, cls.other):
            run = runs._request(company)
            run._execute()
            cls.env["crm.value.quality"]._check(company, run)
        cls.samples = {}
        for name in cls._models():
            cls._sample(name)

    @classmethod
    def _add_records_of_odoo(cls):
        """Give the first company one of each of Odoo's records that ours need."""
        owned = {"name": NAME, "company_id": cls.company.id}
        program = cls.env["loyalty.program"].create(owned)
        referred = {**owned, "value_referrer_id": cls.witness.id}
        cls.odoo = {
            "crm.lead": {**owned, "user_id": False},
            "helpdesk.ticket": {**owned, "description": NAME, "user_id": False},
            "loyalty.card": {"program_id": program.id},
            "mail.activity.plan": {**owned, "name": "Plan", "res_model": "res.partner"},
            "res.partner": referred,
            "sale.order": {"company_id": cls.company.id, "user_id": False},
        }
        for name, values in cls.odoo.items():
            if "partner_id" in cls.env[name]._fields:
                values["partner_id"] = cls.witness.id
            cls.odoo[name] = cls.env[name].create(values)
        cls.odoo["loyalty.program"] = program
        cls.env["crm.value.need.line"].create(
            {
                "partner_id": cls.witness.id,
                "company_id": cls.company.id,
                "need_id": cls.env["crm.value.need"].create({"name": "Shared"}).id,
                "amount": AMOUNT,
                "unmet_on": fields.Date.today(),
            }
        )
        cls._answer_survey()
        cls._declare_strategy()

    @classmethod
    def _declare_strategy(cls):
        """Give the first company a strategy with an arrow, a goal and a month."""
        strategy = cls.env["crm.value.strategy"].create(
            {"name": NAME, "company_id": cls.company.id}
        )
        cause, effect = cls.env["crm.value.objective"].create(
            [
                {"name": NAME, "strategy_id": strategy.id, "perspective": perspective}
                for perspective in ("process", "customer")
            ]
        )
        strategy.link_ids = [
            Command.create({"cause_id": cause.id, "effect_id": effect.id})
        ]
        measure = cls.env["crm.value.measure"].create(
            {"name": NAME, "objective_id": effect.id}
        )
        day = fields.Date.today().replace(day=1)
        own = {"measure_id": measure.id}
        cls.env["crm.value.measure.goal"].create(
            {**own, "date_from": day, "goal": AMOUNT, "red": 1.0}
        )
        cls.env["crm.value.measure.month"].create(
            {**own, "month": day, "value": AMOUNT}
        )

    @classmethod
    def _answer_survey(cls):
        question = {
            "title": NAME,
            "question_type": "scale",
            "value_role": "nps",
        }
        survey = cls.env["survey.survey"].create(
            {"title": "Survey", "question_and_page_ids": [Command.create(question)]}
        )
        given = survey._create_answer(partner=cls.witness, check_attempts=False)
        given._mark_in_progress()
        given._save_lines(survey.question_ids, "7")
        given._mark_done()
        cls.odoo["survey.survey"], cls.odoo["survey.user_input"] = survey, given

    @classmethod
    def _buy(cls, partner, company, amount):
        cls.env["crm.value.transaction"].create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "date": fields.Date.today() - timedelta(days=9),
                "amount": amount,
                "currency_id": company.currency_id.id,
                "source_key": f"walk {partner.id}",
            }
        )

    @classmethod
    def _role(cls, role, company, login=None):
        """Return a new user of one company with the rights of a role."""
        return new_test_user(
            cls.env,
            login or f"walk_{role}",
            ROLES[role],
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _models(cls):
        """Return the names of our models that have records."""
        return sorted(
            name
            for name, model in cls.env.registry.items()
            if name.startswith("crm.value.") and not model._abstract
        )

    @classmethod
    def _public_methods(cls):
        """Return {model: names of methods of ours that anybody can call by RPC}."""
        found = {}
        for name, model in cls.env.registry.items():
            if name in cls.env.registry and (names := cls._ours_in(model)):
                found[name] = names
        return found

    @classmethod
    def _ours_in(cls, model):
        """Return the callable methods that the add-on defines or extends in a model."""
        ours = {
            name
            for base in model.__mro__
            if base.__module__.startswith(OURS)
            for name, value in vars(base).items()
            if not name.startswith("_")
            and name not in RULED
            and inspect.isfunction(getattr(value, "__func__", value))
        }
        return sorted(
            name
            for name in ours
            if not any(
                getattr(getattr(base, name, None), "_api_private", False)
                for base in model.__mro__
            )
        )

    @classmethod
    def _company_path(cls, name, seen=()):
        """Return the way from a model to its company, as in a domain, or None."""
        fields = cls.env[name]._fields
        for own in ("company_id", "value_company_id"):
            if own in fields and fields[own]._description_searchable:
                return own
        for field in fields.values():
            if field.type != "many2one" or not field.store or name in seen:
                continue
            if field.comodel_name.startswith("crm.value."):
                if path := cls._company_path(field.comodel_name, (*seen, name)):
                    return f"{field.name}.{path}"
        return None

    @classmethod
    def _sample(cls, name):
        """Return a record of the first company, made up where nothing makes one."""
        if name not in cls.samples:
            model = cls.env[name].sudo().with_context(active_test=False)
            path = cls._company_path(name)
            domain = [(path, "=", cls.company.id)] if path else []
            real = not (model._transient or model._abstract)
            found = real and model.search(domain, limit=1)
            cls.samples[name] = found or cls._insert(model)
        return cls.samples[name]

    @classmethod
    def _insert(cls, model):
        """Return a new row, all its columns filled, or those it cannot be without."""
        if model._abstract or not model._auto:
            return model
        columns = [
            field
            for field in model._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]
        needed = [field for field in columns if field.required or field.name in FILLED]
        for chosen in (columns, needed):
            try:
                with cls.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    [[new]] = cls.env.execute_query(cls._insertion(model, chosen))
            except DatabaseError:
                continue
            return model.browse(new)
        return model

    @classmethod
    def _insertion(cls, model, columns):
        secret = NAME if cls._company_path(model._name) else "Shared"
        values = {field: cls._made_up(field, secret) for field in columns}
        return SQL(
            "INSERT INTO %s (%s) VALUES (%s) RETURNING id",
            SQL.identifier(model._table),
            SQL(", ").join(SQL.identifier(field.name) for field in values),
            SQL(", ").join(SQL("%s", value) for value in values.values()),
        )

    @classmethod
    def _made_up(cls, field, secret):
        """Return what stands in a column that nobody else may read."""
        if field.comodel_name == field.model_name:
            return None
        if field.name == "twin_id":  # another customer than that of its row
            return cls.company.partner_id.id
        if field.type == "many2one":
            return cls._chosen(field.comodel_name).id or None
        if field.type == "selection":
            codes = field.get_values(cls.env)
            chosen = field.required or field.name in FILLED
            return codes[0] if codes and chosen else None
        if field.type in ("char", "text", "html"):
            return json.dumps({"en_US": secret}) if field.translate else secret
        made = {
            "boolean": False,
            "date": fields.Date.today() + timedelta(days="_" in field.name),
            "datetime": fields.Datetime.now(),
            "float": AMOUNT,
            "integer": 1,
            "many2one_reference": cls.witness.id,
            "monetary": AMOUNT,
        }
        return made.get(field.type)

    @classmethod
    def _chosen(cls, model):
        """Return the record that others of the first company name."""
        named = {
            **cls.odoo,
            "res.company": cls.company,
            "res.currency": cls.company.currency_id,
            "res.partner": cls.witness,
            "res.users": cls.keeper,
        }
        if model in named:
            return named[model]
        if model.startswith("crm.value."):
            return cls._sample(model)
        return cls.env[model].search([], limit=1)
