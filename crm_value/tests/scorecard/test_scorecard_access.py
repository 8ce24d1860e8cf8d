"""Who reads a strategy, who changes it, and who enters its months."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import freeze_time
from .scorecard_common import ScorecardCommon

PARTS = (
    "crm.value.strategy",
    "crm.value.objective",
    "crm.value.objective.link",
    "crm.value.measure",
    "crm.value.measure.goal",
    "crm.value.measure.month",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestScorecardAccess(ScorecardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = cls._enter(cls.measure, [9])
        cls.user = cls._person("user", "crm_value.group_user")
        cls.other = cls._create_company("Other", cls.usd)
        cls.stranger = cls._person("stranger", "crm_value.group_manager", cls.other)

    def _of(self, model):
        """Return the records of the strategy in a model."""
        if model == "crm.value.strategy":
            return self.strategy
        found = self.env[model].search([("company_id", "=", self.company.id)])
        self.assertTrue(found, model)
        return found

    def test_plain_user_sees_nothing(self):
        for model in PARTS:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.user).search([])
        with self.assertRaises(AccessError):
            self.env["crm.value.strategy"].with_user(self.user).get_map()

    def test_officer_reads_and_changes_nothing(self):
        for model in PARTS:
            records = self._of(model).with_user(self.officer)
            with self.subTest(model=model):
                records.read(["display_name"])
                with self.assertRaises(AccessError):
                    records[:1].unlink()
                with self.assertRaises(AccessError):
                    records[:1].write({"company_id": self.company.id})
        for method in ("action_activate", "action_review", "action_new_version"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.strategy.with_user(self.officer), method)()

    def test_owner_enters_the_own_months_alone(self):
        month = self.month.with_user(self.officer)
        with self.assertRaises(AccessError):
            month.value = 5
        self.quick.owner_id = self.officer
        month.value = 5
        self.assertEqual(self.month.value, 5)
        with self.assertRaises(AccessError):
            month.measure_id = self.people.measure_ids
        month.action_close()
        self.assertTrue(self.month.closed)

    def test_other_company_has_its_own(self):
        for model in PARTS:
            records = self._of(model).with_user(self.stranger)
            with self.subTest(model=model):
                for operation in ("read", "write", "unlink"):
                    self.assertFalse(records[:1].has_access(operation))
        with self.assertRaises(AccessError):
            self.env["crm.value.objective"].with_user(self.stranger).create(
                {"name": "Intruder", "strategy_id": self.strategy.id}
            )
        theirs = self._strategy(self.other)
        self.strategy.action_activate()
        theirs.with_user(self.stranger).action_activate()
        found = self.env["crm.value.strategy"].with_user(self.stranger).get_map()
        self.assertEqual(found["strategy"]["id"], theirs.id)

    def test_strategy_cannot_be_moved_to_another_company(self):
        with self.assertRaises(AccessError):
            self.strategy.with_user(self.manager).company_id = self.other

    def test_template_is_used_by_all_and_changed_by_few(self):
        template = self.env.ref("crm_value.strategy_cost")
        mine = template.with_user(self.manager)
        self.assertEqual(mine.name, "Cut Cost")
        for change in (
            lambda: mine.write({"name": "Mine"}),
            lambda: mine.objective_ids[0].write({"name": "Mine"}),
            lambda: mine.objective_ids[0].measure_ids.write({"name": "Mine"}),
            lambda: mine.link_ids[0].write({"lag": 9}),
            lambda: mine.write({"objective_ids": [Command.create({"name": "Mine"})]}),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_company_goes_with_its_strategy(self):
        self.strategy.action_activate()
        self.env["account.journal"].search([("company_id", "=", self.other.id)])
        theirs = self._strategy(self.other)
        theirs.action_activate()
        models = dict(self.other._value_own_models())
        self.assertLessEqual({*PARTS}, {*models})
