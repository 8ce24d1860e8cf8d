"""What only a job writes, and what only our own code may say in a context."""

import re
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

ROOT = Path(__file__).parents[2]
OWN_KEY = re.compile(r"context\.get\(\s*\"(?:crm_)?value_\w+\"[^)]*\)(.{0,45})", re.S)
OWN = r"^ is (not )?OURS\b|^\s+if isinstance\(needs, Needs\)"


@tagged("post_install", "-at_install")
class TestGuard(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            login="guard_manager",
            groups="base.group_user,base.group_partner_manager,crm_value.group_manager",
        )
        cls.admin = cls.env.ref("base.user_admin")

    def models(self):
        names = self.env.registry.descendants(["crm.value.queue"], "_inherit")
        return [
            self.env[name].with_user(self.manager)
            for name in sorted(names)
            if not self.env[name]._abstract
        ]

    def value(self, model, name):
        """Return some value that a client might send."""
        field = model._fields[name]
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        texts = {"char": "x", "text": "x", "html": "x", "date": "2020-01-31"}
        texts["datetime"] = "2020-01-31 00:00:00"
        return [] if field.type.endswith("2many") else texts.get(field.type, 1)

    def test_every_queue_is_walked(self):
        names = {model._name for model in self.models()}
        self.assertLessEqual(
            {"crm.value.import", "crm.value.run", "crm.value.index.result"}, names
        )
        for model in self.models():
            with self.subTest(model=model._name):
                self.assertLessEqual(
                    {"state", "user_id", "message", "attempts"}, model._guarded()
                )

    def test_no_client_writes_what_a_job_obeys(self):
        for model in self.models():
            for name in sorted(model._guarded()):
                vals = {name: self.value(model, name)}
                with self.subTest(model=model._name, field=name):
                    with self.assertRaises(AccessError):
                        model.browse().write(vals)
                    with self.assertRaises(AccessError):
                        model.create([vals])

    def test_no_context_or_stored_default_says_what_a_job_obeys(self):
        for model in self.models():
            names = sorted(model._guarded())
            given = {name: self.value(model, name) for name in names}
            for name in names:
                if not model._fields[name].type.endswith(("2many", "binary")):
                    self.env["ir.default"].with_user(self.manager).set(
                        model._name, name, given[name], user_id=True
                    )
            sent = model.with_context(**{f"default_{n}": v for n, v in given.items()})
            expected = {
                name: model._fields[name].convert_to_write(
                    model._fields[name].default(model), model
                )
                for name in names
                if model._fields[name].default
            }
            with self.subTest(model=model._name):
                self.assertEqual(sent.default_get(names), expected)
                self.assertEqual(sent.sudo().default_get(names), expected)

    def test_a_copy_takes_no_result_along(self):
        run = self.env["crm.value.run"].create({"company_id": self.env.company.id})
        run._note({"state": "done", "customer_count": 5})
        again = run.with_user(self.manager).copy({"state": "done"})
        self.assertEqual(again.state, "queued")
        self.assertEqual(again.customer_count, 0)
        self.assertEqual(again.user_id, self.manager)

    def test_a_started_run_keeps_its_day_and_company(self):
        run = self.env["crm.value.run"].create({"company_id": self.env.company.id})
        run._note({"state": "done"})
        with self.assertRaises(UserError):
            run.with_user(self.manager).as_of = "2020-01-31"

    def test_no_client_opens_a_door_by_a_context(self):
        """Each key of ours must hold the object, or of a class, that we alone have."""
        found = 0
        for path in ROOT.rglob("*.py"):
            if "tests" in path.parts:
                continue
            for test in OWN_KEY.findall(path.read_text()):
                found += 1
                with self.subTest(file=path.name):
                    self.assertRegex(test, OWN)
        self.assertGreaterEqual(found, 4)

    def test_a_client_cannot_note(self):
        for model in self.models():
            for sent in (True, 1, "OURS", {}):
                client = model.with_context(crm_value_noting=sent)
                with self.subTest(model=model._name), self.assertRaises(AccessError):
                    client.browse().write({"state": "done"})

    def test_an_indicator_keeps_its_meaning_whatever_a_client_says(self):
        indicator = self.env["crm.value.indicator"].search([], limit=1)
        client = indicator.with_user(self.manager).with_context(install_mode=True)
        with self.assertRaises(UserError):
            client.write({"code": "other"})
