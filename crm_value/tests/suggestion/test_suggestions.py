"""What is suggested on a quotation, in which order, and what is not."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import TODAY, ago
from .suggestion_common import OFFER, SuggestionCommon


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestSuggestions(SuggestionCommon):
    # --- what, and why ---

    def test_what_others_buy_as_well_is_suggested_with_its_counts(self):
        told = {one["name"]: one["reason"] for one in self._told(self._quote(self.tea))}
        self.assertEqual(
            told,
            {
                "Cup": "4 of 7 customers who buy Tea also buy it.",
                "Pot": "3 of 7 customers who buy Tea also buy it.",
            },
        )

    def test_expected_margin_decides_the_order(self):
        """Three of seven at a margin of 100 come before four of seven at 10."""
        self.assertEqual(self._names(self._quote(self.tea)), ["Pot", "Cup"])
        self.env["crm.value.likeness"].search([]).filtered(
            lambda row: row.other_id == self.pot
        ).worth = 1.0
        self.assertEqual(self._names(self._quote(self.tea)), ["Cup", "Pot"])

    def test_what_was_taken_more_often_comes_first(self):
        self._buy(self.customer, 80, self.tea, self.rug)
        self._buy(self.customer, 60, self.tea)
        self._buy(self.customer, 40, self.tea)
        worth = {one.other_id.name: one.worth for one in self._likeness(self.tea)}
        self.assertEqual(worth, {"Cup": 10, "Pot": 100})
        order = self._quote()
        self.assertEqual(self._names(order), ["Pot", "Cup", "Tea"])
        self.env[OFFER].create(
            [self._log(f"Taken {at}", "due", "added") for at in range(40)]
            + [self._log(f"Left {at}", "similar", "ignored") for at in range(400)]
        )
        self.assertEqual(self._names(order), ["Tea", "Pot", "Cup"])

    def _likeness(self, product):
        return self.env["crm.value.likeness"].search([("product_id", "=", product.id)])

    def _log(self, name, kind, outcome):
        return {
            "company_id": self.company.id,
            "partner_id": self._customer(name).id,
            "product_id": self.rug.id,
            "date": ago(20),
            "period": "2026-04-01",
            "kind": kind,
            "outcome": outcome,
        }

    def test_due_again_by_the_customers_own_cycle(self):
        for days in (122, 81, 41):
            self._buy(self.customer, days, self.rug, self.pot)
        [told] = [one for one in self._told(self._quote()) if one["name"] == "Rug"]
        self.assertEqual(told["kind"], "due")
        self.assertEqual(
            told["reason"], "Last ordered 41 days ago, usually every 40 days."
        )

    def test_within_its_cycle_nothing_owned_is_suggested(self):
        for days in (90, 60, 29):
            self._buy(self.customer, days, self.tea)
        self.assertEqual(self._names(self._quote()), ["Pot", "Cup"])

    def test_what_was_given_up_long_ago_is_not_due(self):
        for days in (700, 690, 680):
            self._buy(self.customer, days, self.rug)
        self.assertNotIn("Rug", self._names(self._quote()))

    def test_last_quantity_is_due_again_in_the_products_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        for days in (120, 80, 40):
            order = self._buy(self.customer, days, self.rug, confirm=False)
            order.order_line[1:].unlink()
            order.order_line.product_id = self.rug
            order.order_line.product_uom_id = dozen
            order.order_line.product_uom_qty = 2
            order.action_confirm()
            order.date_order = ago(days)
        order = self._quote()
        [told] = [one for one in self._told(order) if one["name"] == "Rug"]
        order.with_user(self.seller).action_add_suggestion(told["id"])
        line = order.order_line.filtered(lambda one: one.product_id == self.rug)
        self.assertEqual(line.product_uom_qty, 24)
        self.assertEqual(line.product_uom_id, self.rug.uom_id)

    def test_new_product_of_a_category_that_they_buy(self):
        self._buy(self.customer, 20, self.rug)
        new = self._product("New Rug", 900, categ_id=self.rug.categ_id.id)
        old = self._product("Old Rug", 900, categ_id=self.rug.categ_id.id)
        self.env.cr.execute(
            "UPDATE product_product SET create_date = CASE id WHEN %s"
            " THEN '2026-06-01'::date ELSE '2025-01-01'::date END WHERE id IN %s",
            (new.id, (new.id, old.id)),
        )
        [told] = [one for one in self._told(self._quote()) if one["kind"] == "new"]
        self.assertEqual(told["name"], "New Rug")
        self.assertIn("New in Rug, with 1 of", told["reason"])

    def test_invoices_without_an_order_teach_as_well(self):
        lamp = self._product("Lamp", 50)
        for name in ("One", "Two"):
            lines = [
                self._line(50, product_id=product.id) for product in (self.rug, lamp)
            ]
            self._invoice(self._customer(name), 0, ago(10), lines=lines)
        self._learn()
        [row] = self._likeness(self.rug)
        self.assertEqual((row.other_id, row.shared, row.worth), (lamp, 2, 25))
        self.assertEqual(self._names(self._quote(self.rug))[:1], ["Lamp"])

    # --- what not ---

    def test_what_is_on_the_quotation_is_not_suggested(self):
        self.assertEqual(self._names(self._quote(self.tea, self.pot)), ["Cup"])
        told = self._offers().get_suggestions(
            False, self.customer.id, self.company.id, [self.tea.id, self.cup.id]
        )
        self.assertEqual([one["name"] for one in told["suggestions"]], ["Pot"])

    def test_what_cannot_be_sold_is_not_suggested(self):
        for values in ({"active": False}, {"sale_ok": False}):
            with self.subTest(values=values):
                self.pot.write(values)
                self.assertEqual(self._names(self._quote(self.tea)), ["Cup"])
                self.pot.write({"active": True, "sale_ok": True})

    def test_product_of_another_company_is_not_suggested(self):
        other = self._create_company("Other Company", self.usd)
        lamp = self._product("Lamp", 900, company_id=other.id)
        self.env["crm.value.likeness"].create(
            {
                "company_id": self.company.id,
                "day": TODAY,
                "product_id": self.tea.id,
                "other_id": lamp.id,
                "shared": 7,
                "buyers": 7,
                "likeness": 1.0,
                "worth": 450,
            }
        )
        self.assertEqual(self._names(self._quote(self.tea)), ["Pot", "Cup"])

    def test_sections_notes_and_down_payments_are_no_products(self):
        order = self._buy(self.customer, 20, self.rug, confirm=False)
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Section"}),
            Command.create({"display_type": "line_note", "name": "Note"}),
            Command.create(
                {"product_id": self.pot.id, "is_downpayment": True, "price_unit": 9}
            ),
        ]
        order.action_confirm()
        order.date_order = ago(20)
        items = self.env["crm.value.facts"]._gather_items(
            self.company, TODAY, self.customer.ids
        )
        bought = self.env["product.product"].browse(items["product"].tolist())
        self.assertEqual(bought, self.rug)

    def test_crowd_and_own_companies_teach_nothing(self):
        crowd = self._customer("Walk-in", value_is_crowd=True)
        self._buy(crowd, 10, self.rug, self.cup)
        self._buy(self.company.partner_id, 10, self.rug, self.cup)
        self._learn()
        self.assertFalse(self._likeness(self.rug))
        self.assertEqual(self._told(self._quote(self.tea, customer=crowd)), [])

    def test_orders_and_cancelled_quotations_get_none(self):
        order = self._quote(self.tea)
        order.action_confirm()
        self.assertEqual(self._told(order), [])
        order._action_cancel()
        self.assertEqual(self._told(order), [])

    def test_nothing_learnt_nothing_suggested(self):
        self.env["crm.value.likeness"].search([]).unlink()
        self.assertEqual(self._told(self._quote(self.tea)), [])

    # --- companies, currencies, queries ---

    def test_another_company_learns_from_its_own_documents(self):
        other = self._create_company("Other Company", self.usd)
        self.env["crm.value.likeness"]._learn(other, TODAY)
        rows = self.env["crm.value.likeness"].search([("company_id", "=", other.id)])
        self.assertFalse(rows)
        told = self._offers().get_suggestions(
            False, self.customer.id, other.id, [self.tea.id]
        )
        self.assertEqual(told["suggestions"], [])

    def test_margins_are_in_the_companys_currency(self):
        euro = self._currency("EUR", 0.5)
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Euro",
                "currency_id": euro.id,
                "company_id": self.company.id,
            }
        )
        lamp = self._product("Lamp", 50)
        for name in ("One", "Two"):
            self._buy(
                self._customer(name), 9, self.rug, lamp, pricelist_id=pricelist.id
            )
        self._learn()
        self.assertAlmostEqual(self._likeness(self.rug).worth, 25)

    def test_queries_do_not_grow_with_the_purchases(self):
        counts = []
        for size in (2, 12):
            customer = self._customer(f"Buys {size}")
            for at in range(size):
                other = self._product(f"Other {size} {at}", 9)
                self._buy(customer, 200 - 10 * at, self.tea, other)
            order = self._quote(self.tea, customer=customer)
            self._told(order)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._told(order)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 45)

    # --- who may ---

    def test_only_who_writes_quotations_is_told(self):
        order = self._quote(self.tea)
        for groups in ("base.group_user", "helpdesk_mgmt.group_helpdesk_user"):
            user = new_test_user(self.env, f"no {groups}", groups)
            with self.assertRaises(AccessError):
                self._offers(user).get_suggestions(order.id)

    def test_salesperson_is_told_of_customers_that_are_seen(self):
        own = self._seller("own_seller", "sales_team.group_sale_salesman")
        self.customer.user_id = self.seller
        order = self._quote(self.tea, user_id=own.id)
        self.assertEqual(self._told(order, own), [])
        self.customer.user_id = own
        self.assertEqual(self._names(order, own), ["Pot", "Cup"])

    def test_margins_are_for_officers_also_to_search_and_sort_by(self):
        self._told(self._quote(self.tea))
        for model, field in ((OFFER, "margin"), ("crm.value.likeness", "worth")):
            records = self.env[model].with_user(self.seller)
            for domain, order in (([(field, ">", 1)], None), ([], field)):
                with self.assertRaises(AccessError):
                    records.search(domain, order=order)
            with self.assertRaises(AccessError):
                records.search([], limit=1).read([field])

    def test_learning_begins_anew_once_a_day(self):
        rows = self.env["crm.value.likeness"]
        rows._learn_today(self.company)
        before = rows.search([("company_id", "=", self.company.id)])
        rows._learn_today(self.company)
        self.assertEqual(rows.search([("company_id", "=", self.company.id)]), before)
        with freeze_time(TODAY + timedelta(days=1, hours=12)):
            rows._learn_today(self.company)
        self.assertFalse(before.exists())
