from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .scenario_common import ScenarioCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestScenarioTold(ScenarioCommon):
    """What other limits, promises, caps and budgets would have done."""

    def _told(self, line, **values):
        scenario = self._computed(line, **values)
        return scenario.result["lines"][0], scenario.line_ids.told

    def _tier_line(self, amount, limit="min_purchases"):
        tier = self.env["crm.value.tier"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        return {
            "parameter": "tier",
            "tier_id": tier.id,
            "tier_limit": limit,
            "amount": amount,
        }

    def test_unreachable_limit_lets_nobody_in(self):
        line = self._tier_line(10_000)
        found, words = self._told(line)
        self.assertEqual((found["in"], found["up"]), (0, 0))
        self.assertIn("lower one", words)

    def test_tier_limit_counts_who_meets_it(self):
        found, _words = self._told(self._tier_line(1))
        policy = self.env["crm.value.policy"]._published(self.company)
        rules = policy._qualification_rules()
        self.assertIsNotNone(found["up"])
        self.assertIn(line := self._tier_line(1)["tier_id"], rules.ids, line)

    def test_smaller_share_of_the_margin_means_fewer_stars(self):
        few, _words = self._told(("share", 20))
        many, words = self._told(("share", 90))
        self.assertLessEqual(few["stars"], many["stars"])
        self.assertIn("Stars", words)

    def _contact(self, days):
        contacts = self.env["crm.value.contact"]
        for number, ago in enumerate(days, 1):
            contacts.create(
                {
                    "partner_id": self.customers[0].id,
                    "origin_id": self.customers[0].id,
                    "company_id": self.company.id,
                    "date": TODAY - timedelta(days=ago),
                    "name": "Letter",
                    "topic": f"test {number}",
                    "source_key": f"test {number}",
                    "state": "sent",
                    "number": number,
                }
            )

    def test_cap_and_budget_leave_contacts_out(self):
        self._contact((100, 95, 20, 1))
        capped, words = self._told(("cap", 1))
        self.assertEqual((capped["contacts"], capped["out"]), (4, 2))
        self.assertIn("not reached at all: 0 customers", words)
        paid, _words = self._told(("budget", 1.0), contact_cost=0.55)
        self.assertEqual(paid["out"], 3)
        none, words = self._told(("cap", 0))
        self.assertEqual((none["out"], none["unreached"]), (4, 1))
        self.assertIn("1 customer", words)

    def test_shorter_promise_finds_more_tickets_late(self):
        self.company.resource_calendar_id.tz = "UTC"
        ticket = self._ticket(self.customers[0], opened=TODAY - timedelta(days=6))
        opened = ticket.create_date  # a Tuesday noon
        ticket.sudo().value_responded_at = opened + timedelta(hours=2, minutes=30)
        self.env.flush_all()
        strict, words = self._told(("response", 1))
        self.assertEqual((strict["late"], strict["tickets"]), (1, 1))
        self.assertIn("1 ticket", words)
        easy, _words = self._told(("response", 4))
        self.assertEqual((easy["late"], easy["tickets"]), (0, 1))

    def test_without_tickets_nothing_is_claimed(self):
        _found, words = self._told(("resolution", 8))
        self.assertIn("No ticket", words)

    def test_apply_makes_a_draft_and_publishes_nothing(self):
        policy = self.env["crm.value.policy"]
        before = policy._published(self.company)
        scenario = self._scenario(
            ("rate", 12), ("share", 50), ("price", 3), self._tier_line(7)
        )
        action = scenario.with_user(self.manager).action_apply()
        draft = policy.browse(action["context"]["default_policy_id"])
        self.assertEqual(draft.state, "draft")
        self.assertEqual((draft.discount_rate, draft.quadrant_share), (0.12, 0.5))
        self.assertEqual(draft.tier_ids[:1].min_purchases, 7)
        self.assertEqual(policy._published(self.company), before)
        compare = (
            self.env["crm.value.policy.compare"]
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("Discount Rate", compare.line_ids.mapped("name"))

    def test_apply_is_a_managers_and_needs_a_rule(self):
        scenario = self._scenario(("rate", 12))
        with self.assertRaises(AccessError):
            scenario.with_user(self.officer).action_apply()
        with self.assertRaisesRegex(UserError, "rule of the policy"):
            self._scenario(("price", 3)).action_apply()

    def test_every_change_says_how_it_is_done(self):
        scenario = self._scenario(("retention", 1), ("price", 3), ("rate", 12))
        self.assertTrue(all(scenario.line_ids.mapped("to_do")))
