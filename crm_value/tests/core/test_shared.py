"""What all companies share is changed by who may speak for all of them."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

MANAGER = "crm_value.group_manager"


@tagged("post_install", "-at_install")
class TestShared(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.env["res.company"].create({"name": "Here"})
        cls.there = cls.env["res.company"].create({"name": "There"})
        cls.manager = cls._manager("shared_here", cls.here)
        cls.everywhere = cls._manager("shared_all", cls.env["res.company"].search([]))
        cls._share_what_is_missing()
        cls.segment = cls.env.ref("crm_value.rfm_segment_champion")

    @classmethod
    def _share_what_is_missing(cls):
        """Make what no company starts with."""
        policies = cls.env["crm.value.policy"]
        draft = policies.search([("company_id", "=", False)], limit=1).copy()
        first, second = draft.line_ids.grouped("side")["current"].indicator_id[:2]
        draft.comparison_ids = [
            Command.create({"first_id": first.id, "second_id": second.id})
        ]
        fifths = {f"limit_{score}": score for score in range(2, 6)}
        draft.limit_ids = [Command.create({"dimension": "f", **fifths})]
        cls.env["crm.value.need"].create({"name": "Need"})
        measure = cls.env.ref("crm_value.strategy_services").objective_ids.measure_ids[
            0
        ]
        cls.env["crm.value.measure.month"].create(
            {"measure_id": measure.id, "month": "2026-05-01", "value": 1}
        )
        cls.env["crm.value.index.comparison"].create(
            {
                "index_id": cls.env["crm.value.index"].search([], limit=1).id,
                "first": "A1",
                "second": "A2",
            }
        )

    @classmethod
    def _manager(cls, login, companies, groups=MANAGER):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=companies[-1:].id,
            company_ids=[Command.set(companies.ids)],
        )

    def _models(self):
        """Return our models that managers change."""
        return [
            model
            for model in (self.env[name] for name in self.env.registry)
            if model._name.startswith("crm.value.")
            and model._auto
            and not model._abstract
            and not model._transient
            and any(
                self.env["ir.model.access"]
                .with_user(self.everywhere)
                .check(model._name, operation, raise_exception=False)
                for operation in ("write", "create", "unlink")
            )
        ]

    def _is_owned(self, model):
        """Return whether each record has a company, by itself or by what it is of."""
        company = model._fields.get("company_id")
        if company and company.required:
            return True
        return any(
            field.type == "many2one"
            and field.required
            and field.comodel_name.startswith("crm.value.")
            and self._is_owned(self.env[field.comodel_name])
            for field in model._fields.values()
        )

    def _shares(self, model):
        return hasattr(model, "_shared_unless")

    def _of_all(self, model):
        """Return a record of all companies."""
        records = model.with_context(active_test=False).search([])
        return records._shared()[:1]

    def test_every_model_without_a_required_company_is_guarded(self):
        bare = [
            model._name
            for model in self._models()
            if not self._shares(model) and not self._is_owned(model)
        ]
        self.assertEqual(bare, [])

    def test_a_manager_of_one_company_changes_nothing_of_all(self):
        tried = []
        for model in self._models():
            record = self._shares(model) and self._of_all(model)
            if not record:
                continue
            tried.append(model._name)
            mine = record.with_user(self.manager)
            with self.subTest(model=model._name):
                self.assertTrue(mine.has_access("read"))
                for operation in ("write", "unlink"):
                    self.assertFalse(mine.has_access(operation))
                with self.assertRaises(AccessError):
                    mine.write({"display_name": "Mine"})
                with self.assertRaises(AccessError):
                    mine.unlink()
        shared = [model._name for model in self._models() if self._shares(model)]
        self.assertEqual(tried, shared, "one of each kind")

    def test_a_manager_of_all_companies_and_the_administrator_change_them(self):
        system = self._manager(
            "shared_system", self.here, f"{MANAGER},base.group_system"
        )
        for user in (self.everywhere, system):
            for model in self._models():
                record = self._shares(model) and self._of_all(model)
                if record and self.env["ir.model.access"].with_user(user).check(
                    model._name, "write", raise_exception=False
                ):
                    with self.subTest(model=model._name, user=user.login):
                        self.assertTrue(record.with_user(user).has_access("write"))

    def test_a_new_company_ends_the_right_of_who_is_not_in_it(self):
        self.assertTrue(self.segment.with_user(self.everywhere).has_access("write"))
        self.env["res.company"].create({"name": "Another"})
        self.assertFalse(self.segment.with_user(self.everywhere).has_access("write"))

    def test_a_manager_of_one_company_adds_nothing_to_all(self):
        reasons = self.env["crm.value.exit.reason"].with_user(self.manager)
        with self.assertRaisesRegex(AccessError, "shared by all companies"):
            reasons.create({"name": "Moved"})
        tiers = self.env["crm.value.tier"].with_user(self.manager)
        own = tiers.search([("company_id", "=", self.here.id)], limit=1)
        own.name = "Ours"
        with self.assertRaises(AccessError):
            own.company_id = False

    def test_a_duplicate_belongs_to_the_company_of_who_made_it(self):
        for model in self._models():
            if not self._shares(model) or model._shared_unless != "company_id":
                continue
            with self.subTest(model=model._name):
                copy = self._of_all(model).with_user(self.manager).copy()
                self.assertEqual(copy.company_id, self.here)

    def test_the_steps_of_a_shared_playbook_are_shared_too(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "All",
                "res_model": "res.partner",
                "company_id": False,
                "template_ids": [
                    Command.create({"summary": "Call", "activity_type_id": 1})
                ],
            }
        )
        for record in (plan, plan.template_ids):
            self.assertFalse(record.with_user(self.manager).has_access("write"))
            self.assertTrue(record.with_user(self.everywhere).has_access("write"))
        plan.company_id = self.here
        self.assertTrue(plan.with_user(self.manager).has_access("write"))

    def test_what_is_in_use_is_archived_not_deleted(self):
        partner = self.env["res.partner"].create({"name": "Buyer"})
        role = self.env["crm.value.role"].create({"name": "Gatekeeper"})
        partner.value_role_id = role
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            role.with_user(self.everywhere).unlink()
        role.with_user(self.everywhere).active = False
        self.assertEqual(partner.value_role_id, role)
        partner.value_role_id = False
        role.with_user(self.everywhere).unlink()
        self.assertFalse(role.exists())

    def test_screens_offer_no_change_of_what_all_companies_share(self):
        for user, editable in ((self.manager, False), (self.everywhere, True)):
            segments = self.env["crm.value.rfm.segment"].with_user(user)
            arch = segments.get_view(view_type="list")["arch"]
            self.assertEqual('edit="False"' not in arch, editable)
