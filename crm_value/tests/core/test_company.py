"""A company created by mistake goes, with all that is ours of it."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestCompany(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.mistake = cls.env["res.company"].create({"name": "By Mistake"})
        cls.anna = cls._customer("Anna")
        values = {
            "company_id": cls.mistake.id,
            "currency_id": cls.mistake.currency_id.id,
        }
        for days in (5, 40, 400):
            cls._transaction(cls.anna, 7, ago(days), source_key=f"x{days}", **values)
        cls._score(cls.mistake)
        cls._score(cls.mistake, as_of=ago(30))

    def _fill(self):
        """Give each of our tables a row of the company, which points to the others.

        By SQL: what is tried is whether the database lets them go, not how they come.
        :return: names of the models without a row
        """
        empty = set()
        for name, domain in reversed(self.mistake._value_own_models()):
            model = self.env[name].with_context(active_test=False)
            if model._transient or model.search_count(domain, limit=1):
                continue
            values = {
                field.name: value
                for field in model._fields.values()
                if field.store and field.column_type and field.name != "id"
                if (value := self._any_value(field)) is not None
            }
            names = SQL(", ").join(map(SQL.identifier, values))
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.env.cr.execute(
                        SQL(
                            "INSERT INTO %s (%s) VALUES %s",
                            SQL.identifier(model._table),
                            names,
                            tuple(values.values()),
                        )
                    )
            except IntegrityError:
                empty.add(name)
        # Finished: nobody may change its columns any more.
        self.env.cr.execute("UPDATE crm_value_import SET state = 'done'")
        self.env.invalidate_all()
        return empty

    def _any_value(self, field):
        """Return something for a column, None where it can stay empty."""
        if field.type == "many2one":
            own = dict(self.mistake._value_own_models()).get(field.comodel_name)
            if field.comodel_name == "res.company":
                return self.mistake.id
            if own or field.required:
                model = self.env[field.comodel_name].with_context(active_test=False)
                return model.search(own or [], order="id", limit=1).id or None
        elif field.type == "selection":
            return field.get_values(self.env)[0] if field.required else None
        elif field.required or field.name.endswith("_id"):
            simple = {"date": TODAY, "datetime": TODAY, "boolean": False, "json": "{}"}
            if field.type in ("char", "text", "html"):
                return '{"en_US": "x"}' if field.translate else "x"
            return simple.get(field.type, 1)
        return None

    def test_company_goes_with_policy_tiers_runs_and_what_was_noted(self):
        self.env["crm.value.override"].create(
            {
                "partner_id": self.anna.id,
                "company_id": self.mistake.id,
                "kind": "quadrant",
                "quadrant": "gold",
                "reason": "Test",
                "date_to": TODAY,
            }
        )
        self.env.flush_all()
        # These know more of a row than its columns say.
        unknown = (
            "decision playbook.start playbook.step quality.double review "
            "measure.goal measure.month objective.link holdout holdout.member need.line"
        )
        left = {f"crm.value.{name}" for name in unknown.split()}
        self.assertLessEqual(self._fill(), left)
        models = self.mistake._value_own_models()
        self.mistake.unlink()
        self.assertFalse(self.mistake.exists())
        for model, domain in models:
            records = self.env[model].with_context(active_test=False)
            self.assertFalse(records.search_count(domain), model)
        self.assertTrue(self.anna.exists())

    def test_other_companies_keep_theirs(self):
        tables = [model for model, _domain in self.mistake._value_own_models()]
        others = {
            model: self.env[model].search([("company_id", "!=", self.mistake.id)])
            for model in ("crm.value.policy", "crm.value.tier", "crm.value.run")
        }
        self.assertLessEqual(others.keys(), set(tables))
        self.mistake.unlink()
        for records in others.values():
            self.assertEqual(records.exists(), records)

    def test_who_may_not_delete_a_company_deletes_nothing_of_it(self):
        seller = self.env["res.users"].search([("share", "=", False)])
        seller = seller.filtered(lambda user: not user._is_system())[:1]
        with patch.object(type(self.mistake), "_value_own_models") as models:
            with self.assertRaises(AccessError):
                self.mistake.with_user(seller).unlink()
        models.assert_not_called()

    def test_its_points_program_is_nobody_elses(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "By Mistake",
                "company_id": self.mistake.id,
                "currency_id": self.mistake.currency_id.id,
                "program_type": "loyalty",
                "applies_on": "future",
                "trigger": "auto",
                "value_ledger": True,
            }
        )
        self.mistake.unlink()
        if program.exists():
            self.assertEqual((program.value_ledger, program.active), (False, False))

    def test_what_odoo_refuses_stays_refused_and_deletes_nothing(self):
        policy = self.env["crm.value.policy"]._published(self.company)
        self._order(self.anna, 10)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.company.unlink()
        self.assertTrue(policy.exists())
