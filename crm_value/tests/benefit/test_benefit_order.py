"""Benefits of a tier on quotations and orders."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestPricelist(BenefitCommon):
    def test_new_quotation_has_the_price_of_the_tier(self):
        order = self._quote(self.ann)
        self.assertEqual(order.pricelist_id, self.ten)
        self.assertEqual(order.amount_untaxed, 90)
        self.assertEqual(order.value_quoted_tier_id, self.silver)
        self.assertTrue(self._shown(order, "pricelist")["applied"])

    def test_customer_without_a_tier_has_the_usual_price(self):
        order = self._quote(self._customer("Other"))
        self.assertEqual(order.pricelist_id, self.list_price)
        self.assertFalse(order.value_benefits)

    def test_form_changes_the_price_with_the_customer(self):
        form = Form(self.env["sale.order"])
        form.partner_id = self.ann
        self.assertEqual(form.pricelist_id, self.ten)
        form.partner_id = self._customer("Other")
        self.assertEqual(form.pricelist_id, self.list_price)
        form.partner_id = self.acme
        self.assertEqual(form.pricelist_id, self.ten)

    def test_pricelist_picked_for_the_customer_wins_and_is_said(self):
        special = self._pricelist("Special", 3)
        self.acme.property_product_pricelist = special
        order = self._quote(self.ann)
        self.assertEqual(order.pricelist_id, special)
        row = self._shown(order, "pricelist")
        self.assertFalse(row["applied"])
        self.assertIn("Special", row["why"])

    def test_pricelist_picked_on_the_order_stays(self):
        special = self._pricelist("Special", 3)
        order = self._quote(self.acme, pricelist_id=special.id)
        self.assertEqual(order.pricelist_id, special)
        self.assertIn("chosen on this order", self._shown(order, "pricelist")["why"])
        later = self._quote(self.acme)
        later.pricelist_id = special
        later.note = "Changed"
        self.env.flush_all()
        self.assertEqual(later.pricelist_id, special)

    def test_switched_off_pricelists_are_said(self):
        self.env.ref("base.group_user").implied_ids -= self.env.ref(
            "product.group_product_pricelist"
        )
        order = self._quote(self.acme)
        self.assertFalse(order.pricelist_id)
        self.assertIn("disabled", self._shown(order, "pricelist")["why"])

    def test_archived_pricelist_or_tier_prices_nothing(self):
        self.ten.active = False
        order = self._quote(self.acme)
        self.assertEqual(order.pricelist_id, self.list_price)
        self.assertIn("archived", self._shown(order, "pricelist")["why"])
        self.silver.active = False
        self.assertFalse(self._quote(self.acme).value_benefits)

    def test_quotation_keeps_what_was_offered_when_the_tier_changes(self):
        order = self._quote(self.acme)
        self._join(self.acme, self.gold)
        order.invalidate_recordset()
        self.assertEqual(order.pricelist_id, self.ten)
        self.assertIn("tier is now Gold", order.value_benefits["note"])
        order.action_apply_benefit("offer")
        self.assertEqual(order.pricelist_id, self.twenty)
        self.assertEqual(order.amount_untaxed, 80)
        self.assertFalse(order.value_benefits["note"])

    def test_quotation_can_be_made_anew_without_any_tier(self):
        order = self._quote(self.acme)
        self._join(self.acme, self.silver.browse())
        order.invalidate_recordset()
        self.assertIn("no longer holds Silver", order.value_benefits["note"])
        order.action_apply_benefit("offer")
        self.assertEqual(order.pricelist_id, self.list_price)
        self.assertEqual(order.amount_untaxed, 100)

    def test_tier_s_new_pricelist_leaves_quotations_alone(self):
        order = self._quote(self.acme)
        self.silver.pricelist_id = self.twenty
        order.invalidate_recordset()
        self.assertEqual(order.pricelist_id, self.ten)
        self.assertTrue(self._shown(order, "pricelist")["applied"])

    def test_confirmed_order_is_never_touched(self):
        order = self._quote(self.acme)
        order.action_confirm()
        self._join(self.acme, self.gold)
        self.silver.write({"pricelist_id": False, "points_rate": 3})
        order.invalidate_recordset()
        self.assertEqual((order.pricelist_id, order.amount_untaxed), (self.ten, 90))
        self.assertEqual(order.value_confirmed_tier_id, self.silver)
        self.assertEqual(order.value_benefits["tier"], "Silver")
        self.assertTrue(self._shown(order, "pricelist")["applied"])
        with self.assertRaises(UserError):
            order.action_apply_benefit("offer")

    def test_order_confirmed_before_the_benefit_gets_nothing(self):
        other = self._customer("Other")
        order = self._quote(other)
        order.action_confirm()
        self._join(other, self.silver)
        order.invalidate_recordset()
        self.assertEqual(order.pricelist_id, self.list_price)
        self.assertFalse(order.value_benefits)

    def test_copy_is_offered_anew_but_keeps_its_prices(self):
        order = self._quote(self.acme)
        order.action_confirm()
        self._join(self.acme, self.gold)
        copy = order.copy()
        self.assertEqual(copy.value_quoted_tier_id, self.gold)
        self.assertFalse(copy.value_confirmed_tier_id)
        self.assertEqual(copy.pricelist_id, self.ten)
        self.assertFalse(self._shown(copy, "pricelist")["applied"])

    def test_pricelist_in_another_currency_is_offered_in_it(self):
        euro = self._currency("EUR", 0.5)
        self.silver.pricelist_id = self._pricelist("Euro", 10, currency_id=euro.id)
        order = self._quote(self.acme)
        self.assertEqual(order.currency_id, euro)
        self.assertEqual(order.amount_untaxed, 45)

    def test_customer_of_a_tier_elsewhere_has_the_usual_price_here(self):
        second = self._create_company("Second", self.usd)
        tier = self.env["crm.value.tier"].create(
            {"name": "Second", "company_id": second.id}
        )
        other = self._customer("Other")
        self._join(other, tier, second)
        self.assertFalse(self._quote(other).value_quoted_tier_id)

    def test_pricelist_that_everybody_has_is_warned_of(self):
        self.assertFalse(self.silver.pricelist_for_all)
        self.ten.sequence = 0
        self.env.invalidate_all()
        self.assertTrue(self.silver.pricelist_for_all)
        self.assertFalse(self.gold.pricelist_for_all)

    def test_benefit_of_another_company_is_refused(self):
        second = self._create_company("Second", self.usd)
        alien = self._pricelist("Alien", 5, company_id=second.id)
        with self.assertRaises(UserError):
            self.silver.pricelist_id = alien
        template = self.env.ref("crm_value.tier_gold")
        with self.assertRaises(UserError):
            template.pricelist_id = self.ten
        with self.assertRaises(ValidationError):
            self._program(template)
        tier = self.silver.create({"name": "Second", "company_id": second.id})
        with self.assertRaises(ValidationError):
            self._program(self.silver).value_tier_ids += tier


@tagged("post_install", "-at_install")
class TestSuggestions(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.account_use_credit_limit = True
        cls.term = cls.env["account.payment.term"].create({"name": "45 days"})
        cls.eva = cls._user("eva", "sales_team.group_sale_salesman_all_leads")
        cls.silver.write(
            {
                "points_rate": 1.5,
                "payment_term_id": cls.term.id,
                "credit_limit": 5000,
                "contact_user_id": cls.eva.id,
            }
        )

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            context=cls.env.context,
        )

    def test_suggestions_are_never_applied_by_themselves(self):
        order = self._quote(self.acme)
        self.assertFalse(order.payment_term_id)
        self.assertNotEqual(order.user_id, self.eva)
        self.assertEqual(self.acme.credit_limit, 0)
        for code in ("payment_term", "credit_limit", "contact"):
            row = self._shown(order, code)
            self.assertFalse(row["applied"])
            self.assertTrue(row["can_apply"])
            order.action_apply_benefit(code)
            order.invalidate_recordset()
            self.assertTrue(self._shown(order, code)["applied"])
        self.assertEqual(order.payment_term_id, self.term)
        self.assertEqual(order.user_id, self.eva)
        self.assertEqual(self.acme.credit_limit, 5000)

    def test_limit_is_not_suggested_where_limits_are_off(self):
        self.company.account_use_credit_limit = False
        row = self._shown(self._quote(self.acme), "credit_limit")
        self.assertFalse(row["can_apply"])
        self.assertIn("disabled", row["why"])

    def test_salesperson_in_charge_stays_in_charge(self):
        bob = self._user("bob", "sales_team.group_sale_salesman")
        self.acme.user_id = bob
        order = self._quote(self.ann)
        row = self._shown(order, "contact")
        self.assertFalse(row["can_apply"])
        self.assertIn(bob.name, row["why"])

    def test_salesperson_sees_no_credit_limit_and_sets_none(self):
        order = self._quote(self.acme).with_user(self.eva)
        row = self._shown(order, "credit_limit")
        self.assertFalse(row["can_apply"])
        with self.assertRaises(AccessError):
            order.action_apply_benefit("credit_limit")
        order.action_apply_benefit("payment_term")
        self.assertEqual(order.payment_term_id, self.term)

    def test_contact_is_named_on_documents(self):
        self.eva.phone = "+1 555 0100"
        order = self._quote(self.acme)
        report = self.env["ir.actions.report"]
        page = report._render_qweb_html("sale.report_saleorder", order.ids)[0].decode()
        self.assertIn("+1 555 0100", page)
        order.action_apply_benefit("contact")
        self.assertFalse(order._value_contact())  # the salesperson is named already
        self.assertFalse(self._quote(self._customer("Other"))._value_contact())

    def test_rate_counts_at_confirmation(self):
        order = self._quote(self.acme)
        self.assertEqual(order._value_points_rate(self.env["loyalty.program"]), 1.5)
        self.assertFalse(self._shown(order, "points_rate")["applied"])
        order.action_confirm()
        self.silver.points_rate = 2
        self._join(self.acme, self.gold)
        self.assertEqual(order._value_points_rate(self.env["loyalty.program"]), 1.5)
        self.assertTrue(self._shown(order, "points_rate")["applied"])
        other = self._quote(self._customer("Other"))
        self.assertEqual(other._value_points_rate(self.env["loyalty.program"]), 1)


@tagged("post_install", "-at_install")
class TestPrograms(BenefitCommon):
    def _rewarded(self, order):
        order.action_open_reward_wizard()
        return order.order_line.reward_id.program_id

    def test_program_of_a_tier_is_for_its_members(self):
        program = self._program(self.silver)
        order = self._quote(self.acme)
        self.assertEqual(self._rewarded(order), program)
        self.assertEqual(order.amount_untaxed, 85.5)
        self.assertTrue(self._shown(order, f"program {program.id}")["applied"])
        other = self._quote(self._customer("Other"))
        self.assertFalse(self._rewarded(other))

    def test_program_for_everybody_stays_for_everybody(self):
        program = self._program(self.silver.browse())
        other = self._quote(self._customer("Other"))
        self.assertEqual(self._rewarded(other), program)

    def test_member_of_a_higher_tier_needs_to_be_named(self):
        program = self._program(self.gold)
        order = self._quote(self.acme)
        self.assertFalse(self._rewarded(order))
        program.value_tier_ids += self.silver
        self.assertEqual(self._rewarded(order), program)

    def test_quotation_keeps_the_reward_and_gains_those_of_the_new_tier(self):
        program = self._program(self.silver)
        order = self._quote(self.acme)
        self._rewarded(order)
        self._join(self.acme, self.gold)
        order._update_programs_and_rewards()
        self.assertEqual(order.order_line.reward_id.program_id, program)
        more = self._program(self.gold, name="More")
        status = order._try_apply_program(more)
        self.assertNotIn("not available", status.get("error", ""))

    def test_code_of_a_tier_is_refused_to_others(self):
        self._program(
            self.silver,
            program_type="promo_code",
            trigger="with_code",
            rule_ids=[Command.create({"mode": "with_code", "code": "SILVER"})],
        )
        other = self._quote(self._customer("Other"))
        self.assertIn("error", other._try_apply_code("SILVER"))
        self.assertNotIn("error", self._quote(self.acme)._try_apply_code("SILVER"))

    def test_reward_of_a_confirmed_order_outlives_the_tier(self):
        self._program(self.silver)
        order = self._quote(self.acme)
        self._rewarded(order)
        order.action_confirm()
        self._join(self.acme, self.silver.browse())
        order._update_programs_and_rewards()
        self.assertTrue(order.order_line.reward_id)
        self.assertEqual(order.amount_untaxed, 85.5)
