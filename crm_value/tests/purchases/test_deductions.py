"""What delivers nothing costs nothing, and what is credited came back or did not."""

from odoo.fields import Command
from odoo.tests import tagged

from .lines_common import LinesCommon, ago


@tagged("post_install", "-at_install")
class TestDeductions(LinesCommon):
    def _draft(self, amount=100, **values):
        return self._order(self.acme, amount, ago(20), confirm=False, **values)

    def _sell(self, order):
        """Confirm and bill an order; return (facts invoiced, facts ordered)."""
        order.action_confirm()
        order.date_order = f"{ago(20)} 12:00:00"
        self._bill(order, ago(20))
        return self._facts(self.acme), self._ordered()

    # --- discounts, in Odoo's ways ---

    def test_discount_of_order_takes_all_of_it_off_the_margin(self):
        order = self._draft()
        self._discount(order, "so_discount", 0.2)
        for facts in self._sell(order):
            self.assertFigures(
                facts, revenue=80, margin=20, cost_known_share=1, discount_rate=0.2
            )
            self.assertFigures(facts, product_count=1, return_rate=0)
        self.assertAlmostEqual(order.margin, 20)

    def test_discount_of_lines_and_of_an_amount(self):
        order = self._draft()
        self._discount(order, "sol_discount", 0.1)
        self._discount(order, "amount", 5)
        for facts in self._sell(order):
            self.assertFigures(
                facts, revenue=85, margin=25, cost_known_share=1, discount_rate=0.15
            )

    def test_coupon_is_a_discount_and_gift_card_is_not(self):
        coupon = self._program("coupons", reward_type="discount", discount=25)
        gift = self._program(
            "gift_card",
            reward_type="discount",
            discount_mode="per_point",
            discount=1,
            discount_applicability="order",
            required_points=1,
        )
        gift[1].points = 90
        order = self._draft(200)
        self._reward(order, *coupon)
        self._reward(order, *gift)
        self.assertAlmostEqual(order.amount_untaxed, 60)
        for facts in self._sell(order):
            self.assertFigures(facts, revenue=60, margin=0, cost_known_share=1)
            self.assertFigures(facts, discount_rate=50 / 110)

    def test_gift_card_that_is_sold_costs_nothing(self):
        card = self.env["product.product"].create(
            {
                "name": "Voucher",
                "type": "service",
                "taxes_id": False,
                "invoice_policy": "order",
            }
        )
        self._program(
            "gift_card",
            reward_type="discount",
            discount_mode="per_point",
            discount=1,
            discount_applicability="order",
            required_points=1,
            rule={"product_ids": [Command.set(card.ids)]},
        )
        order = self._draft(50, line={"product_id": card.id})
        for facts in self._sell(order):
            self.assertFigures(facts, revenue=50, margin=50, discount_rate=0)
            self.assertUnknown(facts, "cost_known_share")

    def test_free_product_waives_its_list_price(self):
        program = self._program(
            "promotion", reward_type="product", reward_product_id=self.product.id
        )
        order = self._draft(100)
        self._reward(order, program[0], program[1])
        self.assertAlmostEqual(order.amount_untaxed, 100)
        for facts in self._sell(order):
            self.assertFigures(facts, revenue=100, margin=-20, discount_rate=0.5)

    def test_price_given_away_is_waived_without_the_tax_it_includes(self):
        tax = self.env["account.tax"].create(
            {"name": "In", "amount": 25, "price_include_override": "tax_included"}
        )
        taxed = {"tax_ids": [Command.set(tax.ids)]}
        order = self._draft(125, line={**taxed, "discount": 100})
        order.order_line.copy({"order_id": order.id, "discount": 0, **taxed})
        for facts in self._sell(order):
            self.assertFigures(facts, revenue=100, margin=-20, discount_rate=0.5)

    def test_shares_stay_between_zero_and_one(self):
        unknown = self.env["product.product"].create({"name": "?", "taxes_id": False})
        lines = [self._line(10), self._line(90, product_id=unknown.id)]
        self._invoice(self.acme, 0, lines=[*lines, self._line(-95)])
        facts = self._facts(self.acme)
        self.assertFigures(facts, cost_known_share=0.1, discount_rate=0.95)
        self._credit(self.acme, 500)
        facts = self._facts(self.acme)
        for name in ("cost_known_share", "discount_rate", "return_rate"):
            self.assertFalse(facts[name] < 0 or facts[name] > 1, name)

    def test_cash_rounding_is_no_discount(self):
        product = self.product._get_product_accounts()
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "Whole",
                "rounding": 1,
                "strategy": "add_invoice_line",
                "profit_account_id": product["income"].id,
                "loss_account_id": product["expense"].id,
            }
        )
        self._invoice(self.acme, 100.4, invoice_cash_rounding_id=rounding.id)
        facts = self._facts(self.acme)
        self.assertFigures(
            facts, revenue=100, margin=40, cost_known_share=1, discount_rate=0
        )

    # --- credit notes ---

    def test_credit_below_the_price_is_a_reduction(self):
        invoice = self._invoice(self.acme, 100, ago(20))
        self._back(invoice, ago(3), price_unit=10)
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=90, margin=30, refund_total=0, return_rate=0)
        self.assertFigures(facts, discount_rate=0.1, kept_rate=1, purchase_count=1)

    def test_credit_at_the_price_is_a_return(self):
        lines = [self._line(100, quantity=3, discount=15)]
        invoice = self._invoice(self.acme, 0, ago(20), lines=lines)
        self._back(invoice, ago(3), quantity=1)
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=170, margin=50, refund_total=85)
        self.assertFigures(facts, return_rate=1 / 3, discount_rate=0.15)

    def test_return_is_found_among_lines_of_several_prices(self):
        lines = [self._line(100), self._line(80), self._line(100, discount=100)]
        invoice = self._invoice(self.acme, 0, ago(20), lines=lines)
        credit = self._invoice(
            self.acme,
            0,
            ago(3),
            move_type="out_refund",
            lines=[self._line(80), self._line(10)],
            reversed_entry_id=invoice.id,
        )
        self.assertEqual(credit.amount_untaxed, 90)
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=90, margin=180 - 3 * 60 - 90 + 60)
        self.assertFigures(facts, refund_total=80)

    def test_what_is_credited_in_steps_until_nothing_is_left_came_back(self):
        invoice = self._invoice(self.acme, 100, ago(20))
        self._back(invoice, ago(9), price_unit=10)
        self._back(invoice, ago(3), price_unit=90)
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=0, margin=0, purchase_count=0)

    def test_goodwill_without_product_is_no_return(self):
        invoice = self._invoice(self.acme, 100, ago(20))
        sorry = [self._line(10, product_id=False)]
        values = {"move_type": "out_refund", "lines": sorry}
        self._invoice(self.acme, 0, ago(3), **values)
        self._invoice(self.acme, 0, ago(3), reversed_entry_id=invoice.id, **values)
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=80, margin=20, cost_known_share=1)
        self.assertFigures(facts, refund_total=0, discount_rate=0.2)

    def test_service_without_product_that_is_credited_came_back(self):
        lines = [self._line(100, product_id=False)]
        invoice = self._invoice(self.acme, 0, ago(20), lines=lines)
        self._back(invoice, ago(3))
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=0, margin=0, refund_total=100, return_rate=1)

    def test_reversed_order_with_discount_leaves_nothing(self):
        order = self._draft()
        self._discount(order, "so_discount", 0.2)
        order.action_confirm()
        self._back(self._bill(order, ago(20)), ago(3))
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=0, margin=0, refund_total=80, return_rate=1)
        self.assertFigures(facts, purchase_count=0)

    def test_goods_on_an_invoice_with_negative_quantity_came_back(self):
        lines = [self._line(100, quantity=3), self._line(100, quantity=-1)]
        self._invoice(self.acme, 0, lines=lines)
        facts = self._facts(self.acme)
        self.assertFigures(facts, revenue=200, margin=80, refund_total=100)

    def test_delivered_quantity_decides_where_stock_tells_it(self):
        for delivered, margin, returned in ((1, -60, 0), (0, 0, 100)):
            customer = self._customer(f"Delivered {delivered}")
            order = self._order(customer, 100, ago(20))
            self._back(self._bill(order, ago(20)), ago(3))
            self._stock(order, delivered)
            facts = self._facts(customer)
            self.assertFigures(facts, margin=margin, refund_total=returned)

    def test_goods_back_at_a_lower_price_came_back_where_stock_tells_it(self):
        order = self._order(self.acme, 100, ago(20))
        self._back(self._bill(order, ago(20)), ago(3), price_unit=90)
        self._stock(order, 0)
        self.assertFigures(self._facts(self.acme), margin=10, refund_total=90)

    def _stock(self, order, delivered):
        """Write what sale_stock would: it need not be installed."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET qty_delivered_method = 'stock_move',"
            " qty_delivered = %s WHERE order_id = %s",
            (delivered, order.id),
        )
        self.env.invalidate_all()
