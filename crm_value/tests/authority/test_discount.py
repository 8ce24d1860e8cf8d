"""Every way to a lower price counts, and no other."""

import doctest

from odoo import Command
from odoo.tests import tagged

from ...analytics.authority import discount
from .authority_common import AuthorityCommon


@tagged("post_install", "-at_install")
class TestDiscount(AuthorityCommon):
    def _line(self, **values):
        values = {"product_id": self.product.id, "product_uom_qty": 1, **values}
        return Command.create(values)

    def _pricelist(self, percent, policy="percentage", **values):
        rule = {"compute_price": policy, "applied_on": "3_global", **values}
        rule["percent_price" if policy == "percentage" else "price_discount"] = percent
        return self.env["product.pricelist"].create(
            {
                "name": f"{policy} {percent}",
                "company_id": self.company.id,
                "currency_id": self.usd.id,
                "item_ids": [Command.create(rule)],
            }
        )

    def test_arithmetic_holds_its_examples(self):
        found = doctest.testmod(discount)
        self.assertGreater(found.attempted, 0)
        self.assertEqual(found.failed, 0)

    def test_line_discount_and_typed_price_count_together(self):
        order = self._quote(lines=[self._line(price_unit=90, discount=10)])
        self.assertEqual(self._worst(order), 19)

    def test_hundredths_of_a_percent_are_told_apart(self):
        self.assertEqual(self._worst(self._quote(12.01)), 12.01)

    def test_hidden_and_shown_pricelist_discounts_count(self):
        for policy in ("percentage", "formula"):
            pricelist = self._pricelist(20, policy)
            order = self._quote(pricelist_id=pricelist.id)
            self.assertEqual(order.amount_untaxed, 80)
            self.assertEqual(self._worst(order), 20, policy)

    def test_chained_pricelist_is_no_way_around(self):
        hidden = self._pricelist(30, "formula")
        chained = self._pricelist(
            0, "formula", base="pricelist", base_pricelist_id=hidden.id
        )
        self.assertEqual(self._worst(self._quote(pricelist_id=chained.id)), 30)

    def test_dearer_pricelist_is_the_reference(self):
        dear = self._pricelist(-20, "formula")
        order = self._quote(pricelist_id=dear.id, lines=[self._line(price_unit=102)])
        self.assertEqual(self._worst(order), 15)

    def test_quantity_price_counts_against_the_sales_price(self):
        pricelist = self._pricelist(25, min_quantity=10)
        order = self._quote(
            pricelist_id=pricelist.id, lines=[self._line(product_uom_qty=12)]
        )
        self.assertEqual(self._worst(order), 25)

    def test_global_discount_is_taken_off_every_line(self):
        order = self._quote(lines=[self._line(), self._line(discount=10)])
        wizard = self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        )
        wizard.action_apply_discount()
        given = order._value_discounts()[order].discounts
        self.assertEqual(sorted(given.values()), [10, 19])

    def test_negative_line_is_a_discount_whatever_its_name(self):
        other = self._product("Goodwill", 0)
        order = self._quote(
            lines=[self._line(), self._line(product_id=other.id, price_unit=-15)]
        )
        self.assertEqual(self._worst(order), 15)

    def test_reward_counts_as_money_and_as_free_product(self):
        for reward, expected in (
            ({"reward_type": "discount", "discount": 25}, 25),
            ({"reward_type": "product", "reward_product_id": self.product.id}, 25),
        ):
            program = self.env["loyalty.program"].create(
                {
                    "name": "Fair",
                    "company_id": self.company.id,
                    "program_type": "promotion",
                    "trigger": "auto",
                    "rule_ids": [Command.create({"minimum_qty": 3})],
                    "reward_ids": [Command.create({**reward, "required_points": 1})],
                }
            )
            order = self._quote(lines=[self._line(product_uom_qty=3)]).sudo()
            order._update_programs_and_rewards()
            for coupon, rewards in order._get_claimable_rewards().items():
                order._apply_program_reward(rewards[0], coupon)
            self.assertTrue(order.order_line.reward_id, reward)
            self.assertEqual(self._worst(order), expected, reward)
            program.active = False

    def test_what_is_paid_with_a_gift_card_is_no_discount(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "Gift Card",
                "company_id": self.company.id,
                "program_type": "gift_card",
                "applies_on": "future",
                "trigger": "auto",
                "rule_ids": [Command.create({"minimum_amount": 0})],
                "reward_ids": [
                    Command.create({"discount_mode": "per_point", "discount": 1})
                ],
            }
        )
        card = self.env["loyalty.card"].create(
            {"program_id": program.id, "points": 40, "code": "forty"}
        )
        order = self._quote(5).sudo()
        for coupon, rewards in order._try_apply_code(card.code).items():
            order._apply_program_reward(rewards[0], coupon)
        self.assertEqual(order.amount_total, 55)
        self.assertEqual(self._worst(order), 5)

    def test_taxes_in_the_price_are_no_discount(self):
        tax = self.env["account.tax"].create(
            {
                "name": "Included",
                "amount": 25,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.product.taxes_id = tax
        self.assertEqual(self._worst(self._quote(8)), 8)
        order = self._quote(lines=[self._line(price_unit=90)])
        self.assertEqual(order.amount_untaxed, 72)
        self.assertEqual(self._worst(order), 10)

    def test_units_and_currencies_are_brought_together(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._quote(
            lines=[self._line(product_uom_id=dozen.id, price_unit=1080)]
        )
        self.assertEqual(self._worst(order), 10)
        euro = self._currency("EUR", 0.5)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id, "company_id": self.company.id}
        )
        order = self._quote(
            pricelist_id=pricelist.id, lines=[self._line(price_unit=45)]
        )
        self.assertEqual(order.currency_id, euro)
        self.assertEqual(self._worst(order), 10)

    def test_combo_is_judged_as_a_whole(self):
        parts = [self._product(f"Part {price}", price) for price in (30, 70)]
        combos = self.env["product.combo"].create(
            [
                {
                    "name": part.name,
                    "combo_item_ids": [Command.create({"product_id": part.id})],
                }
                for part in parts
            ]
        )
        box = self.env["product.product"].create(
            {
                "name": "Box",
                "type": "combo",
                "list_price": 80,
                "taxes_id": False,
                "combo_ids": [Command.set(combos.ids)],
            }
        )
        order = self._quote(lines=[self._line(product_id=box.id)])
        for combo in combos:
            order.order_line = [
                self._line(
                    product_id=combo.combo_item_ids.product_id.id,
                    combo_item_id=combo.combo_item_ids.id,
                    linked_line_id=order.order_line[0].id,
                )
            ]
        self.assertEqual(order.amount_untaxed, 80)
        self.assertEqual(self._worst(order), 0)
        order.order_line[0].discount = 0
        order.order_line[1:].discount = 15
        self.assertEqual(self._worst(order), 15)

    def test_optional_line_counts_before_it_is_chosen(self):
        order = self._quote(
            lines=[
                self._line(),
                Command.create(
                    {
                        "name": "Options",
                        "display_type": "line_section",
                        "is_optional": True,
                    }
                ),
                self._line(product_uom_qty=0, price_unit=60),
            ]
        )
        self.assertEqual(self._worst(order), 40)

    def test_sections_down_payments_and_unpriced_products_do_not_count(self):
        free = self._product("By Agreement", 0)
        order = self._quote(
            lines=[
                self._line(),
                Command.create({"name": "Part", "display_type": "line_section"}),
                Command.create({"name": "Note", "display_type": "line_note"}),
                self._line(product_id=free.id, price_unit=12),
                self._line(is_downpayment=True, price_unit=-50),
            ]
        )
        found = order._value_discounts()[order].discounts
        self.assertEqual(list(found.values()), [0, None])

    def test_margin_leaves_out_what_has_no_cost(self):
        free = self._product("Advice", 100)
        order = self._quote(
            lines=[self._line(discount=25), self._line(product_id=free.id)]
        )
        self.assertEqual(order._value_discounts()[order].margin, 20)
        order = self._quote(lines=[self._line(product_id=free.id)])
        self.assertIsNone(order._value_discounts()[order].margin)

    def _queries(self, size):
        orders = self.env["sale.order"].browse()
        for at in range(3):
            products = [self._product(f"{size} {at} {n}", 100) for n in range(size)]
            orders |= self._quote(
                lines=[
                    self._line(product_id=p.id, product_uom_qty=n + 1)
                    for n, p in enumerate(products)
                ]
            )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders.with_user(self.leader)._value_breaches()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_lines(self):
        self._queries(2)
        few, many = self._queries(3), self._queries(30)
        self.assertLessEqual(many, few + 1)  # the cache may fetch once more
        self.assertLessEqual(self._queries(60), few + 1)
