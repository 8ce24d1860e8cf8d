"""What was granted is booked from its documents, once, and taken back with them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import TODAY, ago
from .benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestBooking(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()

    def _book(self, partners=None):
        run = self.env["crm.value.run"].new(
            {"company_id": self.company.id, "policy_id": self._policy().id}
        )
        options = {"partner_ids": tuple(partners.ids)} if partners else {}
        self.env["crm.value.benefit"]._book(run._scope(TODAY, **options))
        return self._booked()

    def _booked(self, **values):
        return self.env["crm.value.benefit"].search(
            [
                ("company_id", "=", self.company.id),
                *((name, "=", value) for name, value in values.items()),
            ]
        )

    def _sold(self, partner, quantity=1, **line):
        order = self._quote(partner, quantity)
        order.order_line.write(line)
        order.action_confirm()
        return order

    def test_price_of_the_tier_is_booked_without_the_rest(self):
        for line, amount, shown in (
            ({}, 20, 20),  # the pricelist shows a discount of ten percent
            ({"discount": 25}, 20, 20),  # more off: only the tier's part is its own
            ({"discount": 4}, 8, 8),  # charged more than the tier's price
            ({"price_unit": 90, "discount": 0}, 20, 0),
            ({"price_unit": 120, "discount": 0}, 0, 0),
        ):
            with self.subTest(line=line):
                order = self._sold(self.ann, 2, **line)
                self._book()
                row = self._booked(order_id=order.id)
                self.assertEqual(row.amount or 0, amount)
                self.assertEqual(row.shown_amount or 0, shown)
                if row:
                    self.assertEqual(row.partner_id, self.acme)
                    self.assertEqual(row.tier_id, self.silver)
                    self.assertEqual((row.kind, row.date), ("pricelist", TODAY))

    def test_only_what_the_tier_adds_to_the_customer_s_own_prices(self):
        self.list_price.item_ids.percent_price = 4
        self._sold(self.acme)
        self.assertEqual(self._book().amount, 6)

    def test_tax_in_the_price_is_no_benefit(self):
        tax = self.env["account.tax"].create(
            {
                "name": "Included",
                "amount": 25,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.product.taxes_id = tax
        self._sold(self.acme)
        self.assertAlmostEqual(self._book().amount, 8, 2)

    def test_money_is_in_company_currency_at_the_day_of_the_order(self):
        euro = self._currency("EUR", 0.5)
        self.silver.pricelist_id = self._pricelist("Euro", 10, currency_id=euro.id)
        order = self._sold(self.acme)
        self.assertEqual(order.amount_untaxed, 45)
        self.assertEqual(self._book().amount, 10)

    def test_booking_twice_or_in_parts_changes_nothing(self):
        self._sold(self.acme)
        other = self._customer("Other")
        self._join(other, self.gold)
        self._sold(other)
        rows = self._book()
        self.assertEqual(sorted(rows.mapped("amount")), [10, 20])
        stamps = rows.mapped("write_date")
        self.assertEqual(self._book(), rows)
        self.assertEqual(self._book(self.acme), rows)
        self.assertEqual(rows.mapped("write_date"), stamps)

    def test_cancelled_and_deleted_orders_are_taken_back(self):
        order, kept = self._sold(self.acme), self._sold(self.acme)
        self.assertEqual(len(self._book()), 2)
        order._action_cancel()
        rows = self._book(self.acme)
        self.assertEqual(rows.order_id, kept)
        order.action_draft()
        order.action_confirm()
        self.assertEqual(len(self._book()), 2)

    def test_order_that_moves_to_another_customer_takes_its_benefit_along(self):
        other = self._customer("Other")
        order = self._sold(self.acme)
        self._book()
        order.partner_id = other
        self.env.flush_all()
        self.assertEqual(self._book(self.acme | other).partner_id, other)

    def test_pricelist_picked_by_hand_is_no_benefit_of_the_tier(self):
        self._quote(self.acme, pricelist_id=self.twenty.id).action_confirm()
        special = self._pricelist("Special", 3)
        self.acme.property_product_pricelist = special
        self._sold(self.acme)
        self.assertFalse(self._book())

    def test_discount_and_free_product_rewards_are_booked(self):
        self.silver.pricelist_id = False
        self._program(self.silver)
        order = self._quote(self.acme, 2)
        order.action_open_reward_wizard()
        order.action_confirm()
        [row] = self._book()
        self.assertEqual((row.kind, row.amount, row.shown_amount), ("reward", 10, 10))
        self.assertEqual(row.tier_id, self.silver)
        gift = self._program(
            self.gold,
            name="Gift",
            reward_ids=[
                Command.create(
                    {"reward_type": "product", "reward_product_id": self.product.id}
                )
            ],
        )
        self.gold.pricelist_id = False
        self._join(self.acme, self.gold)
        order = self._quote(self.acme)
        order._update_programs_and_rewards()
        order._apply_program_reward(gift.reward_ids, order.coupon_point_ids.coupon_id)
        order.action_confirm()
        self._book()
        self.assertEqual(self._booked(order_id=order.id).amount, 100)

    def test_gift_card_is_payment_and_no_benefit(self):
        self.silver.pricelist_id = False
        program = self.env["loyalty.program"].create(
            {
                "name": "Gift card",
                "program_type": "gift_card",
                "company_id": self.company.id,
                "applies_on": "future",
                "trigger": "auto",
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 1,
                        }
                    )
                ],
            }
        )
        card = self.env["loyalty.card"].create({"program_id": program.id, "points": 30})
        order = self._quote(self.acme)
        order._try_apply_code(card.code)
        order._apply_program_reward(program.reward_ids, card)
        order.action_confirm()
        self.assertEqual(order.amount_untaxed, 70)
        self.assertFalse(self._book())

    def test_service_is_counted_and_has_no_money(self):
        self.silver.ticket_priority = "3"
        ticket = self._ticket(self.ann)
        row = self._book()
        self.assertEqual(
            (row.kind, row.quantity, row.ticket_id), ("service", 1, ticket)
        )
        self.assertIs(row.amount, False)
        ticket.unlink()
        self.assertFalse(self._book())

    def test_run_and_refresh_bring_the_figures_of_the_window(self):
        self._sold(self.acme)
        self._invoice(self.acme, 90, ago(3))
        self._score()
        profile = self._profile(self.acme)
        self.assertEqual(profile.benefit_amount, 10)
        self.assertEqual(profile.benefit_share, 0)  # a discount shows all of it
        self._join(self.acme, self.silver)
        order = self._quote(self.acme)
        order.order_line.write({"price_unit": 90, "discount": 0})
        order.action_confirm()
        self._refresh()
        self.assertEqual(profile.benefit_amount, 20)
        self.assertAlmostEqual(profile.benefit_share, 10 / 90)
        order._action_cancel()
        self._refresh()
        self.assertEqual(profile.benefit_amount, 10)

    def test_company_without_benefits_has_no_score_of_them(self):
        self._purchases(self.acme, (90, 10))
        self._score()
        profile = self._profile(self.acme)
        self.assertIs(profile.benefit_share, False)
        self.assertIs(profile.score_granted, False)
        self.assertEqual(profile.benefit_amount, 0)

    def test_merged_customers_have_their_benefits_together(self):
        other = self._customer("Other")
        self._join(other, self.silver)
        self._sold(self.acme)
        self._sold(other)
        self._book()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.acme + other).ids, self.acme)
        self.assertEqual(sum(self._book().mapped("amount")), 20)
        self.assertEqual(self._booked().partner_id, self.acme)

    def test_queries_are_flat_at_two_sizes(self):
        few = self._customer("Few")
        self._join(few, self.silver)
        many = self.env["res.partner"]
        for number in range(8):
            customer = self._customer(f"Many {number}")
            self._join(customer, self.silver)
            self._sold(customer)
            many += customer
        self._sold(few)
        self._book()

        def queries(partners):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._book(partners)
            return self.env.cr.sql_log_count - before

        self.assertEqual(queries(many), queries(few))


@tagged("post_install", "-at_install")
class TestBenefitAccess(BenefitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        order = cls._quote(cls.acme)
        order.action_confirm()
        cls._score()
        cls._refresh()
        cls.benefit = cls.env["crm.value.benefit"].search([("order_id", "=", order.id)])
        cls.user = cls._user("benefit_user", "crm_value.group_user")
        cls.officer = cls._user("benefit_officer", "crm_value.group_officer")

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

    def test_users_see_what_was_granted_but_no_money(self):
        mine = self.benefit.with_user(self.user)
        self.assertEqual(mine.kind, "pricelist")
        self.assertTrue(mine.document)
        for name in ("amount", "shown_amount"):
            self.assertNotIn(name, mine.fields_get())
            with self.assertRaises(AccessError):
                mine.read([name])
            with self.assertRaises(AccessError):
                mine.search([(name, ">", 0)])
            with self.assertRaises(AccessError):
                mine.formatted_read_group([], ["kind"], [f"{name}:sum"])
        self.assertEqual(self.benefit.with_user(self.officer).amount, 10)

    def test_nobody_writes_what_was_booked(self):
        manager = self._user("benefit_manager", "crm_value.group_manager")
        for user in (self.user, self.officer, manager):
            mine = self.benefit.with_user(user)
            with self.assertRaises(AccessError):
                mine.write({"kind": "points"})
            with self.assertRaises(AccessError):
                mine.unlink()

    def test_other_companies_see_nothing(self):
        second = self._create_company("Second", self.usd)
        alien = new_test_user(
            self.env,
            "benefit_alien",
            "crm_value.group_manager",
            company_id=second.id,
            company_ids=second.ids,
        )
        env = self.env(user=alien, context={"allowed_company_ids": second.ids})
        mine = self.benefit.with_env(env)
        self.assertFalse(mine.search([("id", "=", mine.id)]))
        with self.assertRaises(AccessError):
            mine.read(["kind"])

    def test_explanation_and_page_open_for_users(self):
        profile = self._profile(self.acme)
        for user in (self.user, self.officer):
            mine = profile.with_user(user)
            self.assertEqual(mine.benefit_ids, self.benefit)
            mine.read(["explanation", "value_benefits"])
            action = mine.action_open_documents("granted")
            self.assertEqual(action["res_model"], "crm.value.benefit")
            parts = {
                part["code"]: part
                for side in mine.explanation["sides"]
                for part in side["parts"]
            }
            self.assertIn("granted", parts)
        self.assertEqual(self.benefit.action_open_document()["res_model"], "sale.order")
