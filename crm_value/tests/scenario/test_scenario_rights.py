from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .scenario_common import ScenarioCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestScenarioRights(ScenarioCommon):
    """Officers and managers write them; nobody else, nobody of another company."""

    def test_officer_computes(self):
        scenario = self._scenario(("retention", 1)).with_user(self.officer)
        scenario.action_compute()
        self.assertTrue(scenario.digest)
        self.assertTrue(scenario.report and scenario.conclusion)
        scenario.line_ids.amount = 2
        self.assertFalse(scenario.digest)
        scenario.unlink()

    def test_plain_user_sees_nothing(self):
        user = self._person("user", "crm_value.group_user")
        scenario, choice = self._computed(("price", 3)), self._choice()
        for records in (scenario, scenario.line_ids, choice, choice.option_ids):
            for operation in ("read", "write", "unlink"):
                with self.assertRaises(AccessError):
                    records.with_user(user).check_access(operation)
        with self.assertRaises(AccessError):
            scenario.with_user(user).get_comparison([])
        with self.assertRaises(AccessError):
            scenario.with_user(user).action_compute()

    def test_other_company_sees_nothing(self):
        other = self._create_company("Other Company", self.usd)
        stranger = self._person("stranger", "crm_value.group_manager", other)
        scenario, choice = self._computed(("price", 3)), self._choice()
        for records in (scenario, scenario.line_ids, choice, choice.option_ids):
            mine = records.with_user(stranger).with_context(
                allowed_company_ids=other.ids
            )
            self.assertFalse(mine.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                mine.read(["company_id"])
        asked = scenario.with_user(stranger).with_context(allowed_company_ids=other.ids)
        model = asked.browse()
        self.assertFalse(model.get_comparison(scenario.ids)["scenarios"])
        with self.assertRaises(AccessError):
            asked.env["crm.value.choice.option"].create(
                {"choice_id": choice.id, "name": "Mine"}
            )

    def test_who_sees_own_customers_only_sees_no_scenario(self):
        self.company.value_sight = "own"
        partial = self._person(
            "partial", "sales_team.group_sale_salesman,crm_value.group_officer"
        )
        for records in (self._computed(("price", 3)), self._choice()):
            with self.assertRaises(AccessError):
                records.with_user(partial).read(["company_id"])

    def test_results_are_written_by_the_computation_alone(self):
        scenario = self._computed(("price", 3)).with_user(self.officer)
        before = scenario.equity
        scenario.write({"equity": 1, "digest": "x", "seed": 1, "note": "y"})
        self.assertEqual((scenario.equity, scenario.note), (before, "y"))
        made = scenario.create({"name": "Mine", "equity": 5, "digest": "z"})
        self.assertFalse(made.equity or made.digest)

    def test_preset_is_read_by_officers_and_changed_by_nobody_of_one_company(self):
        self._create_company("Other Company", self.usd)  # the officer works in one
        preset = self.env.ref("crm_value.scenario_defection")
        mine = preset.with_user(self.officer)
        self.assertTrue(mine.claim)
        for records, values in ((mine, {"name": "x"}), (mine.line_ids, {"amount": 1})):
            with self.assertRaises(AccessError):
                records.write(values)
        mine.action_use_preset()

    def test_choice_of_an_officer_stays_once_taken(self):
        choice = self._choice().with_user(self.officer)
        choice.action_take()
        for values in (
            {"low": 1},
            {"reason": "x"},
            {"chosen_id": choice.option_ids[1].id},
            {"review_date": "2027-01-01"},
            {"option_ids": [Command.create({"name": "Other"})]},
            {"option_ids": [Command.update(choice.option_ids[0].id, {"name": "x"})]},
        ):
            with self.assertRaises(UserError):
                choice.write(values)
        with self.assertRaises(UserError):
            choice.unlink()
        with self.assertRaises(UserError):
            choice.option_ids[1].unlink()
        choice.learnt = "Fewer left than feared."
        said = "We talked about it."
        choice.message_post(body=said)
        choice.write({"state": "reviewed", "actual": 150.0, "is_hit": True})
        self.assertEqual((choice.state, choice.actual), ("taken", False))
