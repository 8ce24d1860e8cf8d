"""A user of another company learns and changes nothing, whatever is asked and how."""

import inspect
import json
import re
from contextlib import suppress
from itertools import product

from psycopg2 import Error as DatabaseError

from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .walk_common import AMOUNT, NAME, WalkCommon

MARKED = re.compile(r"Zyxo|777[., \u00a0\u202f']?777[.,]77")
MONEY = ("monetary", "float")
TEXTS = ("description", "name", "note", "reason")
# Rules are calculated with: marked, they would be no rules any more.
NOT_MARKED = ("crm.value.policy", "crm.value.tier", "crm.value.index", "crm.value.fit")
# All that somebody may be there; who administers Odoo could enter any company.
RIGHTS = (
    "crm_value.group_manager",
    "account.group_account_manager",
    "helpdesk_mgmt.group_helpdesk_manager",
    "sales_team.group_sale_manager",
    "survey.group_survey_manager",
)
SKIPPED = ("create_uid", "write_uid", "currency_id")
ARGUMENTS = {
    "audience": ["customer", "staff"],
    "code": ["orders", "invoices", "credit", "volume", "margin", "loyalty"],
    "date_from": [False],
    "date_to": [False],
    "days": [365, 36500],
    "default": [{}],
    "grain": ["month", "year"],
    "grouping": ["stage_id", "tier_id", "partner_id"],
    "months": [12],
}


