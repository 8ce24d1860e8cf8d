"""Loyalty tiers: shown, found and grouped wherever the customer is."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..common import TODAY, ValueCommon, ago
from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestTierShown(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tiers = cls.env["crm.value.tier"].search(
            [("company_id", "=", cls.company.id)], order="sequence"
        )
        cls.gold, cls.none = cls._customer("Gold"), cls._customer("None")
        cls._purchases(cls.gold, (100, 5))
        cls._purchases(cls.none, (100, 5))
        cls._score()
        cls._profile(cls.gold).tier_id = cls.tiers[2]
        cls._profile(cls.none).tier_id = False

    def _documents(self, customer):
        lead = {"name": "More", "partner_id": customer.id}
        return (
            customer,
            self._order(customer, 50, confirm=False),
            self._ticket(customer, ago(3)),
            self.env["crm.lead"].create({**lead, "company_id": self.company.id}),
        )

    def test_tier_is_shown_and_found_on_documents(self):
        others = self._documents(self.none)
        for record, other in zip(self._documents(self.gold), others, strict=True):
            with self.subTest(model=record._name):
                self.assertEqual(record.value_tier_id, self.tiers[2])
                self.assertFalse(other.value_tier_id)
                both = [("id", "in", (record + other).ids)]
                found = record.search([*both, ("value_tier_id.name", "=", "Gold")])
                self.assertEqual(found, record)
                without = record.search([*both, ("value_tier_id", "=", False)])
                self.assertEqual(without, other)

    def test_documents_are_grouped_and_sorted_by_tier(self):
        others = self._documents(self.none)
        for record, other in zip(self._documents(self.gold), others, strict=True):
            with self.subTest(model=record._name):
                both = [("id", "in", (record + other).ids)]
                groups = record._read_group(both, ["value_tier_id"], ["id:recordset"])
                empty = self.env["crm.value.tier"]
                self.assertEqual(dict(groups), {self.tiers[2]: record, empty: other})
                self.assertEqual(
                    record.search(both, order="value_tier_id"), record + other
                )
                groups = record._read_group(both, ["value_quadrant"], ["__count"])
                self.assertEqual(sum(count for _name, count in groups), 2)

    def test_another_companys_tier_is_not_shown(self):
        other = self._create_company("Other", self.usd)
        order = self._order(self.gold, 50, confirm=False, company=other)
        [(tier, _count)] = order._read_group(
            [("id", "=", order.id)], ["value_tier_id"], ["__count"]
        )
        self.assertFalse(tier)
        self.assertFalse(order.value_tier_id)

    def test_tiers_of_several_companies_are_told_apart(self):
        other = self._create_company("Other", self.usd)
        self.assertEqual(self.tiers[0].display_name, "Bronze")
        both = self.tiers[0].with_context(
            allowed_company_ids=(self.company + other).ids
        )
        self.assertEqual(both.display_name, "Bronze (Value Company)")

    def test_a_language_added_later_reaches_tiers_and_rules(self):
        bronze, silver = self.tiers[:2]
        policy = self.env["crm.value.policy"]._published(self.company)
        asks = self.env["crm.value.invitation.rule"].search(
            [("company_id", "=", self.company.id), ("event", "=", "delivered")]
        )
        silver.name = "Ours"
        self.env.flush_all()
        for model in (bronze, policy, asks):
            table = model._table
            forget = SQL("SET name = name - 'zh_CN'")
            self.env.cr.execute(SQL("UPDATE %s %s", SQL.identifier(table), forget))
        self.env.invalidate_all()
        self.env["res.lang"]._activate_lang("zh_CN")
        module = self.env["ir.module.module"]
        module._load_module_terms(["crm_value"], ["zh_CN"])
        names = (bronze + silver).with_context(lang="zh_CN").mapped("name")
        self.assertEqual(names, ["普卡", "Ours"])
        self.assertEqual(policy.with_context(lang="zh_CN").name, "客户价值评估方案")
        chinese = asks.with_context(lang="zh_CN").name
        self.assertEqual(chinese, "交货：您对这次订单满意吗？")
        bronze.with_context(lang="zh_CN").name = "铜"
        module._load_module_terms(["crm_value"], ["zh_CN"])
        self.assertEqual(bronze.with_context(lang="zh_CN").name, "铜")
        self.assertEqual(bronze.name, "Bronze")

    def test_outsider_cannot_group_by_tier(self):
        outsider = new_test_user(self.env, "tierless", "base.group_partner_manager")
        partners = self.env["res.partner"].with_user(outsider)
        fields = partners.fields_get(["value_tier_id"])
        self.assertNotIn("value_tier_id", fields)
        with self.assertRaises(AccessError):
            partners._read_group([], ["value_tier_id"], ["__count"])


@tagged("post_install", "-at_install")
class TestTier(TierCommon):
    """Memberships as runs write them."""

    def _at(self, day):
        """Let it be noon of a day."""
        return freeze_time(f"{day} 12:00:00")

    def test_first_run_gives_tiers_without_a_transition(self):
        self._score()
        self.assertEqual(
            self._shown(self.acme), (self.silver, TODAY, date(2027, 6, 14))
        )
        [member] = self._members(self.acme)
        self.assertEqual(
            (member.tier_id, member.origin, member.event, member.date_from),
            (self.silver, "earned", "entered", TODAY),
        )
        self.assertEqual(member.date_grace, date(2027, 7, 14))
        self.assertEqual(member.evidence["figures"]["purchases"], 4)
        self.assertEqual(member.evidence["limits"], {"purchases": 3})
        self.assertFalse(self._moves(self.acme))

    def test_second_run_changes_nothing(self):
        self._score()
        before = self._members(self.acme).read()
        self._score()
        self.env.invalidate_all()
        self.assertEqual(self._members(self.acme).read(), before)

    def test_upgrade_is_logged_once_and_ends_the_membership_before(self):
        self._score()
        with self._at("2026-06-20"):
            self._buy(self.acme, 2, first=0)
            self._score()
            self._score()
        gold, silver = self._members(self.acme)
        day = date(2026, 6, 20)
        self.assertEqual(
            (gold.tier_id, gold.date_from, gold.date_to), (self.gold, day, False)
        )
        self.assertEqual(
            (silver.date_from, silver.date_to), (TODAY, day - timedelta(1))
        )
        [move] = self._moves(self.acme)
        self.assertEqual((move.tier_from_id, move.tier_to_id), (self.silver, self.gold))
        self.assertIn("purchases: 6", move.evidence_text)

    def test_upgrade_of_the_day_goes_with_its_purchases(self):
        self._score()
        with self._at("2026-06-20"):
            bought = self._buy(self.acme, 2, first=0)
            self._score()
            bought.unlink()
            self._refresh()
            self.assertEqual(self._shown(self.acme)[0], self.silver)
            self.assertFalse(self._members(self.acme)[0].date_to)
            self.assertEqual(len(self._members(self.acme)), 1)
            self.assertFalse(self._moves(self.acme))

    def test_grace_then_one_step_down(self):
        self._score()
        with self._at("2027-06-15"):
            self._score()
            self.assertEqual(self._profile(self.acme).tier_state, "grace")
        with self._at("2027-07-15"):
            self._score()
            self.assertEqual(
                self._shown(self.acme),
                (self.bronze, date(2027, 7, 15), date(2028, 7, 14)),
            )
        self.assertEqual(self._moves(self.acme).tier_to_id, self.bronze)

    def test_landing_on_what_is_earned_leaves_the_tiers(self):
        self._policy(tier_landing="earned")
        self._score()
        with self._at("2027-08-01"):
            self._score()
            self.assertEqual(
                self._shown(self.acme), (self.tiers.browse(), False, False)
            )
        [member] = self._members(self.acme)
        self.assertEqual(member.date_to, date(2027, 7, 31))
        self.assertFalse(self._moves(self.acme).tier_to_id)

    def test_kept_tier_is_renewed(self):
        self._score()
        with self._at("2027-06-20"):
            self._purchases(self.acme, (10, -300), (10, -301), (10, -302))
            self._score()
            self.assertEqual(
                self._shown(self.acme), (self.silver, TODAY, date(2028, 6, 14))
            )
        renewed, first = self._members(self.acme)
        self.assertEqual((renewed.event, first.date_to), ("renewed", date(2027, 6, 19)))

    def test_month_end_upgrade_waits(self):
        self._policy(tier_upgrade="month")
        self._score()
        with self._at("2026-06-20"):
            self._buy(self.acme, 2, first=0)
            self._score()
            self.assertEqual(self._shown(self.acme)[0], self.silver)
        with self._at("2026-07-01"):
            self._score()
            self._refresh()
            self.env["crm.value.stale"]._mark(self.acme, self.company)
            self._refresh()
            self.assertEqual(self._shown(self.acme)[:2], (self.gold, date(2026, 6, 30)))

    def test_refresh_gives_what_a_full_run_does(self):
        self._score()
        other = self._customer("Other")
        self._buy(other, 7)
        self._buy(self.acme, 9, first=20)
        self._refresh()
        refreshed = [self._row(self._profile(c)) for c in (self.acme, other)]
        members = [self._members(c).read() for c in (self.acme, other)]
        self._score()
        self.env.invalidate_all()
        again = [self._row(self._profile(c)) for c in (self.acme, other)]
        for names in zip(refreshed, again, strict=True):
            ours = [{k: v for k, v in row.items() if "tier" in k} for row in names]
            self.assertEqual(*ours)
        self.assertEqual([self._members(c).read() for c in (self.acme, other)], members)

    def test_past_run_shows_what_held_and_writes_no_membership(self):
        self._score()
        with self._at("2026-07-20"):
            self._buy(self.acme, 2, first=-30)
            self._score()
            before = self._members(self.acme).read()
            self._score(as_of=date(2026, 6, 30))
            self.env.invalidate_all()
            self.assertEqual(self._members(self.acme).read(), before)
        past = self._snapshot(self.acme, date(2026, 6, 30))
        self.assertEqual(
            (past.tier_id, past.tier_computed_id, past.tier_since, past.tier_purchases),
            (self.silver, self.silver, TODAY, 4),
        )
        self._score(as_of=ago(10))
        self.assertFalse(self._snapshot(self.acme, ago(10)).tier_id)

    def test_prospects_and_strangers_have_no_tier(self):
        prospect = self._customer("Prospect")
        self._order(prospect, 50, confirm=False)
        self._score()
        self.assertFalse(self._profile(prospect).tier_id)
        self.assertFalse(self._members(prospect))
