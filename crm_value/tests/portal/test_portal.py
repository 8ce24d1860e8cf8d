"""The loyalty page of the portal: one's own, whoever asks for another's."""

import re

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import file_open

from ..common import ago
from ..points.points_common import PointsCommon


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        everybody = cls.env.ref("base.group_user")
        everybody.implied_ids += cls.env.ref("product.group_product_pricelist")
        cls.company.email = "shop@example.com"
        pricelist = cls.env["product.pricelist"].create(
            {"name": "Secret name", "company_id": cls.company.id}
        )
        cls.contact = new_test_user(
            cls.env, "eva", "sales_team.group_sale_salesman", name="Eva Contact"
        )
        cls.contact.write(
            {"company_ids": [Command.link(cls.company.id)], "phone": "+1 555 0100"}
        )
        cls.silver = cls.env["crm.value.tier"].create(
            {
                "name": "Silver Star",
                "pricelist_id": pricelist.id,
                "points_rate": 1.5,
                "response_hours": 8,
                "credit_limit": 7777,
                "contact_user_id": cls.contact.id,
                "description": "Thank you for your trust",
            }
        )
        cls.portal = cls._portal_user("anna_portal", cls.anna)
        cls.stranger = cls._portal_user("other_portal", cls._customer("Other"))
        cls.profile = cls.env["crm.value.profile"].create(
            {
                "partner_id": cls.acme.id,
                "company_id": cls.company.id,
                "tier_id": cls.silver.id,
                "tier_since": ago(30),
                "tier_until": ago(-335),
                "value_score": 87.65,
                "margin": 4321,
            }
        )
        cls.card = cls._card(cls.acme, 200)

    @classmethod
    def _portal_user(cls, login, partner, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            "base.group_portal",
            partner_id=partner.id,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _open(self, login, url="/my/loyalty"):
        self.authenticate(login, login)
        return self.url_open(url)

    def _earn(self, amount, pay=True):
        order = self._order(self.anna, amount)
        invoice = self._bill(order)
        if pay:
            self._pay(invoice)
        self._settle_points()
        return invoice

    def test_customer_sees_tier_points_benefits_and_contact(self):
        invoice = self._earn(1000)
        self._earn(500, pay=False)
        page = self._open("anna_portal").text
        for shown in (
            "Silver Star",
            "Thank you for your trust",
            "1,700",
            "750",
            "Special prices",
            "8 working hours",
            "Eva Contact",
            "+1 555 0100",
            invoice.name,
        ):
            self.assertIn(shown, page)

    def test_contact_is_the_one_that_the_quotation_has(self):
        other = new_test_user(
            self.env, "own_seller", "sales_team.group_sale_salesman", name="Olga Own"
        )
        self.acme.user_id = other
        page = self._open("anna_portal").text
        self.assertIn("Olga Own", page)
        self.assertNotIn("Eva Contact", page)
        self.assertNotIn("dedicated contact", page)

    def _ask(self, page, **data):
        """Use points as the form of a page does."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        data = {"csrf_token": token, "reward": self.reward.id, **data}
        return self.url_open("/my/loyalty/use", data=data)

    def test_worth_of_points_is_told_and_asked_to_be_used_once(self):
        self._earn(1000)
        page = self._open("anna_portal").text
        self.assertRegex(page, r"Worth up to \$\s17\.00 on an order")
        for _click in range(2):
            answer = self._ask(page, **{f"points_{self.reward.id}": 1650})
            self.assertIn("We know that you want to use them", answer.text)
        asked = self.acme.activity_ids
        self.assertEqual(asked.user_id, self.contact)
        self.assertIn("1,600", asked.note)
        asked.action_done()
        self.assertIn("Use on the Next Order", self._open("anna_portal").text)

    def test_worth_of_a_point_is_told_before_there_are_enough(self):
        self.reward.write({"required_points": 500, "discount": 0.05})
        page = self._open("anna_portal").text
        self.assertRegex(page, r"100 Points = \$\s5\.00; usable from 500 Points on")
        self.assertNotIn("Use on the Next Order", page)
        self.reward.discount = 0.0001
        page = self._open("anna_portal").text
        self.assertRegex(page, r"10,000 Points = \$\s1\.00;")

    def test_what_is_no_number_of_points_is_brought_down_to_one(self):
        page = self._open("anna_portal").text
        field = f"points_{self.reward.id}"
        for typed, told in (("999999", "200"), ("-5", "100"), ("nan", "100")):
            with self.subTest(typed):
                self._ask(page, **{field: typed})
                asked = self.acme.activity_ids
                self.assertIn(f"use {told} Points", asked.note)
                asked.unlink()
        for reward in ("", "x", "1e999", "-1"):
            self._ask(page, reward=reward)
            self.assertFalse(self.acme.activity_ids)

    def test_customer_chooses_between_rewards(self):
        gift = self.env["loyalty.reward"].create(
            {
                "program_id": self.program.id,
                "reward_type": "product",
                "reward_product_id": self.product.id,
                "required_points": 150,
            }
        )
        page = self._open("anna_portal").text
        self.assertIn(gift.description, page)
        self._ask(page, reward=gift.id)
        self.assertIn("use 150 Points", self.acme.activity_ids.note)
        self.assertIn("Widget", self.acme.activity_ids.note)

    def test_unit_of_points_is_said_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        company = self._create_company("Chinese Points", self.usd)
        program = self.env["loyalty.program"]._value_begin(company)
        self.assertEqual(program.portal_point_name, "Points")
        chinese = program.with_context(lang="zh_CN")
        self.assertEqual(chinese.portal_point_name, "积分")

    def test_who_has_no_points_asks_for_nothing(self):
        self._open("other_portal")
        answer = self.url_open("/my/loyalty/use", data={"points": 1})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.acme.activity_ids)

    def test_nothing_can_be_asked_for_while_loyalty_is_switched_off(self):
        self._earn(1000)
        page = self._open("anna_portal").text
        settings = self.env["res.config.settings"].create(
            {"group_value_loyalty": False}
        )
        settings.set_values()
        self.assertEqual(self._ask(page).status_code, 404)
        self.assertFalse(self.acme.activity_ids)

    def test_documents_are_told_with_their_day(self):
        invoice = self._earn(1000)
        page = self._open("anna_portal").text
        self.assertRegex(page, rf"{invoice.name}</a>\s*<span[^>]*>06/15/2026<")

    def test_points_of_a_person_are_not_called_those_of_a_company(self):
        shared = "shared by all contacts of your company"
        self.assertIn(shared, self._open("anna_portal").text)
        self.acme.is_company = False
        page = self._open("anna_portal").text
        self.assertIn("available now", page)
        self.assertNotIn(shared, page)

    def test_tiers_of_a_new_company_show_the_way_up(self):
        # As delivered: who has installed it before keeps theirs.
        with file_open("crm_value/data/tier/crm_value_policy_tier_data.xml") as file:
            rules = file.read()
        self.assertIn("min_purchases", rules)
        for secret in ("min_value_score", "min_margin"):
            self.assertNotIn(secret, rules)

    def test_internal_numbers_stay_inside(self):
        self._earn(1000)
        page = self._open("anna_portal").text
        for secret in ("87.65", "87.7", "4,321", "4321", "7,777", "Secret name"):
            self.assertNotIn(secret, page)

    def test_contacts_of_a_company_see_the_same_points(self):
        bob = self._customer("Bob", parent=self.acme)
        self._portal_user("bob_portal", bob)
        self.assertIn("200", self._open("bob_portal").text)
        page = self.env["crm.value.portal"]
        mine = page.with_user(self.portal).with_context(allowed_company_ids=[])
        self.assertEqual(mine.with_company(self.company)._my_card(), self.card)

    def test_documents_are_linked_only_where_they_may_be_opened(self):
        invoice = self._earn(1000)
        page = self._open("anna_portal").text
        self.assertIn(f'href="/my/invoices/{invoice.id}', page)
        rule = self.env.ref("account.account_invoice_rule_portal")
        rule.domain_force = [(0, "=", 1)]
        page = self._open("anna_portal").text
        self.assertNotIn(f'href="/my/invoices/{invoice.id}', page)
        self.assertIn(invoice.name, page)

    def test_others_see_nothing_of_it(self):
        invoice = self._earn(1000)
        second = self._create_company("Second", self.usd)
        self._portal_user("alien_portal", self._customer("Alien"), second)
        away = self._portal_user("away_portal", self._customer("Away"), second)
        away.partner_id.parent_id = self._customer("Away Inc")
        for login in ("other_portal", "alien_portal", "away_portal"):
            for query in (
                "",
                f"?partner_id={self.acme.id}",
                f"?card_id={self.card.id}",
                f"?profile_id={self.profile.id}&company_id={self.company.id}",
                "/page/2",
                f"/page/{self.card.id}",
            ):
                with self.subTest(login=login, query=query):
                    page = self._open(login, f"/my/loyalty{query}")
                    self.assertEqual(page.status_code, 200)
                    self.assertIn("no tier and no points", page.text)
                    for secret in ("Silver Star", invoice.name, "1,700", "Eva"):
                        self.assertNotIn(secret, page.text)

    def test_walking_ids_finds_no_other_page(self):
        for url in (
            f"/my/loyalty/{self.acme.id}",
            f"/my/loyalty/{self.card.id}",
            f"/my/loyalty/{self.profile.id}",
        ):
            self.assertEqual(self._open("other_portal", url).status_code, 404)
        # Odoo's own pages of a card know its owner.
        native = self._open("other_portal", f"/my/loyalty_card/{self.card.id}/history")
        self.assertNotIn("200", native.url)
        self.assertNotIn("loyalty_card", native.url)

    def test_same_customer_in_another_company_shows_nothing_of_this_one(self):
        second = self._create_company("Second", self.usd)
        carl = self._customer("Carl", parent=self.acme)
        self._portal_user("carl_portal", carl, second)
        page = self._open("carl_portal").text
        self.assertNotIn("Silver Star", page)
        self.assertIn("no tier and no points", page)

    def _rules(self, **limits):
        """Let silver ask for a purchase and gold for some limits, and score."""
        gold = self.silver.create({"name": "Gold Star", "sequence": 99})
        self._policy(
            tier_ids=[
                Command.clear(),
                Command.create({"tier_id": self.silver.id, "min_purchases": 1}),
                Command.create({"tier_id": gold.id, **limits}),
            ]
        )
        self._purchases(self.acme, (600, 20))
        self._score()

    def test_progress_is_told_in_money(self):
        self._rules(min_revenue=1000)
        page = self._open("anna_portal").text
        self.assertIn("Gold Star", page)
        self.assertIn("width: 60%", page)
        self.assertRegex(page, r"400(\.00)?")

    def test_progress_tells_neither_margin_nor_score(self):
        self._rules(min_margin=500, min_value_score=99, combine="all")
        page = self._open("anna_portal").text
        self.assertIn("Gold Star", page)
        self.assertNotIn("progressbar", page)
        for secret in ("180", "margin", "score"):
            self.assertNotIn(secret, page.split("o_portal_wrap")[1].split("<footer")[0])

    def test_members_of_the_best_tier_learn_what_keeps_it(self):
        limits = {"min_revenue": 500, "keep_percent": 1}
        self._policy(
            tier_ids=[
                Command.clear(),
                Command.create({"tier_id": self.silver.id, **limits}),
            ]
        )
        self._purchases(self.acme, (600, 20))
        self._score()
        self.profile.sudo().tier_revenue = 300
        page = self._open("anna_portal").text
        self.assertIn("You have reached the highest tier", page)
        self.assertRegex(page, r"To retain Silver Star:\s+\$\s200(\.00)? more revenue")

    def test_public_visitor_is_asked_to_log_in(self):
        self.authenticate(None, None)
        answer = self.url_open("/my/loyalty", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_portal_users_read_none_of_our_records(self):
        for model in ("crm.value.profile", "crm.value.tier", "crm.value.benefit"):
            self.assertFalse(self.env[model].with_user(self.portal).has_access("read"))

    def test_points_that_expire_next_are_told(self):
        self.program.write({"value_expiry": "age", "value_expiry_months": 12})
        page = self._open("anna_portal").text
        self.assertIn("expire on", page)
        self.assertIn("2027", page)

    def test_millions_of_points_are_shown(self):
        self.program.write({"value_expiry": "age", "value_expiry_months": 12})
        self._earn(25_000_000)
        page = self._open("anna_portal")
        self.assertEqual(page.status_code, 200)
        self.assertIn("37500200", page.text.replace(",", "").replace(".00", ""))

    def _counted(self):
        asked = {"counters": ["loyalty_count"]}
        return self.make_jsonrpc_request("/my/counters", asked)

    def test_card_on_the_home_page_counts(self):
        self.authenticate("anna_portal", "anna_portal")
        counted = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["loyalty_count"]}
        )
        self.assertEqual(counted["loyalty_count"], 2)
        self.authenticate("other_portal", "other_portal")
        counted = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["loyalty_count"]}
        )
        self.assertEqual(counted["loyalty_count"], 0)

    def test_card_on_the_home_page_leads_who_has_no_tier_yet_to_the_first(self):
        asked = {"tier_id": self.silver.id, "min_purchases": 2}
        self._policy(tier_ids=[Command.clear(), Command.create(asked)])
        self._purchases(self.stranger.partner_id, (10, 20))
        self._score()
        self.authenticate("other_portal", "other_portal")
        self.assertEqual(self._counted()["loyalty_count"], 1)

    def test_queries_do_not_grow_with_the_history(self):
        portal = self.env["crm.value.portal"].with_user(self.portal)
        portal = portal.with_company(self.company)
        self._earn(100)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            portal._history()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for _number in range(4):
            self._earn(100)
        self.assertEqual(queries(), few)

    def test_customer_walks_from_home_to_older_points(self):
        self._earn(1000)
        self._earn(500, pay=False)
        self.lines.create(
            [
                {
                    "card_id": self.card.id,
                    "issued": sign > 0,
                    "used": sign < 0,
                    "description": "Given and taken",
                    "value_day": ago(9),
                }
                for sign in (1, -1) * 11
            ]
        )
        self.lines.flush_model()
        self.env.cr.execute(
            "UPDATE loyalty_history SET value_day = %s WHERE value_kind = 'opening'",
            (ago(400),),
        )
        self.env.invalidate_all()
        self.start_tour("/my", "crm_value_portal", login="anna_portal")
