"""Monthly facts: what a month says, and that it adds up to the ledger."""

import doctest
from datetime import date, datetime, timedelta

from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import SQL, date_utils

from ...analytics.months import monthly
from ..common import TODAY, ValueCommon

JANUARY, MARCH, APRIL = date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
FACTS = "crm.value.month.fact"


class MonthsCommon(ValueCommon):
    """A company whose months are stored when a test asks for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()

    @classmethod
    def _store(cls):
        """Do the work of the months' cron."""
        with cls._no_commit():
            cls.env["crm.value.month"]._cron_months()
        cls.env.invalidate_all()

    @classmethod
    def _night(cls):
        """Score with what waits, and store the months."""
        cls._cron()
        cls._store()

    @classmethod
    def _rows(cls, **values):
        """Return the facts of this company with these values."""
        return cls.env[FACTS].search(
            [
                ("company_id", "=", cls.company.id),
                *((name, "=", value) for name, value in values.items()),
            ],
            order="month, origin_id, number",
        )

    @classmethod
    def _sums(cls, groupby, *names):
        """Return group → sums of measures, or counts of customers."""
        groups = cls.env[FACTS]._read_group(
            [("company_id", "=", cls.company.id)],
            [groupby] if groupby else [],
            [
                f"{name}:count_distinct" if name.endswith("_id") else f"{name}:sum"
                for name in names
            ],
        )
        return {
            (row[0].strftime("%Y-%m") if isinstance(row[0], date) else row[0]): row[1:]
            for row in groups
        }


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestMonths(MonthsCommon):
    def test_examples_hold(self):
        result = doctest.testmod(monthly)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)

    def test_month_holds_what_was_bought(self):
        customer = self._customer("A", country_id=self.env.ref("base.be").id)
        gadgets = self.env["product.category"].create({"name": "Gadgets"})
        self.product.categ_id = gadgets
        line = self._line(50, quantity=3, discount=10)
        self._invoice(customer, 0, MARCH, lines=[line])
        self._night()
        row = self._rows(month=MARCH)
        self.assertEqual(row.partner_id, customer)
        self.assertEqual(row.categ_id, gadgets)
        self.assertEqual(row.channel, "office")
        self.assertEqual(row.country_id.code, "BE")
        self.assertEqual(row.age, "first")
        self.assertEqual(row.size, "ten")
        self.assertEqual((row.revenue, row.discount, row.quantity), (135, 15, 3))
        self.assertEqual((row.margin, row.costed), (135 - 180, 135))
        self.assertEqual(row.purchases, 1)
        self.assertEqual((row.buyer_id, row.new_id), (customer.id, customer.id))
        self.assertFalse(row.kept_id or row.back_id or row.lost_id)

    def test_margin_is_empty_where_the_cost_is_unknown(self):
        free = self.env["product.product"].create({"name": "Free", "type": "consu"})
        line = self._line(100, product_id=free.id)
        self._invoice(self._customer("A"), 0, MARCH, lines=[line])
        self._night()
        row = self._rows(month=MARCH)
        self.assertIs(row.margin, False)
        self.assertEqual((row.revenue, row.costed), (100, 0))

    def _sell_in_many_ways(self):
        eur = self._currency("EUR", 0.9137)
        one, two = self._customer("A"), self._customer("B")
        self._invoice(one, 33.33, MARCH)
        self._invoice(one, 77.77, date(2026, 4, 9), currency_id=eur.id)
        sold = self._invoice(two, 19.99, MARCH, currency_id=eur.id)
        self._reverse(sold, APRIL, 5.55)
        self._credit(two, 3.33, MAY)
        down = self._line(40, is_downpayment=True, product_id=False)
        self._invoice(two, 0, MAY, lines=[down])
        self._night()
        return one, two

    def _booked(self, customer=None):
        """Return what the ledger's income accounts hold."""
        domain = [
            ("company_id", "=", self.company.id),
            ("parent_state", "=", "posted"),
            ("account_id.account_type", "in", ("income", "income_other")),
        ]
        if customer:
            domain += [("partner_id", "=", customer.id)]
        [[balance]] = self.env["account.move.line"]._read_group(
            domain, [], ["balance:sum"]
        )
        return -balance

    def test_each_level_of_the_pivot_adds_up_to_the_ledger(self):
        """All levels in one request, as the screen asks for them."""
        customers = self._sell_in_many_ways()
        by = ["month:month", "month:year", "partner_id", "categ_id", "user_id"]
        by += ["channel", "country_id", "state_id", "age", "size"]
        levels = [[], *([name] for name in by), by[:1] + by[2:]]
        found = self.env[FACTS].formatted_read_grouping_sets(
            [("company_id", "=", self.company.id)], levels, ["revenue:sum"]
        )
        booked = self._booked()
        self.assertTrue(booked)
        for level, groups in zip(levels, found, strict=True):
            total = sum(group["revenue:sum"] for group in groups)
            self.assertAlmostEqual(total, booked, 2, level)
        sums = self._sums("partner_id", "revenue")
        for customer in customers:
            self.assertAlmostEqual(sums[customer][0], self._booked(customer), 2)

    def test_totals_are_the_ledgers_to_the_cent(self):
        self._sell_in_many_ways()
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ]
        )
        [[total]] = self.env[FACTS]._read_group(
            [("company_id", "=", self.company.id)], [], ["revenue:sum"]
        )
        self.assertAlmostEqual(total, sum(moves.mapped("amount_untaxed_signed")), 2)
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertAlmostEqual(total, sum(profiles.mapped("revenue_total")), 2)

    def test_credit_note_counts_in_the_month_of_its_invoice(self):
        customer = self._customer("A")
        sold = self._invoice(customer, 100, MARCH)
        self._night()
        self._reverse(sold, TODAY)
        self._refresh()
        self._store()
        row = self._rows(month=MARCH)
        self.assertEqual((row.revenue, row.returned, row.quantity), (0, 100, 0))
        self.assertEqual((row.purchases, row.buyer_id), (0, 0))
        self.assertFalse(self._rows(month=JUNE))

    def test_purchase_of_two_categories_counts_once(self):
        category = self.env["product.category"].create({"name": "Other"})
        other = self.env["product.product"].create(
            {"name": "Other", "type": "consu", "categ_id": category.id}
        )
        lines = [self._line(10), self._line(90, product_id=other.id)]
        customer = self._customer("A")
        self._invoice(customer, 0, MARCH, lines=lines)
        self._night()
        found = self._sums("categ_id", "revenue", "purchases", "buyer_id")
        self.assertEqual(found[category], (90, 1, 1))
        self.assertEqual(found[self.product.categ_id], (10, 0, 1))
        self.assertEqual(
            self._sums("month:month", "purchases", "buyer_id")["2026-03"], (1, 1)
        )

    def test_channel_is_what_documents_tell(self):
        customer = self._customer("A")
        web = self.env.ref("sales_team.salesteam_website_sales")
        till = self.env.ref("sales_team.pos_sales_team")
        (web | till).write({"active": True, "company_id": False})
        self._invoice(customer, 1, MARCH, team_id=web.id)
        self._invoice(customer, 2, MARCH, team_id=till.id)
        self._invoice(customer, 4, MARCH, team_id=False)
        self._transaction(customer, 8, MARCH)
        self._transaction(customer, 16, MARCH, channel="Web shop")
        self._transaction(customer, 32, MARCH, channel="POS 3")
        self._night()
        found = {
            name: sums[0] for name, sums in self._sums("channel", "revenue").items()
        }
        self.assertEqual(found, {"online": 17, "pos": 34, "office": 4, "import": 8})

    def test_orders_count_where_they_are_the_basis(self):
        self._policy(basis="ordered", since=date(2020, 1, 1))
        seller = new_test_user(
            self.env, "months_seller", "sales_team.group_sale_salesman"
        )
        order = self._order(self._customer("A"), 70, MARCH)
        order.user_id = seller
        self._night()
        row = self._rows(month=MARCH)
        self.assertEqual((row.revenue, row.user_id, row.quantity), (70, seller, 1))

    def test_month_ends_where_the_company_is(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        self._policy(basis="ordered", since=date(2020, 1, 1))
        order = self._order(self._customer("A"), 70, MARCH)
        order.date_order = datetime(2026, 3, 31, 12, 30)  # 1 April there
        self._night()
        self.assertEqual(self._rows().mapped("month"), [APRIL])

    def test_new_kept_back_and_lost(self):
        """Lost is the lifecycle's word, of the month ends."""
        customer = self._customer("A")
        self._purchases(customer, (10, 900), (10, 890), (10, 30))
        kept = self._customer("B")
        self._purchases(kept, *((10, days) for days in range(5, 400, 25)))
        self._night()
        bought = self._rows(partner_id=customer.id, month=MAY)
        self.assertEqual((bought.back_id, bought.kept_id), (customer.id, 0))
        self.assertEqual(self._rows(partner_id=kept.id, month=MAY).kept_id, kept.id)
        self.assertFalse(self._rows(partner_id=kept.id, month=MAY).back_id)

    def test_lost_customer_has_a_row_in_the_month_it_was_lost(self):
        customer = self._customer("A")
        self._purchases(customer, (10, 420), (10, 400), (10, 380))
        for at in range(3):
            self._purchases(
                self._customer(f"B{at}"), *((10, days) for days in range(5, 500, 25))
            )
        self._night()
        lost = self._rows(lost_id=customer.id)
        self.assertEqual(len(lost), 1)
        self.assertEqual((lost.revenue, lost.purchases, lost.buyer_id), (0, 0, 0))
        last = self._snapshot(customer, date(lost.month.year, lost.month.month, 28))
        self.assertFalse(last)  # month ends only
        ends = self.env["crm.value.snapshot"].search(
            [("partner_id", "=", customer.id), ("month_end", "=", True)], order="date"
        )
        fell = [
            now.date.replace(day=1)
            for before, now in zip(ends, ends[1:], strict=False)
            if before.stage_id.code != "lost" and now.stage_id.code == "lost"
        ]
        self.assertEqual(lost.mapped("month"), fell)

    def test_unknown_month_end_says_neither_kept_nor_back(self):
        customer = self._customer("A")
        self._purchases(customer, (10, 2000), (10, 1900))
        self._night()
        later = self._rows(partner_id=customer.id)[-1]
        self.assertEqual(later.buyer_id, customer.id)
        self.assertFalse(later.kept_id or later.back_id or later.new_id)
        counts = self._sums("month:month", "kept_id", "back_id", "lost_id")
        self.assertEqual(counts[later.month.strftime("%Y-%m")], (False, False, False))

    def test_nobody_is_zero_only_where_the_month_end_before_is_known(self):
        """Zero is a figure; where nobody can know, the cell is empty."""
        self._purchases(self._customer("A"), *((10, d) for d in range(5, 900, 25)))
        self._night()
        ends = set(self.env["crm.value.month"]._ends(self.company))
        self.assertTrue(ends)
        counts = self._sums("month:month", "kept_id", "back_id", "lost_id")
        for row in self._rows():
            kept, back, lost = counts[row.month.strftime("%Y-%m")]
            before = row.month - timedelta(days=1)
            known = before in ends
            self.assertEqual((kept, back), (1, 0) if known else (False, False))
            ended = known and date_utils.end_of(row.month, "month") in ends
            self.assertIs(lost, 0 if ended else False)
        self.assertIs(counts["2026-06"][2], False)  # not over

    def test_unknown_stays_empty_where_totals_come_along(self):
        """The pivot asks for all levels at once."""
        self._purchases(self._customer("A"), (10, 2000), (10, 1900))
        self._night()
        levels = self.env[FACTS].formatted_read_grouping_sets(
            [("company_id", "=", self.company.id)],
            [[], ["month:month"]],
            ["buyer_id:count_distinct", "kept_id:count_distinct"],
        )
        for group in (row for level in levels for row in level):
            self.assertEqual(group["buyer_id:count_distinct"], 1)
            self.assertIs(group["kept_id:count_distinct"], False)

    def test_ten_largest_by_the_year_that_ends_with_the_month(self):
        customers = [self._customer(f"C{at:02}") for at in range(12)]
        for at, customer in enumerate(customers):
            self._transaction(customer, 100 + at, MARCH)
        self._transaction(customers[0], 5000, date(2024, 1, 9))
        self._night()
        rows = self._rows(month=MARCH)
        small = rows.filtered(lambda row: row.size == "rest").partner_id
        self.assertEqual(small, customers[0] | customers[1])
        self._transaction(customers[0], 500, JANUARY)
        self._refresh()
        self._store()
        small = self._rows(month=MARCH, size="rest").partner_id
        self.assertEqual(small, customers[1] | customers[2])

    def test_running_month_is_marked_until_it_is_over(self):
        customer = self._customer("A")
        self._transaction(customer, 10, JUNE)
        self._night()
        self.assertTrue(self._rows(month=JUNE).is_running)
        with freeze_time("2026-07-02 12:00:00"):
            self._night()
            self.assertFalse(self._rows(month=JUNE).is_running)
            month = self.env["crm.value.month"].search([("date", "=", JUNE)])
            self.assertEqual(month.as_of, date(2026, 6, 30))

    def test_document_of_a_day_to_come_counts_on_that_day(self):
        customer = self._customer("A")
        self._transaction(customer, 10, date(2026, 6, 20))
        self._transaction(customer, 10, MARCH)
        self._night()
        self.assertFalse(self._rows(month=JUNE))
        with freeze_time("2026-06-21 12:00:00"):
            self._night()
            self.assertEqual(self._rows(month=JUNE).revenue, 10)

    def test_region_and_category_are_those_of_the_month(self):
        customer = self._customer("A", country_id=self.env.ref("base.be").id)
        before = self.product.categ_id
        for record in customer, self.product.product_tmpl_id:
            record.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = '2026-01-01' WHERE id = %s",
                    SQL.identifier(record._table),
                    record.id,
                )
            )
            record.invalidate_recordset()
        self._invoice(customer, 10, MARCH)
        self._night()
        customer.country_id = self.env.ref("base.fr")
        self.product.categ_id = self.env["product.category"].create({"name": "New"})
        self._invoice(customer, 5, APRIL)  # late
        self._invoice(customer, 5, TODAY)
        self._refresh()
        self._store()
        late, now = self._rows(month=APRIL), self._rows(month=JUNE)
        self.assertEqual((late.country_id.code, late.categ_id), ("BE", before))
        self.assertEqual((now.country_id.code, now.categ_id.name), ("FR", "New"))

    def test_money_of_many_is_no_customer(self):
        many = self._customer("Walk-in", value_is_crowd=True)
        self._transaction(many, 10, MARCH)
        self._night()
        row = self._rows(month=MARCH)
        self.assertEqual((row.revenue, row.purchases, row.buyer_id), (10, 0, 0))
        self.assertEqual((row.size, row.age), ("rest", False))

    def test_own_companies_are_no_customers(self):
        self._transaction(self.company.partner_id, 10, MARCH)
        self._transaction(self._customer("A"), 20, MARCH)
        self._night()
        self.assertEqual(self._rows().mapped("revenue"), [20])

    def test_erased_customer_leaves_the_month(self):
        customer = self._customer("A")
        self._transaction(customer, 10, MARCH)
        self._transaction(self._customer("B"), 20, MARCH)
        self._night()
        customer.unlink()
        self.env["crm.value.month"].search([]).unlink()  # all of it anew
        self._store()
        self.assertEqual(sum(self._rows(month=MARCH).mapped("revenue")), 30)
        self.assertFalse(self._rows(month=MARCH, revenue=10).partner_id)
