"""Whose authority counts, for which customer; and who may set it."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .authority_common import LEADER, SELLER, AuthorityCommon

RULE = "crm.value.authority"


@tagged("post_install", "-at_install")
class TestAuthority(AuthorityCommon):
    def _needs(self, order):
        return bool(order._value_breaches())

    def test_first_line_that_fits_counts(self):
        self.assertFalse(self._needs(self._quote(10)))
        self.assertTrue(self._needs(self._quote(10.01)))
        self.assertFalse(self._needs(self._quote(30, self.leader)))
        self.assertTrue(self._needs(self._quote(31, self.leader)))

    def test_company_without_rules_is_not_disturbed(self):
        self.env[RULE].search([]).unlink()
        order = self._quote(90)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_who_is_named_by_no_rule_has_no_limit(self):
        self.rule.group_id = self.env.ref(LEADER)
        self.assertFalse(self._needs(self._quote(90)))

    def test_quadrant_and_tier_are_those_of_the_customer(self):
        self._purchases(self.acme, (100, 10))
        self._score()
        profile = self._profile(self.acme)
        self.env.cr.execute(
            "UPDATE crm_value_profile SET quadrant = 'platinum' WHERE id = %s",
            (profile.id,),
        )
        self.env.invalidate_all()
        star = self._allow(25, SELLER, sequence=0, quadrant="platinum")
        self.assertFalse(self._needs(self._quote(25)))
        contact = self._customer("Ann", parent=self.acme)
        self.assertFalse(self._needs(self._quote(25, partner_id=contact.id)))
        other = self._customer("Unknown")
        self.assertTrue(self._needs(self._quote(25, partner_id=other.id)))
        star.tier_id = self.env.ref("crm_value.tier_gold")
        self.assertTrue(self._needs(self._quote(25)))

    def test_margin_floor_is_asked_of_the_whole_order(self):
        self.rule.margin_floor = 35
        self.assertFalse(self._needs(self._quote(5)))
        order = self._quote(8)
        [breach] = order._value_breaches().values()
        self.assertTrue(breach.margin)
        self.assertFalse(breach.lines)

    def test_other_company_has_rules_of_its_own(self):
        other = self._create_company("Elsewhere", self.usd)
        seller = self._person("elsewhere", SELLER, other)
        order = self._quote(50, seller, company_id=other.id)
        self.assertFalse(self._needs(order))
        theirs = self.env[RULE].with_user(seller).with_company(other)
        theirs = theirs.with_context(allowed_company_ids=other.ids)
        self.assertFalse(theirs.search([]))

    def test_only_managers_of_the_company_set_it(self):
        rules = self.env[RULE]
        vals = {"max_discount": 99}
        for user in (self.seller, self.leader):
            self.assertTrue(rules.with_user(user).search([]))
            with self.assertRaises(AccessError):
                self.rule.with_user(user).write(vals)
            with self.assertRaises(AccessError):
                rules.with_user(user).create(vals)
        self.rule.with_user(self.manager).max_discount = 15
        other = self._create_company("Elsewhere", self.usd)
        with self.assertRaises(AccessError):
            rules.with_user(self.manager).create({**vals, "company_id": other.id})

    def test_floor_is_shown_to_officers_only(self):
        seller = self.rule.with_user(self.seller)
        with self.assertRaises(AccessError):
            seller.read(["margin_floor"])
        with self.assertRaises(AccessError):
            seller.search([("margin_floor", ">", 5)])
        with self.assertRaises(AccessError):
            seller.search([], order="margin_floor")
        self.assertIn("margin_floor", self.rule.with_user(self.leader).read()[0])

    @mute_logger("odoo.sql_db")
    def test_a_share_is_between_0_and_100(self):
        with self.assertRaises(IntegrityError):
            self._allow(101)

    def test_nothing_is_asked_with_the_part_off_or_another_gate_installed(self):
        order = self._quote(50)
        self.assertTrue(self._needs(order))
        loaded = self.env.registry._init_modules
        loaded.add("sale_tier_validation")
        self.addCleanup(loaded.discard, "sale_tier_validation")
        self.assertFalse(self._needs(order))
        loaded.discard("sale_tier_validation")
        users = self.env.ref("crm_value.group_user")
        users._remove_group(self.env.ref("crm_value.group_part_selling"))
        self.assertFalse(self._needs(order))

    def test_preview_opens_orders_that_would_have_needed_an_approval(self):
        self.rule.active = False
        low, high = self._quote(5), self._quote(25)
        (low | high).action_confirm()
        self.rule.active = True
        rules = self.env[RULE].with_user(self.manager)
        action = call_kw(rules, "action_preview", [[]], {})  # as the button does
        self.assertEqual(action["domain"], [("id", "in", high.ids)])
        self.assertIn("Latest 2 Orders, 1", action["name"])
        with self.assertRaises(AccessError):
            self.env[RULE].with_user(self.leader).action_preview()

    def test_rule_is_named_by_who_and_whom(self):
        self.rule.quadrant = "gold"
        self.assertIn("Established", self.rule.display_name)
        self.assertEqual(self._allow(5).display_name, "Any role")
