"""Who may do what, held against the verdicts: what is new needs one."""

import inspect

from odoo.exceptions import AccessError
from odoo.http import Controller
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from .verdicts import COLUMNS, GIVEN, MODELS, ROUTES, SAME, SHARED
from .verdicts_fields import FIELDS
from .verdicts_figures import FIGURES
from .verdicts_methods import METHODS
from .walk_common import OURS, ROLES, WalkCommon

EVERYWHERE = {*MAGIC_COLUMNS, "display_name"}
OPERATIONS = {"read": "r", "write": "w", "create": "c", "unlink": "u"}


@tagged("post_install", "-at_install")
class TestVerdicts(WalkCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls._role(role, cls.company) for role in ROLES}

    def test_each_role_has_the_rights_of_the_verdict_on_each_model(self):
        self.assertEqual(sorted(MODELS), self._models())
        for name, verdict in MODELS.items():
            of_role = dict(zip(COLUMNS, verdict.split(), strict=True))
            for role, user in self.users.items():
                right = of_role.get(SAME.get(role, role), "-")
                with self.subTest(model=name, role=role):
                    self.assertEqual(self._rights(name, user) or "-", right)

    def _rights(self, name, user):
        records = self.env[name].with_user(user)
        return "".join(c for op, c in OPERATIONS.items() if records.has_access(op))

    def test_what_people_write_names_nothing_closed_to_them(self):
        for name, verdict in MODELS.items():
            written = {"w", "c"} & set(verdict)
            if written and name not in SHARED and self._company_path(name):
                with self.subTest(model=name):
                    self.assertTrue(hasattr(self.env[name], "_check_named"))

    def test_rights_on_models_of_odoo_are_the_given_ones(self):
        ids = self.env["ir.model.data"].search(
            [("module", "=", "crm_value"), ("model", "=", "ir.model.access")]
        )
        given = {}
        for access in self.env["ir.model.access"].browse(ids.mapped("res_id")):
            if access.model_id.model not in MODELS:
                rights = "".join(
                    c for op, c in OPERATIONS.items() if access[f"perm_{op}"]
                )
                [group] = access.group_id.get_external_id().values()
                given[access.model_id.model, group] = rights
        self.assertEqual(given, GIVEN)

    def test_each_model_has_a_rule_of_its_company_or_its_author(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        ruled = {}
        for rule in rules:
            ruled.setdefault(rule.model_id.model, []).append(rule.domain_force)
        for name in self._models():
            asked = "create_uid" if self.env[name]._transient else "company_ids"
            with self.subTest(model=name):
                found = any(asked in domain for domain in ruled.get(name, ()))
                self.assertNotEqual(found, name in SHARED)

    def test_each_field_is_shown_to_the_groups_of_the_verdict(self):
        found = self._fields_by_group()
        verdicts = FIELDS | FIGURES
        self.assertEqual(sorted(found), sorted(verdicts))
        for name, verdict in verdicts.items():
            with self.subTest(model=name):
                self.assertEqual(
                    found[name],
                    {groups: set(names.split()) for groups, names in verdict.items()},
                )

    def _fields_by_group(self):
        """Return {model: {groups: names}} of the fields that the add-on defines."""
        found = {}
        for name, model in self.env.registry.items():
            for field in model._fields.values():
                ours = "crm_value" in field._modules and not field.inherited
                if ours and not (model._abstract or field.name in EVERYWHERE):
                    of_model = found.setdefault(name, {})
                    of_model.setdefault(field.groups or "", set()).add(field.name)
        return found

    def test_each_public_method_answers_the_roles_of_the_verdict(self):
        found = self._public_methods()
        self.assertEqual(sorted(found), sorted(METHODS))
        for name, verdict in METHODS.items():
            roles = {
                method: set(roles.split())
                for roles, methods in verdict.items()
                for method in methods.split()
            }
            with self.subTest(model=name):
                self.assertEqual(sorted(found[name]), sorted(roles))
            for method in found[name]:
                with self.subTest(model=name, method=method):
                    self.assertEqual(
                        self._callers(name, method), roles.get(method), (name, method)
                    )

    def _callers(self, name, method):
        return {
            role for role, user in self.users.items() if self._may(name, method, user)
        }

    def _take_over(self, record, user):
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_uid = %s WHERE id = %s",
                SQL.identifier(record._table),
                user.id,
                record.id,
            )
        )

    def _may(self, name, method, user):
        """Return whether the rights let a role call a method on what there is."""
        function = getattr(self.env.registry[name], method)
        arguments = [
            {} if key in ("vals", "default") else [] if "list" in key else False
            for key, parameter in [*inspect.signature(function).parameters.items()][1:]
            if parameter.default is parameter.empty
        ]
        if not getattr(function, "_api_model", False):
            arguments.insert(0, self._sample(name).ids)
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint()
        if self.env[name]._transient:  # a dialog is its author's
            self._take_over(self._sample(name), user)
        try:
            with mute_logger("odoo.sql_db", "odoo.models", "odoo.http"):
                call_kw(self.env[name].with_user(user), method, arguments, {})
        except AccessError:
            return False
        except Exception:
            return True  # it was let in; what it then missed is no right
        finally:
            self.env.clear()
            savepoint.rollback()
            savepoint.close(rollback=False)
            if name == "res.config.settings":  # a part was taken away, and is back
                self.registry.clear_cache("groups")
        return True


@tagged("post_install", "-at_install")
class TestRoutes(TransactionCase):
    def test_each_route_asks_for_what_the_verdict_says(self):
        self.assertEqual(self._routes(), ROUTES)

    def _routes(self):
        """Return {path: (who is let in, what kind)} of the routes of ours."""
        found = {}
        for controller in self._controllers(Controller):
            for value in vars(controller).values():
                routing = getattr(value, "original_routing", None)
                if routing and controller.__module__.startswith(OURS):
                    paths = routing.get("routes") or [None]
                    for path in paths:
                        found[path] = (routing.get("auth"), routing.get("type"))
        return found

    def _controllers(self, base):
        for controller in base.__subclasses__():
            yield controller
            yield from self._controllers(controller)
