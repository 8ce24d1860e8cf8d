"""Work grows with the data in memory, not in the number of queries."""

from unittest.mock import patch

import numpy as np

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from ... import bulk
from ..common import ValueCommon, ago

COLUMNS = [
    "value_score",
    "value_quadrant",
    "value_rfm",
    "value_segment_id",
    "value_pareto_class",
    "value_last_purchase_date",
]


@tagged("post_install", "-at_install")
class TestQueries(ValueCommon):
    def _queries(self, action):
        """Return the number of queries of an action on a warm registry."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_tables_of_many_pieces_come_back_as_they_went(self):
        kinds = {"number": "int4", "share": "float8", "day": "date"}
        for size in (0, 1, 2, 7):
            columns = {
                "number": np.arange(size),
                "share": np.where(np.arange(size) % 2, np.nan, 0.1),
                "day": np.where(np.arange(size) % 3, np.arange(size), np.nan),
            }
            with patch.object(bulk, "PIECE", 80):  # two rows
                bulk.stage(self.env.cr, "piecemeal", columns, kinds)
                query = SQL("SELECT * FROM piecemeal ORDER BY number")
                found = bulk.read(self.env.cr, query, kinds)
            found["day"] = bulk.known_days(found["day"])
            for name, column in columns.items():
                np.testing.assert_array_equal(found[name], column, f"{name} of {size}")

    def test_run_reads_entries_and_both_sides_of_the_store_once(self):
        self._population(10)
        self._score()
        asked = []
        execute = type(self.env.cr).execute

        def noted(cursor, query, *args, **kwargs):
            asked.append(" ".join(str(getattr(query, "code", query)).split()))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", noted):
            self._score()
        entries = [q for q in asked if "FROM account_move_line booked" in q]
        compared = [
            q
            for q in asked
            if "FROM crm_value_profile" in q and "crm_value_incoming" in q
        ]
        self.assertEqual((len(entries), len(compared)), (1, 1))

    def test_contact_asks_few_questions_for_its_signs(self):
        """Each sign asks of its own; none reads the whole policy for one number."""
        buyer = self._customer("Buyer")
        self._purchases(buyer, (100, 10), (100, 40), (100, 90))
        self._score()
        self.assertTrue(buyer.value_strip)
        self.assertLessEqual(self._queries(lambda: buyer.read(["value_strip"])), 12)
        asked = []
        execute = type(self.env.cr).execute

        def noted(cursor, query, *args, **kwargs):
            asked.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", noted):
            self._queries(lambda: buyer.read(["value_strip"]))
        self.assertFalse([query for query in asked if "crm_value_policy_" in query])

    def _asked_by(self, action):
        """Return what an action gives, and the statements that it asks."""
        asked = []
        execute = type(self.env.cr).execute

        def noted(cursor, query, *args, **kwargs):
            asked.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", noted):
            return action(), asked

    def test_groups_of_one_currency_are_added_up_without_sorting_all(self):
        """And say the same: who reads companies of several currencies sorts them."""
        self._population(10)
        self._score()
        other = self._create_company("Euro Company", self._currency("EUR", 0.5))
        user = new_test_user(
            self.env,
            login="group_user",
            groups="base.group_user,crm_value.group_user",
            company_id=self.company.id,
            company_ids=(self.company | other).ids,
        )
        sums = ["revenue:sum", "revenue:sum_currency", "currency_id:array_agg_distinct"]
        domain = [("company_id", "=", self.company.id)]
        told, sorts = {}, {}
        for name, companies in (("one", self.company), ("two", self.company | other)):
            profiles = self.env["crm.value.profile"].with_user(user)
            profiles = profiles.with_context(allowed_company_ids=companies.ids)
            told[name], asked = self._asked_by(
                lambda found=profiles: found.formatted_read_group(
                    domain, ["quadrant"], [*sums, "__count"]
                )
            )
            sorts[name] = any("ARRAY_AGG(DISTINCT" in query for query in asked)
        self.assertEqual(told["one"], told["two"])
        self.assertGreater(len(told["one"]), 1)
        self.assertEqual(sorts, {"one": False, "two": True})

    def test_run_rewrites_the_profiles_that_are_there_and_adds_the_others(self):
        self._population(5)
        self._score()
        mine = [("company_id", "=", self.company.id)]
        profiles = self.env["crm.value.profile"]
        before = {one: one.partner_id for one in profiles.search(mine)}
        self.assertTrue(before)
        self.env.cr.execute(
            "UPDATE crm_value_profile SET create_date = '2020-02-02', revenue = -1"
            " WHERE company_id = %s",
            (self.company.id,),
        )
        profiles.invalidate_model()
        added = self._customer("Added")
        self._purchases(added, (70.0, 4))
        run = self._score()
        after = profiles.search(mine)
        self.assertEqual(after.partner_id, profiles.concat(*before).partner_id | added)
        for one, partner in before.items():
            self.assertEqual((one.partner_id, one.run_id), (partner, run))
            self.assertEqual(one.create_date.year, 2020)
            self.assertNotEqual(one.revenue, -1)

    def test_profiles_name_their_run_unchecked_and_the_run_stays(self):
        self._population(2)
        run = self._score()
        self.env.cr.execute(
            "SELECT FROM pg_constraint WHERE conname = 'crm_value_profile_run_id_fkey'"
        )
        self.assertFalse(self.env.cr.rowcount)
        with self.assertRaises(UserError):
            run.unlink()

    def test_gather_is_flat_at_two_sizes(self):
        self._population(10)
        self._facts()
        small = self._queries(self._facts)
        self._population(90, seed=2)
        self.assertEqual(self._queries(self._facts), small)
        self.assertLess(small, 40)

    def test_run_is_flat_at_two_sizes(self):
        self._population(10)
        self._score()
        self._score()
        small = self._queries(self._score)
        self._population(90, seed=2)
        self._score()
        self.assertEqual(self._queries(self._score), small)

    def test_past_run_is_flat_at_two_sizes(self):
        self._population(10)
        self._score(as_of=ago(40))
        small = self._queries(lambda: self._score(as_of=ago(40)))
        self._population(90, seed=2)
        self._score(as_of=ago(40))
        self.assertEqual(self._queries(lambda: self._score(as_of=ago(40))), small)

    def test_refresh_is_flat_at_two_sizes(self):
        few = self._population(10)
        many = self._population(90, seed=2)
        self._score()
        self._refresh()

        def refresh(customers):
            self.env["crm.value.stale"]._mark(customers, self.company)
            return self._queries(self._refresh)

        refresh(few)
        self.assertEqual(refresh(many), refresh(few))

    def test_partner_list_adds_two_queries(self):
        customers = self._population(80)
        self._score()
        domain = [("id", "in", customers.ids)]
        partner = self.env["res.partner"]

        def read(names):
            return lambda: partner.search(domain).read(names)

        read(["name", *COLUMNS])()
        plain = self._queries(read(["name"]))
        self.assertLessEqual(self._queries(read(["name", *COLUMNS])), plain + 2)
        with_tiers = read(["name", *COLUMNS, "value_tier_id"])
        with_tiers()
        self.assertLessEqual(self._queries(with_tiers), plain + 3)

    def test_trend_and_age_of_a_list_add_a_query_each(self):
        customers = self._population(80)
        self._score()
        names = ["name", "value_score"]

        def read(more):
            return lambda: customers.read([*names, *more])

        read(["value_trend", "value_stale_since"])()
        plain = self._queries(read([]))
        more = self._queries(read(["value_trend", "value_stale_since"]))
        self.assertLessEqual(more, plain + 2)

    def test_members_say_what_is_missing_without_a_query_each(self):
        customers = self._population(40)
        self._score()
        profiles = self.env["crm.value.profile"].search(
            [("partner_id", "in", customers.ids)]
        )
        names = ["tier_missing", "tier_progress", "tier_grace_until", "membership_ids"]

        def read(records):
            return lambda: records.read(names)

        read(profiles)()
        self.assertEqual(
            self._queries(read(profiles)), self._queries(read(profiles[:15]))
        )

    def _form(self, record):
        def open_form():
            Form(record)

        open_form()
        return self._queries(open_form)

    def test_partner_form_needs_the_same_queries_for_few_and_many_documents(self):
        few, many = self._customer("Few"), self._customer("Many")
        self._purchases(few, (10, 5))
        self._purchases(many, *[(10, day) for day in range(60)])
        self._score(as_of=ago(15))
        self._score()
        self.assertEqual(self._form(few), self._form(many))

    def test_profile_form_needs_the_same_queries_for_few_and_many_documents(self):
        few, many = self._customer("Few"), self._customer("Many")
        self._purchases(few, (10, 1))  # not lost by the rhythm of the other
        self._purchases(many, *[(10, day) for day in range(60)])
        self._score()
        self.assertEqual(
            self._form(self._profile(few)), self._form(self._profile(many))
        )

    def test_order_list_reads_badges_in_bulk(self):
        customers = self._population(12)
        for customer in customers:
            self._order(customer, 10, confirm=False)
        self._score()
        orders = self.env["sale.order"].search([("partner_id", "in", customers.ids)])
        badges = ["value_score", "value_quadrant"]

        def read(records):
            return lambda: records.read(["name", *badges])

        read(orders)()
        self.assertEqual(self._queries(read(orders)), self._queries(read(orders[:2])))

    def test_posting_marks_customers_without_a_query_each(self):
        customers = self._population(20)
        company = self.company

        def mark(some):
            return lambda: self.env["crm.value.stale"]._mark(some, company)

        mark(customers)()
        self.assertEqual(
            self._queries(mark(customers)), self._queries(mark(customers[:2]))
        )
