import importlib.util
from pathlib import Path

from odoo.tests import tagged

from ..common import TODAY, ValueCommon

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@tagged("post_install", "-at_install")
class TestUpgrade(ValueCommon):
    def _migrate(self, script):
        spec = importlib.util.spec_from_file_location("migration", MIGRATIONS / script)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_lifetime_value_comes_as_a_draft_and_published_rules_stay(self):
        self._only_this_company()
        policy = self._policy()
        indicator = self.env.ref("crm_value.indicator_clv")
        lines = self.env["crm.value.policy.indicator"].search(
            [("indicator_id", "=", indicator.id)]
        )
        self.env.cr.execute(
            "DELETE FROM crm_value_policy_indicator WHERE id = ANY(%s)", (lines.ids,)
        )
        self.env.invalidate_all()
        weights = {line.indicator_id: line.weight for line in policy.line_ids}
        self._migrate("19.0.1.1.0/post-lifetime-value.py")
        self.assertEqual(policy.state, "published")
        self.assertEqual(
            {line.indicator_id: line.weight for line in policy.line_ids}, weights
        )
        draft = policy.search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual((draft.state, draft.version), ("draft", policy.version + 1))
        self.assertIn(indicator, draft.line_ids.indicator_id)
        self.assertIn(indicator, policy._template().line_ids.indicator_id)
        runs = self.env["crm.value.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(runs.mapped("state"), ["queued"])

    def test_lifecycle_comes_with_a_run_of_each_company(self):
        self._only_this_company()
        self._migrate("19.0.1.2.0/post-lifecycle.py")
        runs = self.env["crm.value.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(runs.mapped("state"), ["queued"])
        self.assertEqual(runs.as_of, TODAY)

    def test_tiers_come_beside_the_published_rules(self):
        self._only_this_company()
        policy, draft = self._policy(), self._policy().copy()
        before = policy._as_rules()
        self.env.cr.execute(
            "DELETE FROM crm_value_policy_tier WHERE policy_id IN %s",
            [(policy.id, draft.id)],
        )
        self.env.invalidate_all()
        self.assertFalse(policy.tier_ids)
        for _twice in range(2):
            self._migrate("19.0.1.3.0/post-tiers.py")
            self.assertEqual(policy._as_rules(), before)
            self.assertEqual(draft._as_rules(), before)
        self.assertEqual(policy.tier_ids.tier_id.company_id, self.company)
        self.assertEqual(policy.state, "published")
