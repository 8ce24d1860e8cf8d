"""What loyalty costs, by tier, and what the company owes in points."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import TODAY, ago
from ..points.points_common import PointsCommon
from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestTierCost(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls._policy(basis="ordered")
        cls.other = cls._customer("Other")

    def _report(self, user=None):
        report = self.env["crm.value.tier.report"]
        return report.with_user(user or self.env.user).get_report()

    def _row(self, name):
        return next(row for row in self._report()["rows"] if row["name"] == name)

    def _sell(self, partner, **line):
        order = self._quote(partner)
        order.order_line.write(line)
        order.action_confirm()
        return order

    def _score_members(self, **members):
        """Score, and put the customers back into the tiers that no rule gave them."""
        self._score()
        for partner, tier in members.items():
            self._join(getattr(self, partner), tier)

    def test_costs_and_margins_by_tier(self):
        self._sell(self.acme)  # 90 instead of 100, cost 60
        self._sell(self.other)
        self._score_members(acme=self.silver)
        row = self._row("Silver")
        self.assertEqual((row["members"], row["revenue"], row["margin"]), (1, 90, 30))
        self.assertEqual(row["costs"]["pricelist"], 10)
        self.assertEqual((row["cost"], row["without"], row["after"]), (10, 40, 30))
        self.assertAlmostEqual(row["share"], 10 / 90)
        self.assertEqual(row["per_unit"], 3)
        none = self._row("No tier")
        self.assertEqual((none["members"], none["cost"], none["after"]), (1, 0, 40))
        self.assertIsNone(none["per_unit"])
        empty = self._row("Gold")
        self.assertEqual((empty["members"], empty["cost"]), (0, 0))
        self.assertIsNone(empty["share"])

    def test_service_is_counted_without_money(self):
        self.silver.ticket_priority = "3"
        self._ticket(self.acme)
        self._sell(self.acme)
        self._score_members(acme=self.silver)
        row = self._row("Silver")
        self.assertEqual((row["costs"]["service"], row["cost"]), (1, 10))

    def test_change_of_margin_stands_beside_that_of_others(self):
        month_end = ago(380).replace(day=31)  # 2025-05-31
        for partner, before, now in ((self.acme, 100, 300), (self.other, 100, 150)):
            self._purchases(partner, (before, 500), (now, 100))
        self._score(as_of=month_end)
        self._score()
        self._join(self.acme, self.silver, tier_since=ago(366))
        row = self._row("Silver")
        self.assertEqual((row["compared"], row["others"]), (1, 1))
        self.assertAlmostEqual(row["change"], 0.3 * 200)
        self.assertAlmostEqual(row["change_others"], 0.3 * 50)

    def test_member_of_less_than_a_window_is_not_compared(self):
        self._purchases(self.acme, (100, 500), (300, 100))
        self._score(as_of=ago(380).replace(day=31))
        self._score()
        self._join(self.acme, self.silver, tier_since=ago(300))
        self.assertIsNone(self._row("Silver")["compared"])

    def test_company_without_a_run_has_an_empty_report(self):
        self.env["crm.value.run"].search([]).unlink()
        self.assertFalse(self._report()["as_of"])

    def test_costs_are_for_officers_of_the_company(self):
        self._sell(self.acme)
        self._score_members(acme=self.silver)
        for login, group, allowed in (
            ("cost_user", "crm_value.group_user", False),
            ("cost_seller", "sales_team.group_sale_salesman", False),
            ("cost_employee", "base.group_user", False),
            ("cost_officer", "crm_value.group_officer", True),
        ):
            user = new_test_user(
                self.env,
                login,
                group,
                company_id=self.company.id,
                company_ids=self.company.ids,
            )
            with self.subTest(login=login):
                if allowed:
                    self.assertTrue(self._report(user)["rows"])
                else:
                    with self.assertRaises(AccessError):
                        self._report(user)
        second = self._create_company("Second", self.usd)
        report = self.env["crm.value.tier.report"].with_company(second).get_report()
        self.assertFalse(report.get("rows"))

    def test_yearly_cost_is_what_members_received_for_their_revenue(self):
        self._sell(self.acme)
        self._sell(self.acme)._action_cancel()
        self._score_members(acme=self.silver)
        costs = (self.silver + self.gold)._yearly_cost()
        self.assertAlmostEqual(costs[self.silver.id][0], 10 / 90)
        self.assertEqual(costs[self.silver.id][1], 1)
        self.assertEqual(costs[self.gold.id], (None, 0))

    def test_queries_are_flat_at_two_sizes(self):
        self._sell(self.acme)
        self._score_members(acme=self.silver)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._report()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(6):
            customer = self._customer(f"Customer {number}")
            self._join(customer, self.silver)
            self._sell(customer)
        self._score()
        self.assertEqual(queries(), few)


@tagged("post_install", "-at_install")
class TestPointCost(PointsCommon):
    def _report(self):
        return self.env["crm.value.tier.report"].get_report()

    def _bought(self, amount):
        order = self._order(self.anna, amount)
        invoice = self._bill(order)
        return order, invoice

    def test_points_are_granted_when_earned_and_taken_back_with_credit_notes(self):
        _order, invoice = self._bought(1000)
        self._settle_points()
        self._score()
        benefits = self.env["crm.value.benefit"]
        mine = [("partner_id", "=", self.acme.id), ("kind", "=", "points")]
        self.assertFalse(benefits.search(mine))
        self._pay(invoice)
        self._settle_points()
        self.env["crm.value.stale"]._mark(self.acme, self.company)
        self._refresh()
        row = benefits.search(mine)
        self.assertEqual((row.quantity, row.amount), (1000, 10))
        self.assertEqual(self._profile(self.acme).benefit_amount, 10)
        self._refund(invoice, 400)
        self._settle_points()
        self.env["crm.value.stale"]._mark(self.acme, self.company)
        self._refresh()
        self.assertEqual(sum(benefits.search(mine).mapped("amount")), 6)

    def test_spending_points_is_no_second_benefit(self):
        _order, invoice = self._bought(20000)
        self._pay(invoice)
        self._settle_points()
        order = self._order(self.anna, 500, confirm=False)
        order._update_programs_and_rewards()
        card = self._card_of(self.acme)
        order._apply_program_reward(self.reward, card)
        order.action_confirm()
        self._score()
        rows = self.env["crm.value.benefit"].search([("partner_id", "=", self.acme.id)])
        self.assertEqual(set(rows.mapped("kind")), {"points"})
        report = self._report()
        granted = sum(row["cost"] for row in report["rows"])
        self.assertEqual(report["granted"], granted)
        row = report["rows"][-1]
        self.assertEqual(row["costs"]["points"], 200)
        # What was spent is put back before what was granted comes off.
        self.assertAlmostEqual(row["without"], row["margin"] + 200, 2)
        self.assertAlmostEqual(row["after"], row["margin"], 2)

    def test_worth_that_changes_leaves_what_was_booked(self):
        _order, invoice = self._bought(1000)
        self._pay(invoice)
        self._settle_points()
        self._score()
        self.reward.discount = 0.05
        self._score()
        row = self.env["crm.value.benefit"].search([("kind", "=", "points")])
        self.assertEqual(row.amount, 10)

    def test_liability_counts_usable_and_locked_points(self):
        _order, paid = self._bought(1000)
        self._pay(paid)
        self._bought(500)
        self._settle_points()
        self._score()
        points = self._report()["points"]
        self.assertEqual((points["usable"], points["locked"]), (1000, 500))
        self.assertAlmostEqual(points["liability"], 15)
        self.assertIsNone(points["breakage"])

    def test_card_below_zero_lowers_no_liability(self):
        self._card(self.acme, 300)
        other = self._card(self._customer("Other"))
        self.lines.create(
            {"card_id": other.id, "used": 200, "description": "Taken back"}
        )
        self._score()
        self.assertEqual(self._report()["points"]["usable"], 300)

    def test_card_below_zero_with_locked_points_owes_the_sum(self):
        card = self._card(self.acme)
        self.lines.create({"card_id": card.id, "used": 60, "description": "Back"})
        self._bought(100)
        self._settle_points()
        self._score()
        points = self._report()["points"]
        self.assertEqual((points["usable"], points["locked"]), (0, 100))
        self.assertAlmostEqual(points["liability"], 0.4)
        self.assertAlmostEqual(points["liability"], card.value_liability)

    def test_breakage_is_of_points_old_enough_to_have_expired(self):
        self.program.write({"value_expiry": "age", "value_expiry_months": 12})
        card = self._card(self.acme)
        old, _young = self.lines.create(
            [
                {
                    "card_id": card.id,
                    "issued": 400,
                    "value_date": day,
                    "value_day": day,
                    "description": "Given",
                }
                for day in (ago(500), ago(30))
            ]
        )
        self.lines.create(
            {
                "card_id": card.id,
                "used": 100,
                "value_kind": "expired",
                "value_lot_id": old.id,
                "description": "Expired",
                "value_day": TODAY,
            }
        )
        self._score()
        points = self._report()["points"]
        self.assertEqual((points["old_lots"], points["breakage"]), (1, 0.25))

    def test_worth_that_is_not_known_leaves_the_liability_unknown(self):
        self._card(self.acme, 300)
        self.program.reward_ids.write({"discount_mode": "percent", "discount": 5})
        self._score()
        points = self._report()["points"]
        self.assertIs(points["worth"], False)
        self.assertIsNone(points["liability"])