@tagged("post_install", "-at_install")
class TestOtherCompany(WalkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env,
            "stranger",
            ",".join(RIGHTS),
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )
        cls._mark()

    @classmethod
    def _mark(cls):
        """Write name and amount over what a sample of the first company tells."""
        cls.env.flush_all()
        for name, record in cls.samples.items():
            if record and record._auto and cls._company_path(name):
                for field in record._fields.values():
                    if field.store and field.column_type:
                        cls._mark_column(record, field)
        cls.env.invalidate_all()

    @classmethod
    def _mark_column(cls, record, field):
        column = SQL.identifier(field.name)
        amount = field.type in MONEY and not record._name.startswith(NOT_MARKED)
        if not (amount or field.name in TEXTS):
            return
        text = SQL("jsonb_build_object('en_US', %s)" if field.translate else "%s", NAME)
        query = SQL(
            "UPDATE %s SET %s = %s WHERE id = %s AND %s IS NOT NULL",
            SQL.identifier(record._table),
            column,
            AMOUNT if amount else text,
            record.id,
            column,
        )
        # A share, say, must be below one: the others tell enough.
        with suppress(DatabaseError), mute_logger("odoo.sql_db"):
            with cls.env.cr.savepoint(flush=False):
                cls.env.cr.execute(query)

    def test_each_model_has_a_sample(self):
        self.assertFalse([name for name, one in self.samples.items() if not one])

    # --- asking ---

    def _ask(self, model, method, *args, **kwargs):
        """Return what a call by RPC tells the stranger, then take all back."""
        env = self.env(user=self.stranger, context={})
        self.env.invalidate_all()
        told = ""
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.sql_db", "odoo.models", "odoo.http"):
                answer = call_kw(env[model], method, list(args), kwargs)
                self.env.flush_all()
                told = json.dumps(answer, default=str) + self._written()
                if method in ("create", "write"):  # it can be opened afterwards
                    self.env.invalidate_all()
                    made = answer if method == "create" else args[0]
                    told += str(env[model].browse(made).read())
        except Exception as error:  # what kind it may be is another test's question
            told += f"{type(error).__name__}: {error}"
        finally:
            self.env.clear()
            savepoint.rollback()
            savepoint.close(rollback=False)
        return told

    def _written(self):
        """Return what the stranger wrote, here and in the first company."""
        self.env.cr.execute(self._written_query())
        return json.dumps(self.env.cr.fetchall(), default=str)

    def _written_query(self):
        """Return the SQL of all that it wrote, marked where it may write nothing."""
        if not hasattr(type(self), "written"):
            type(self).written = SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s, %s || t::text FROM %s t"
                    " WHERE %s IN (write_uid, create_uid)",
                    table,
                    mark,
                    SQL.identifier(table),
                    self.stranger.id,
                )
                for table, mark in self._tables()
            )
        return self.written

    def _tables(self):
        """Yield each table that notes its author, and what tells its foreign rows."""
        told = SQL("t.model = 'res.partner' AND t.res_id = %s", self.witness.id)
        yield "mail_message", SQL("CASE WHEN %s THEN %s ELSE '' END", told, NAME)
        for name in self._models():
            model = self.env[name]
            if model._auto and model._log_access:
                company = model._fields.get("company_id")
                yield (
                    model._table,
                    SQL(
                        "CASE WHEN t.company_id = %s THEN %s ELSE '' END",
                        self.company.id,
                        NAME,
                    )
                    if company and company.store
                    else SQL("''"),
                )

    def _assert_nothing(self, told, **asked):
        with self.subTest(**asked):
            if found := MARKED.search(told):
                around = told[max(0, found.start() - 150) : found.end() + 50]
                self.fail(f"{asked}: … {around} …")

    def _try(self, model, method, *args, **kwargs):
        told = self._ask(model, method, *args, **kwargs)
        self._assert_nothing(told, call=f"{model}.{method}", args=args, kwargs=kwargs)

    def _many2ones(self, name):
        """Return {field: a record of the first company} of what a form can choose."""
        found = {}
        for field in self.env[name]._fields.values():
            if field.type not in ("many2one", "many2many") or field.name in SKIPPED:
                continue
            if field.type == "many2one" and (chosen := self._foreign(field)):
                found[field.name] = chosen.id
            elif field.type == "many2many" and (chosen := self._foreign(field)):
                found[field.name] = [Command.set(chosen.ids)]
        return found

    def _foreign(self, field):
        if field.comodel_name == "res.company":
            return self.company
        return self._chosen(field.comodel_name)

    # --- what is asked ---

    def test_records_cannot_be_read(self):
        for name, records in self.samples.items():
            if not (name.startswith("crm.value.") and records):
                continue
            if not (self._company_path(name) or records._transient):
                continue
            known = list(self.env[name].fields_get([], ["type"]))
            for context in ({}, {"allowed_company_ids": self.company.ids}):
                self._try(name, "read", records.ids, known, context=context)
                self._try(name, "search_read", [], known, context=context)
                self._try(name, "name_search", NAME, context=context)
                self._try(name, "export_data", records.ids, known, context=context)
                self._try(name, "copy", records.ids, context=context)

    def test_forms_tell_nothing_of_what_is_chosen(self):
        for name in self._models():
            spec = self._spec(name)
            misled = self._misleading(name)
            for context in (misled, {**misled, "default_partner_id": self.shared.id}):
                self._try(name, "onchange", [], {}, [], spec, context=context)
            for values in self._values_to_create(name):
                self._try(name, "onchange", [], values, list(values), spec)

    def _spec(self, name):
        """Return what a form shows: all fields, and the names of what they point to."""
        named = {"fields": {"display_name": {}}}
        return {
            field.name: named if field.relational else {}
            for field in self.env[name]._fields.values()
        }

    def test_created_records_tell_nothing_of_what_they_name(self):
        for name in self._models():
            for values in self._values_to_create(name):
                self._try(name, "create", values)

    def _values_to_create(self, name):
        """Yield values like those of a foreign record, or one of them foreign."""
        chosen = self._many2ones(name)
        own = {field: mine for field in chosen if (mine := self._mine(name, field))}
        company = {"company_id": chosen["company_id"]} if "company_id" in own else {}
        for base in ({}, self._like(name)):
            yield {**base, **chosen}
            yield {**base, **chosen, **own}
            yield {**base, **chosen, **own, **company}
            for field, value in chosen.items():
                yield {**base, **own, field: value}

    def _mine(self, name, field):
        """Return what the stranger may name in a field of a form."""
        own = {
            "res.company": self.other,
            "res.partner": self.shared,
            "res.users": self.stranger,
        }
        model = self.env[name]._fields[field].comodel_name
        return own[model].id if model in own else False

    def _like(self, name):
        """Return what a form needs besides the records that it names."""
        if not (record := self.samples[name]):
            return {}
        return {
            key: value
            for key, value in record.copy_data()[0].items()
            if not (record._fields[key].relational or MARKED.search(str(value)))
        }

    def test_changed_records_tell_nothing_of_what_they_name(self):
        for name in self._models():
            path = self._company_path(name)
            if not path:
                continue
            mine = self.env[name].search([(path, "=", self.other.id)], limit=1)
            for field, value in self._many2ones(name).items() if mine else ():
                self._try(name, "write", mine.ids, {field: value})

    def test_public_methods_tell_nothing(self):
        for name, methods in self._public_methods().items():
            for method in methods:
                for asked in self._askings(name, method):
                    self._try(name, method, *asked[0], **asked[1])

    def _askings(self, name, method):
        """Yield the (arguments, keywords) to call a method with."""
        function = getattr(self.env.registry[name], method)
        names = [*inspect.signature(function).parameters][1:]
        choices = [self._choices(parameter) for parameter in names]
        ids = [[]]
        if not getattr(function, "_api_model", False):
            ids = [self._sample(name).ids, [], self._own(name)]
        for arguments in product(*choices):
            for chosen in ids:
                asked = arguments if ids == [[]] else (chosen, *arguments)
                yield asked, {}
                yield asked, {"context": self._misleading(name)}
                yield asked, {"context": {"allowed_company_ids": self.company.ids}}

    def _misleading(self, name):
        """Return a context that says: this is about the first company."""
        return {
            "active_model": name,
            "active_ids": self._sample(name).ids,
            "active_id": self._sample(name)[:1].id,
            "company_id": self.company.id,
            **{f"default_{k}": v for k, v in self._many2ones(name).items()},
        }

    def _own(self, name):
        path = self._company_path(name)
        if path and not self.env[name]._abstract:
            return self.env[name].search([(path, "=", self.other.id)], limit=1).ids
        return []

    def _choices(self, parameter):
        if parameter in ARGUMENTS:
            return ARGUMENTS[parameter]
        if parameter == "fields_list":
            return [["line_ids", "policy_id", "other_id", "profile_ids", "playbook_id"]]
        of = {"stage_id": "crm.value.stage", "tier_id": "crm.value.tier"}
        of |= {"index_id": "crm.value.index", "result_id": "crm.value.index.result"}
        model = of.get(parameter, "survey.user_input")
        return [self._sample(model)[:1].id, None]
