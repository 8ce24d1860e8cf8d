"""What a customer paid before, in the unit and the currency of the line."""

from datetime import timedelta
from random import Random

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...analytics.price.ruler import places
from ..common import TODAY, ago
from ..quotation.selling_common import SellingCommon

# pylint: disable=translation-required


@tagged("post_install", "-at_install")
class TestPriceMemory(SellingCommon):
    def _memory(self, partner=None, reader=None, currency=None, **line):
        order = {
            "id": 0,
            "partner_id": (partner or self.acme).id,
            "company_id": self.company.id,
            "currency_id": (currency or self.usd).id,
        }
        asked = {
            "key": "line",
            "product_id": self.product.id,
            "product_uom_id": self.product.uom_id.id,
            "price": 95.0,
            "floor": None,
            **line,
        }
        self.env.flush_all()
        orders = self.env["sale.order"].with_user(reader or self.li)
        return orders.get_price_memory(order, [asked])["line"]

    def _theirs(self, customer=None, product=None, currency=None):
        product = product or self.product
        found = self.env["crm.value.price.memory"]._theirs(
            self.company, currency or self.usd, customer or self.acme, product.ids
        )
        return found.get(product.id, {})

    # --- what counts ---

    def test_last_lowest_and_highest_of_the_whole_family(self):
        self._invoice(self.acme, 90, ago(200), invoice_user_id=self.wang.id)
        self._invoice(self.ann, 100, ago(100), invoice_user_id=self.wang.id)
        self._order(self.ann, 92, ago(40), user_id=self.li.id)
        self._invoice(self.other, 1, ago(10))
        self._quote(self.acme, 5)
        found = self._theirs()
        invoiced, ordered = found["invoice"], found["order"]
        self.assertEqual(
            (invoiced["low"], invoiced["high"], invoiced["price"], invoiced["count"]),
            (90, 100, 100, 2),
        )
        self.assertEqual((ordered["price"], ordered["day"]), (92, ago(40)))
        told = self._memory()
        self.assertEqual([row["label"] for row in told["rows"]], ["Invoices", "Orders"])
        self.assertIn("Li sold it to them at", told["says"][0]["text"])
        self.assertIn("offers it at", told["says"][1]["text"])
        marks = [told["at"][name] for name in ("low", "last", "typed", "high")]
        self.assertEqual(marks, places([90, 92, 95, 100, 5])[:4])

    def test_net_of_tax_discounts_and_the_share_of_a_global_one(self):
        tax = self.env["account.tax"].create(
            {"name": "Included", "amount": 25, "price_include_override": "tax_included"}
        )
        line = {"tax_ids": [Command.set(tax.ids)], "discount": 20}
        order = self._order(self.acme, 125, ago(9), confirm=False, line=line)
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        ).action_apply_discount()
        self.assertEqual(len(order.order_line), 2)
        order.order_line[0].invalidate_recordset()
        self.assertAlmostEqual(order.order_line[0].value_price["price"], 72)
        self.assertFalse(order.order_line[1].value_price)
        order.action_confirm()
        self.assertAlmostEqual(self._theirs()["order"]["price"], 72)
        invoice = order._create_invoices()
        invoice.invoice_date = ago(5)
        invoice.action_post()
        self.assertAlmostEqual(self._theirs()["invoice"]["price"], 72)

    def test_what_has_no_price_of_its_own_does_not_count(self):
        order = self._order(self.acme, 50, ago(9), confirm=False)
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Section"}),
            Command.create(
                {
                    "product_id": self.product.id,
                    "is_downpayment": True,
                    "price_unit": 7,
                    "tax_ids": False,
                }
            ),
            Command.create(
                {"product_id": self.product.id, "product_uom_qty": 0, "price_unit": 3}
            ),
            Command.create(
                {"product_id": self.product.id, "price_unit": 0, "tax_ids": False}
            ),
        ]
        order.action_confirm()
        self.assertEqual(self._theirs()["order"]["count"], 1)
        reversed_ = self._invoice(self.acme, 40, ago(8))
        self._reverse(reversed_)
        self.assertNotIn("invoice", self._theirs())

    def test_old_prices_are_forgotten(self):
        self._invoice(self.acme, 50, ago(3 * 366))
        self.assertFalse(self._theirs())
        self.assertEqual(self._memory()["texts"]["last"], "")

    def test_units_and_currencies_of_each_document(self):
        euro = self._currency("EUR", 0.5)
        self._currency("EUR", 0.8, day=str(ago(50)))
        lines = [self._line(12 * 80, product_uom_id=self.dozen.id)]
        self._invoice(self.acme, 0, ago(100), lines=lines, currency_id=euro.id)
        self._invoice(self.acme, 80, ago(20), currency_id=euro.id)
        found = self._theirs()["invoice"]
        self.assertAlmostEqual(found["high"], 160)
        self.assertAlmostEqual(found["price"], 100)
        found = self._theirs(currency=euro)["invoice"]
        self.assertAlmostEqual(found["high"], 80)
        told = self._memory(product_uom_id=self.dozen.id)
        self.assertIn("1,200.00", told["texts"]["last"])

    def test_other_company_is_left_out(self):
        company = self._create_company("Sister", self.usd)
        self._invoice(self.acme, 10, ago(5), company=company)
        self.assertFalse(self._theirs())

    def test_prices_are_those_of_a_slow_reference(self):
        random = Random(7)
        for _number in range(25):
            lines = [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "product_uom_qty": random.randint(1, 9),
                        "product_uom_id": random.choice(
                            (self.product.uom_id, self.dozen)
                        ).id,
                        "price_unit": random.randint(50, 150),
                        "discount": random.choice((0, 0, 15)),
                        "tax_ids": False,
                    }
                )
                for _line in range(random.randint(1, 3))
            ]
            if random.random() < 0.4:
                off = {"name": "Off", "product_id": self._off().id, "tax_ids": False}
                lines.append(Command.create({**off, "price_unit": -20}))
            day = ago(random.randint(1, 700))
            order = self._order(self.acme, 1, day, confirm=False)
            order.order_line = [Command.clear(), *lines]
            order.action_confirm()
            order.date_order = f"{day} 12:00:00"
        expected = self._slowly()
        found = self._theirs()["order"]
        self.assertEqual(found["count"], len(expected))
        self.assertAlmostEqual(found["low"], min(expected))
        self.assertAlmostEqual(found["high"], max(expected))

    def _off(self):
        return self.env["product.product"].create({"name": "Off", "type": "service"})

    def _slowly(self):
        """Return the price of each line, by arithmetic of its own."""
        prices = []
        for order in self.env["sale.order"].search([("partner_id", "=", self.acme.id)]):
            amounts = [
                line.product_uom_qty * line.price_unit * (1 - line.discount / 100)
                for line in order.order_line
            ]
            goods = sum(amount for amount in amounts if amount > 0)
            for line in order.order_line.filtered(lambda line: line.price_unit > 0):
                net = line.price_unit * (1 - line.discount / 100)
                net *= order.amount_untaxed / goods
                prices.append(net / (12 if line.product_uom_id == self.dozen else 1))
        return prices

    # --- comparable customers ---

    def _alike(self, count):
        for number in range(count):
            customer = self._customer(f"Alike {number}")
            self._invoice(customer, 10, ago(90))
            self._invoice(customer, 80 + number, ago(30))
        self._invoice(self.acme, 500, ago(30))
        self._score()
        profiles = self.env["crm.value.profile"].search([])
        profiles.write({"quadrant": "gold"})

    def test_middle_half_of_comparable_customers(self):
        self._alike(9)
        told = self._memory()
        self.assertIn("Of 9 customers like this one", told["alike"])
        self.assertIn("82.00", told["alike"])
        self.assertIn("86.00", told["alike"])
        self.assertLess(told["at"]["from"], told["at"]["to"])

    def test_few_comparable_customers_are_counted_alone(self):
        self._alike(7)
        told = self._memory()
        self.assertIn("7 customers like this one: too few", told["alike"])
        self.assertIsNone(told["at"]["from"])
        self.assertFalse(told["texts"]["from"])

    # --- the floor ---

    def test_cost_is_a_floor_for_officers_alone(self):
        order = self._quote(self.acme, 55)
        line = order.order_line
        found = line.with_user(self.officer).value_price
        self.assertEqual((found["floor"], found["wrong"]), (60, "floor"))
        self.assertTrue(found["is_cost"])
        self.env.invalidate_all()
        found = line.with_user(self.li).value_price
        self.assertEqual((found["floor"], found["wrong"]), (None, ""))

    def test_floor_of_a_pricelist_is_everybodys_unless_it_tells_the_cost(self):
        rule = {
            "compute_price": "formula",
            "price_discount": 30,
            "price_min_margin": -10,
            "base": "list_price",
        }
        pricelist = self.env["product.pricelist"].create(
            {"name": "Least", "item_ids": [Command.create(rule)]}
        )
        order = self._quote(self.acme, 85, pricelist_id=pricelist.id)
        line = order.order_line.with_user(self.li)
        told = {"wrong": "floor", "floor": 90, "price": 85, "is_cost": False}
        self.assertEqual(line.value_price, told)
        pricelist.item_ids.write(
            {"base": "standard_price", "price_max_margin": 50, "price_min_margin": 40}
        )
        self.env.invalidate_all()
        self.assertIsNone(line.value_price["floor"])

    # --- rights, and odd questions ---

    def test_who_may_not_sell_is_told_nothing(self):
        employee = new_test_user(self.env, "no_seller", "base.group_user")
        with self.assertRaises(AccessError):
            self._memory(reader=employee)
        stranger = self._create_company("Stranger", self.usd)
        with self.assertRaises(UserError):
            self.env["sale.order"].with_user(self.li).get_price_memory(
                {
                    "id": 0,
                    "partner_id": self.acme.id,
                    "company_id": stranger.id,
                    "currency_id": self.usd.id,
                },
                [],
            )

    def test_what_a_colleagues_customer_paid_is_closed_where_its_profile_is(self):
        self.company.value_sight = "own"
        self.acme.user_id = self.wang
        self._invoice(self.acme, 77, ago(30))
        self._quote(self.acme, 88, self.wang)
        self._score()
        told = self._memory(reader=self.wang)
        self.assertIn("77.00", told["texts"]["last"])
        self.assertFalse(told["is_closed"])
        told = self._memory()
        self.assertTrue(told["is_closed"])
        self.assertNotIn("77.00", str(told))
        self.assertIn("Wang offers it at", told["says"][0]["text"])

    def test_queries_are_the_same_for_many_lines(self):
        products = self.env["product.product"].create(
            [{"name": f"Product {number}", "taxes_id": False} for number in range(20)]
        )
        for product in products:
            self._order(self.acme, 10, ago(9), line={"product_id": product.id})
        orders = self.env["sale.order"].with_user(self.li)
        head = {
            "id": 0,
            "partner_id": self.acme.id,
            "company_id": self.company.id,
            "currency_id": self.usd.id,
        }

        def queries(some):
            lines = [
                {
                    "key": product.id,
                    "product_id": product.id,
                    "product_uom_id": product.uom_id.id,
                    "price": 1.0,
                    "floor": None,
                }
                for product in some
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(orders.get_price_memory(head, lines)), len(some))
            return self.env.cr.sql_log_count - before

        queries(products[:2])
        self.assertEqual(queries(products[:2]), queries(products))

    def test_queries_of_marked_lines_do_not_grow(self):
        def order(count):
            lines = [
                Command.create({"product_id": self.product.id, "price_unit": 90 + n})
                for n in range(count)
            ]
            return self._quote(self.acme, 1, order_line=lines)

        def queries(asked):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            asked.order_line.with_user(self.li).mapped("value_price")
            return self.env.cr.sql_log_count - before

        few, many = order(2), order(20)
        queries(few)
        self.assertEqual(queries(few), queries(many))

    def test_days_are_those_of_the_company(self):
        self.company.partner_id.tz = "Pacific/Kiritimati"
        order = self._order(self.acme, 90, ago(10))
        order.date_order = f"{ago(10)} 23:00:00"
        self.assertEqual(self._theirs()["order"]["day"], ago(10) + timedelta(days=1))
        self.assertLess(self._theirs()["order"]["day"], TODAY)
