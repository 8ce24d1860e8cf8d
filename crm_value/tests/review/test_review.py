"""Customers that cost more than they bring: found, decided about, looked at again."""

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY, ValueCommon, ago

LATER = TODAY + timedelta(days=60)


@tagged("post_install", "-at_install")
class TestReview(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._policy(ticket_cost=30)
        cls.seller = cls._person("seller", "crm_value.group_user")
        cls.other_seller = cls._person("other", "crm_value.group_user")
        cls.officer = cls._person("officer", "crm_value.group_officer")
        cls.colleague = cls._person("colleague", "crm_value.group_officer")
        cls.manager = cls._person("manager", "crm_value.group_manager")
        cls.costly = cls._customer("Costly", user_id=cls.seller.id)
        cls._invoice(cls.costly, 100, ago(30))  # a margin of 40
        cls._ticket(cls.costly, ago(20), ago(19))
        cls._ticket(cls.costly, ago(9), ago(8))  # 60 to serve
        cls.good = cls._customer("Good")
        cls._invoice(cls.good, 1000, ago(30))
        cls._score()

    @classmethod
    def _person(cls, login, groups):
        return new_test_user(
            cls.env,
            f"review_{login}",
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )

    def _decide(self, user=None, **values):
        self.env.invalidate_all()
        reviews = self.env["crm.value.review"].with_user(user or self.officer)
        return reviews.create(
            {
                "partner_id": self.costly.id,
                "company_id": self.company.id,
                "lever": "minimum",
                "reason": "Many small orders",
                "review_date": LATER,
                **values,
            }
        )

    # --- who is found ---

    def test_left_after_serving_is_margin_less_cost(self):
        self.assertEqual(self._profile(self.costly).net_margin, -20)
        self.assertEqual(self._profile(self.good).net_margin, 940)

    def test_list_holds_those_below_zero(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_costly_action"
        )
        profiles = self.env["crm.value.profile"].with_user(self.officer)
        found = profiles.search(
            [("net_margin", "<", 0), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(found.partner_id, self.costly)
        self.assertIn("net_margin", action["domain"])

    def test_who_loses_next_to_nothing_is_told_apart(self):
        profiles = self.env["crm.value.profile"].with_user(self.officer)
        mine = [("company_id", "=", self.company.id)]
        much = profiles.search([*mine, ("loses_much", "=", True)])
        self.assertEqual(much.partner_id, self.costly)  # 20 of 1,040
        self.assertTrue(much.loses_much)
        rich = self._customer("Rich")
        self._invoice(rich, 100000, ago(30))
        self._score()
        self.assertFalse(profiles.search([*mine, ("loses_much", "=", True)]))
        rest = profiles.search([*mine, ("loses_much", "=", False)])
        self.assertIn(self.costly, rest.partner_id)
        self.assertFalse(self._profile(self.costly).with_user(self.officer).loses_much)

    def test_whoever_quotes_is_told_of_a_costly_customer_if_an_officer(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.costly.id, "company_id": self.company.id}
        )
        sales = self.env.ref("sales_team.group_sale_salesman_all_leads")
        (self.officer | self.seller).write({"group_ids": [Command.link(sales.id)]})

        def told(user):
            panel = order.with_user(user).value_panel or {"order": []}
            return [line["text"] for line in panel["order"] if line["code"] == "review"]

        said = "Costs more than it brings; nothing is decided yet"
        self.assertEqual(told(self.officer), [said])
        self.assertFalse(told(self.seller))
        self._decide()
        order.invalidate_recordset()
        said = "Costs more than it brings; decided: Minimum Order"
        self.assertEqual(told(self.officer), [said])

    def test_refresh_gives_what_a_full_run_does(self):
        self._ticket(self.costly, ago(3), ago(2))
        self.env["crm.value.stale"]._mark(self.costly, self.company)
        self._refresh()
        self.assertEqual(self._profile(self.costly).net_margin, -50)

    # --- deciding ---

    def test_decision_keeps_the_figures_and_plans_to_look_again(self):
        review = self._decide()
        self.assertEqual(
            (review.margin_then, review.service_cost_then, review.net_margin_then),
            (40, 60, -20),
        )
        activity = review.activity_ids
        self.assertEqual(
            (activity.user_id, activity.date_deadline), (self.officer, LATER)
        )
        profile = self._profile(self.costly).with_user(self.officer)
        self.assertEqual((profile.review_id, profile.review_lever), (review, "minimum"))
        self.assertEqual(profile.action_review()["res_id"], review.id)

    def test_nothing_happens_to_the_customer_by_itself(self):
        before = self.costly.read()
        self._decide(lever="price")
        after = self.costly.read()
        for name in (
            "property_product_pricelist",
            "active",
            "property_payment_term_id",
        ):
            self.assertEqual(before[0][name], after[0][name])

    def test_second_decision_waits_for_the_first(self):
        self._decide()
        with self.assertRaises(UserError):
            self._decide()

    def test_decision_about_a_contact_is_about_its_customer(self):
        contact = self._customer("Buyer", parent=self.costly)
        self.assertEqual(self._decide(partner_id=contact.id).partner_id, self.costly)

    def test_decided_and_undecided_are_found(self):
        profiles = self.env["crm.value.profile"].with_user(self.officer)
        ours = [("partner_id", "in", (self.costly + self.good).ids)]
        self._decide()
        decided = profiles.search([*ours, ("review_id", "!=", False)])
        undecided = profiles.search([*ours, ("review_id", "=", False)])
        self.assertEqual(decided.partner_id, self.costly)
        self.assertEqual(undecided.partner_id, self.good)

    def test_figures_of_then_cannot_be_written(self):
        review = self._decide(net_margin_then=999, state="done")
        self.assertEqual((review.net_margin_then, review.state), (-20, "open"))
        review.write({"net_margin_then": 5, "reason": "Other"})
        self.assertEqual((review.net_margin_then, review.reason), (-20, "Other"))
        with self.assertRaises(UserError):
            review.partner_id = self.good

    def test_activity_moves_with_its_day(self):
        review = self._decide()
        review.review_date = LATER + timedelta(days=5)
        deadline = review.activity_ids.date_deadline
        self.assertEqual(deadline, LATER + timedelta(days=5))

    # --- what came of it ---

    def test_outcome_puts_now_beside_then(self):
        review = self._decide()
        self._invoice(self.costly, 500, ago(1))
        self._refresh()
        review.invalidate_recordset()
        self.assertEqual((review.net_margin_then, review.net_margin_now), (-20, 420))
        with self.assertRaises(UserError):
            review.action_done()
        review.outcome = "better"
        review.action_done()
        self.assertEqual((review.state, review.done_date), ("done", TODAY))
        self.assertFalse(review.activity_ids)
        self._invoice(self.costly, 500, ago(1))
        self._refresh()
        review.invalidate_recordset()
        self.assertEqual(review.net_margin_now, 420)  # as it was looked at
        self.assertFalse(self._profile(self.costly).review_id)
        self._decide()  # another one may be taken now

    def test_what_came_of_it_is_told_on_the_day_to_look_again(self):
        review = self._decide()
        reviews = self.env["crm.value.review"].sudo()
        due = [("is_due", "=", True), ("company_id", "=", self.company.id)]
        self.assertFalse(reviews.search(due))
        with freeze_time(f"{LATER} 12:00:00"):
            self._invoice(self.costly, 300, LATER - timedelta(days=5))
            self._ticket(self.costly, LATER - timedelta(days=3), LATER)
            self._score()
            review.invalidate_recordset()
            self.assertEqual(reviews.search(due), review)
            self.assertEqual(review.activity_ids.state, "today")
            self.assertEqual((review.margin_then, review.margin_now), (40, 280))
            self.assertEqual(
                (review.net_margin_then, review.net_margin_now), (-20, 190)
            )
            review.outcome = "better"
            review.action_done()
            self.assertFalse(reviews.search(due))
        with freeze_time(f"{LATER + timedelta(days=400)} 12:00:00"):
            self._score()
            review.invalidate_recordset()
            self.assertEqual((review.done_date, review.net_margin_now), (LATER, 190))

    def test_due_is_what_is_to_be_looked_at(self):
        review = self._decide(date=ago(20), review_date=TODAY)
        self.assertTrue(review.is_due)
        reviews = self.env["crm.value.review"]
        self.assertIn(review, reviews.sudo().search([("is_due", "=", True)]))

    # --- who may ---

    def test_plain_user_reads_decisions_on_own_customers_without_money(self):
        review = self._decide()
        mine = review.with_user(self.seller)
        self.env.invalidate_all()
        self.assertEqual(
            mine.read(["lever", "reason"])[0]["reason"], "Many small orders"
        )
        for name in ("net_margin_then", "net_margin_now", "margin_after"):
            with self.assertRaises(AccessError):
                mine.read([name])
        with self.assertRaises(AccessError):
            mine.search([("net_margin_then", "<", 0)])
        with self.assertRaises(AccessError):
            mine.reason = "Mine"
        with self.assertRaises(AccessError):
            self._decide(self.seller, partner_id=self.good.id)
        self.env.invalidate_all()
        theirs = review.with_user(self.other_seller)
        self.assertFalse(theirs.search([("id", "=", review.id)]))

    def test_plain_user_cannot_look_for_the_costly(self):
        profiles = self.env["crm.value.profile"].with_user(self.seller)
        with self.assertRaises(AccessError):
            profiles.search([("net_margin", "<", 0)])
        with self.assertRaises(AccessError):
            profiles.search([], order="net_margin")

    def test_officer_decides_in_its_own_name_and_manager_for_all(self):
        review = self._decide()
        with self.assertRaises(AccessError):
            review.with_user(self.colleague).reason = "Not mine"
        with self.assertRaises(AccessError):
            self._decide(
                self.colleague, partner_id=self.good.id, user_id=self.officer.id
            )
        self.env.invalidate_all()
        review.with_user(self.manager).reason = "As the manager says"
        with self.assertRaises(AccessError):
            review.with_user(self.officer).unlink()
        review.with_user(self.manager).unlink()

    def test_another_company_sees_nothing_of_it(self):
        review = self._decide()
        other = self._create_company("Other Company", self.usd)
        stranger = new_test_user(
            self.env,
            "review_stranger",
            "crm_value.group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.env.invalidate_all()
        theirs = review.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertNotIn(review.id, theirs.search([]).ids)
        with self.assertRaises(AccessError):
            theirs.read(["reason"])
        with self.assertRaises(AccessError):
            theirs.create(
                {
                    "partner_id": self.good.id,
                    "company_id": self.company.id,
                    "lever": "keep",
                    "reason": "Not ours",
                    "review_date": LATER,
                }
            )

    def test_menu_asks_for_officer_and_part(self):
        menu = self.env.ref("crm_value.crm_value_costly_menu")

        def shown(user):
            menus = self.env["ir.ui.menu"].with_user(user)
            return menu.id in menus._visible_menu_ids()

        self.assertTrue(shown(self.officer))
        self.assertFalse(shown(self.seller))

    def test_dates_must_be_in_order(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._decide(review_date=fields.Date.today()).flush_recordset()
