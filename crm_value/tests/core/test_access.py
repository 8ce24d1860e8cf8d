"""Who may see and do what, by role and by company."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..common import TODAY, ValueCommon, ago

MAY = date(2026, 5, 31)
MARGINS = [
    "margin",
    "margin_total",
    "cost_known_share",
    "rfm_money",
    "service_cost",
    "stake",
    "benefit_amount",
    "benefit_share",
    "tier_margin",
]


@tagged("post_install", "-at_install")
class TestAccess(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.salesperson = cls._user(
            "salesperson", "sales_team.group_sale_salesman,base.group_allow_export"
        )
        cls.user = cls._user(
            "value_user", "crm_value.group_user,base.group_allow_export"
        )
        cls.officer = cls._user("value_officer", "crm_value.group_officer")
        cls.manager = cls._user("value_manager", "crm_value.group_manager")
        cls.employee = cls._user("employee", "base.group_user")
        cls.portal = cls._user("portal_customer", "base.group_portal")
        cls.public = cls.env.ref("base.public_user")
        cls.acme = cls._customer("Acme")
        cls._invoice(cls.acme, 100, ago(40), due=ago(30))
        cls._order(cls.acme, 70, ago(30))
        cls._ticket(cls.acme, ago(20), ago(10))
        cls._purchases(cls.acme, (10, 100), (5, 3))
        cls._score(as_of=MAY)
        cls.scored = cls._score()
        cls._refresh()
        cls.profile = cls._profile(cls.acme)

    @classmethod
    def _user(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            group,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            context=cls.env.context,
        )

    def _as(self, user, record):
        """Return a record as a user finds it, nothing being read before."""
        self.env.invalidate_all()
        return record.with_user(user).with_context(lang=user.lang)

    def test_nobody_writes_what_runs_wrote(self):
        history = self._snapshot(self.acme, MAY)
        change = self.env["crm.value.transition"].create(
            {
                "partner_id": self.acme.id,
                "company_id": self.company.id,
                "kind": "quadrant",
                "date": TODAY,
                "origin_id": self.acme.id,
            }
        )
        for record, values in (
            (self.profile, {"quadrant": "platinum"}),
            (history, {"value_score": 100}),
            (change, {"quadrant_to": "gold"}),
        ):
            for user in (self.user, self.officer, self.manager, self.salesperson):
                mine = record.with_user(user)
                with self.subTest(record=record, user=user.login):
                    with self.assertRaises(UserError):  # or its AccessError
                        mine.write(values)
                    with self.assertRaises(AccessError):
                        mine.unlink()
                    with self.assertRaises(AccessError):
                        mine.create({"partner_id": self.acme.id, **values})

    def test_only_managers_set_rules_runs_and_overrides(self):
        override = {
            "partner_id": self.acme.id,
            "quadrant": "gold",
            "reason": "Basis",
            "date_to": TODAY,
        }
        for user in (self.user, self.officer, self.salesperson):
            env = self.env(user=user)
            with self.assertRaises(AccessError):
                env["crm.value.override"].create(override)
            with self.assertRaises(AccessError):
                env["crm.value.run"].create({"as_of": TODAY})
            with self.assertRaises(AccessError):
                env["crm.value.policy"].create({"name": "Mine"})
            with self.assertRaises(AccessError):
                self._policy().with_user(user).action_new_version()
        env = self.env(user=self.manager)
        made = env["crm.value.override"].create(override)
        self.assertEqual(made.user_id, self.manager)
        self.assertEqual(made.company_id, self.company)

    # --- managers work without any other right ---

    def test_manager_publishes_and_runs_without_other_rights(self):
        manager = self.manager
        policy = self._as(manager, self._policy())
        draft = policy.browse(policy.action_new_version()["res_id"])
        draft.window_days = 200
        action = draft.action_publish()
        wizard = self.env[action["res_model"]].with_user(manager)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertEqual(wizard.customer_count, 1)
        result = wizard.action_publish()
        self.assertEqual(draft.state, "published")
        run = self.env["crm.value.run"].browse(result["res_id"])
        self.assertEqual(run.user_id, manager)
        self.assertEqual(run.company_id, self.company)
        run.with_user(manager).unlink()
        started = self.env["crm.value.run"].with_user(manager).create({"as_of": ago(9)})
        started.action_start()
        self.assertEqual(started.state, "queued")

    def test_manager_overrules_by_the_form_of_the_profile(self):
        action = self._as(self.manager, self.profile).action_override()
        form = Form(
            self.env["crm.value.override"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        form.reason = "Key account"
        form.quadrant = "platinum"
        form.date_to = ago(-9)
        form.save()
        self._refresh()
        self.assertEqual(self.profile.quadrant, "platinum")

    def test_manager_sees_margins_through_the_chain_of_groups(self):
        for user in (self.officer, self.manager):
            profile = self._as(user, self.profile)
            self.assertEqual(profile.margin, self.profile.margin)
            raw = profile.explanation["sides"][0]["parts"][0]["raw"]
            self.assertIn("44.5", raw)  # 40 of the invoice, 30 % of 15

    # --- what users see ---

    def test_salesperson_opens_everything_of_a_profile(self):
        profile = self._as(self.salesperson, self.profile)
        readable = profile.fields_get([], ["string"])
        profile.read(list(readable))
        profile.web_read({name: {} for name in readable})
        self.assertTrue(profile.explanation["sides"])
        self.assertEqual(profile.get_change()["after"], profile.value_score)
        self.assertTrue(profile.snapshot_ids)
        for part in profile.explanation["sides"][1]["parts"]:
            if part["documents"]:
                action = profile.action_open_documents(part["code"])
                self.env[action["res_model"]].with_user(self.salesperson).search(
                    action["domain"]
                )
        partner = self._as(self.salesperson, self.acme)
        self.assertEqual(partner.value_score, self.profile.value_score)
        self.assertEqual(partner.action_open_value_profile()["res_id"], profile.id)
        profile.action_refresh()
        self.assertEqual(self._stale(), self.acme)

    def test_user_without_sales_rights_opens_a_profile(self):
        profile = self._as(self.user, self.profile)
        profile.read(list(profile.fields_get([], ["string"])))
        self.assertTrue(profile.explanation["sides"])
        self.assertTrue(profile.get_change())
        parts = {p["code"]: p for s in profile.explanation["sides"] for p in s["parts"]}
        self.assertFalse(parts["credit"]["documents"])
        with self.assertRaises(AccessError):
            profile.action_open_documents("credit")

    def test_profile_opens_in_another_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        user = self.salesperson
        user.with_user(user).write({"lang": "zh_CN"})
        profile = self._as(user, self.profile)
        self.assertEqual(profile.env.lang, "zh_CN")
        profile.read(list(profile.fields_get([], ["string"])))
        self.assertTrue(profile.explanation["sides"])
        self.assertTrue(profile.get_change())
        user.with_user(user).write({"lang": "en_US"})
        again = self._as(user, self.profile)
        self.assertEqual(again.explanation["sides"][0]["label"], "Current value")

    def test_user_opens_views_of_the_value(self):
        for model in ("crm.value.profile", "res.partner", "sale.order", "crm.lead"):
            self.env[model].with_user(self.salesperson).get_views(
                [(False, "form"), (False, "list"), (False, "search")]
            )

    # --- margins ---

    def test_margins_are_hidden_from_users_on_every_way(self):
        history = self._snapshot(self.acme, MAY)
        purchase = self.env["crm.value.transaction"].search(
            [("partner_id", "=", self.acme.id)], limit=1
        )
        for user in (self.user, self.salesperson):
            for record, names in (
                (self.profile, MARGINS),
                (history, MARGINS),
                (purchase, ["margin"]),
            ):
                mine = self._as(user, record)
                shown = mine.fields_get([], ["string"])
                for name in names:
                    with self.subTest(record=record, name=name, user=user.login):
                        self.assertNotIn(name, shown)
                        with self.assertRaises(AccessError):
                            mine.read([name])
                        with self.assertRaises(AccessError):
                            mine.mapped(name)
                        with self.assertRaises(AccessError):
                            mine.search([(name, ">", 0)])
                        with self.assertRaises(AccessError):
                            mine.search([], order=f"{name} DESC")
                        with self.assertRaises(AccessError):
                            mine.formatted_read_group([], [], [f"{name}:sum"])
                        with self.assertRaises(AccessError):
                            mine.formatted_read_group([], [name], [])
                        with self.assertRaises(AccessError):
                            mine.export_data([name])
                        with self.assertRaises(AccessError):
                            mine.web_read({name: {}})

    def test_margins_are_hidden_behind_other_records(self):
        for domain in (
            [("value_profile_id.margin", ">", 0)],
            [("value_profile_id", "any", [("margin_total", ">", 0)])],
        ):
            with self.assertRaises(AccessError):
                self.env["res.partner"].with_user(self.salesperson).search(domain)
        with self.assertRaises(AccessError):
            self._as(self.salesperson, self.acme).export_data(
                ["value_profile_id/margin"]
            )
        with self.assertRaises(AccessError):
            self._as(self.salesperson, self.scored).read(["cuts"])

    def test_margins_are_left_out_of_the_explanation(self):
        explained = self._as(self.salesperson, self.profile).explanation
        parts = {p["code"]: p for s in explained["sides"] for p in s["parts"]}
        for code in ("margin", "service"):
            self.assertTrue(parts[code]["hidden"])
            self.assertEqual(parts[code]["raw"], "")
            self.assertIsNot(parts[code]["points"], False)
        self.assertFalse(parts["volume"]["hidden"])
        self.assertIn("115", parts["volume"]["raw"])

    # --- people without the value ---

    def test_employee_and_portal_see_contacts_without_the_value(self):
        for user in (self.employee, self.portal):
            partner = self._as(user, user.partner_id)
            shown = partner.fields_get([], ["string"])
            self.assertFalse([name for name in shown if name.startswith("value_")])
            partner.read(["name"])
            for name in ("value_score", "value_quadrant", "value_profile_id"):
                with self.assertRaises(AccessError):
                    partner.read([name])
                with self.assertRaises(AccessError):
                    partner.search([(name, "!=", False)])
        self.env["res.partner"].with_user(self.employee).get_views(
            [(False, "form"), (False, "list"), (False, "search")]
        )

    def test_employee_changes_contacts_and_posts_without_rights_on_the_value(self):
        creator = self._user("creator", "base.group_user,base.group_partner_manager")
        contact = self._customer("Ann", parent=self.acme)
        self._forget_stale()
        self._as(creator, contact).parent_id = False
        self.assertIn(self.acme, self._stale())


@tagged("post_install", "-at_install")
class TestCompanies(ValueCommon):
    """The same customers in two companies with two currencies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls._currency("EUR", 0.5)
        cls.second = cls._create_company("Second", cls.euro)
        cls.acme = cls._customer("Acme")
        cls.ann = cls._customer("Ann", parent=cls.acme)
        cls._invoice(cls.acme, 100, ago(10))
        cls._invoice(cls.ann, 70, ago(10), company=cls.second)
        cls._order(cls.ann, 30, ago(9), company=cls.second)
        cls._score()
        cls._score(cls.second)
        cls._refresh()
        cls.first_user = cls._user("first", cls.company)
        cls.second_user = cls._user("second", cls.second)

    @classmethod
    def _user(cls, login, companies):
        return new_test_user(
            cls.env,
            login,
            "crm_value.group_manager,sales_team.group_sale_salesman_all_leads",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            context=cls.env.context,
        )

    def _env(self, user, *companies):
        return self.env(
            user=user,
            context={"allowed_company_ids": [company.id for company in companies]},
        )

    def test_documents_of_another_company_do_not_count(self):
        first, second = self._profile(self.acme), self._profile(self.acme, self.second)
        self.assertEqual((first.revenue, first.order_count), (100, 0))
        self.assertEqual((second.revenue, second.order_count), (70, 1))
        self.assertEqual(first.currency_id, self.usd)
        self.assertEqual(second.currency_id, self.euro)

    def test_money_is_in_the_currency_of_the_company(self):
        self._invoice(
            self.acme, 10, ago(5), company=self.second, currency_id=self.usd.id
        )
        self._refresh()
        ledger = self.env["account.move"].search([("company_id", "=", self.second.id)])
        profile = self._profile(self.acme, self.second)
        total = sum(ledger.mapped("amount_untaxed_signed"))
        self.assertAlmostEqual(profile.revenue_total, total, 2)
        self.assertEqual(self._profile(self.acme).revenue_total, 100)

    def test_run_of_one_company_leaves_the_other_alone(self):
        before = self._row(self._profile(self.acme, self.second))
        self._purchases(self.acme, (50, 1))
        self._score()
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 150)
        self.assertEqual(self._row(self._profile(self.acme, self.second)), before)

    def test_contact_shows_the_value_in_the_current_company(self):
        both = self._user("both", self.company + self.second)
        for company in (self.company, self.second):
            env = self._env(both, company)
            partner = self.ann.with_env(env)
            profile = self._profile(self.acme, company)
            self.assertEqual(partner.value_profile_id, profile)
            found = partner.search([("value_profile_id.revenue", "=", profile.revenue)])
            self.assertIn(partner, found)
            other = self._profile(self.acme, (self.company + self.second) - company)
            self.assertNotIn(
                partner,
                partner.search([("value_profile_id.revenue", "=", other.revenue)]),
            )

    def test_badge_shows_the_value_in_the_company_of_the_document(self):
        both = self._user("both", self.company + self.second)
        self._purchases(self.acme, (1, 500))
        self._refresh()
        env = self._env(both, self.company, self.second)
        here = self._order(self.ann, 5).with_env(env)
        there = self._order(self.ann, 5, company=self.second).with_env(env)
        self.assertEqual(here.value_profile_id, self._profile(self.acme))
        self.assertEqual(there.value_profile_id, self._profile(self.acme, self.second))
        orders = [("id", "in", (here + there).ids)]
        for order in (here, there):
            profile = order.value_profile_id.id
            self.assertEqual(
                here.search([*orders, ("value_profile_id", "=", profile)]), order
            )

    def test_users_see_only_their_companies(self):
        self._purchases(self.acme, (50, 100))
        self._score(as_of=MAY)
        policy = self._policy(value_weight=0.6)
        draft = policy.copy()
        limits = {"limit_2": 1, "limit_3": 2, "limit_4": 3, "limit_5": 4}
        margin = self.env.ref("crm_value.indicator_margin")
        volume = self.env.ref("crm_value.indicator_volume")
        draft.limit_ids = [Command.create({"dimension": "f", **limits})]
        draft.comparison_ids = [
            Command.create({"first_id": margin.id, "second_id": volume.id})
        ]
        override = self.env["crm.value.override"].create(
            {
                "partner_id": self.acme.id,
                "quadrant": "gold",
                "reason": "Basis",
                "date_to": TODAY,
            }
        )
        self._purchases(self.acme, (50, 1), (-900, 2))
        run = self._score()
        issue = self.env["crm.value.run.issue"].create(
            {"run_id": run.id, "partner_id": self.acme.id, "message": "Bad"}
        )
        here = [("company_id", "=", self.company.id)]  # demo data have their own
        change = self.env["crm.value.transition"].search(here, limit=1)
        purchase = self.env["crm.value.transaction"].search(here, limit=1)
        profile = self._profile(self.acme)
        self._purchases(self.acme, (1, 1))
        stale = self.env["crm.value.stale"].search(here, limit=1)
        first, second = (
            self._env(self.first_user, self.company),
            self._env(self.second_user, self.second),
        )
        for record in (
            profile,
            self._snapshot(self.acme, MAY),
            change,
            purchase,
            override,
            run,
            run.step_ids[:1],
            issue,
            policy,
            policy.line_ids[:1],
            policy.line_ids.interval_ids[:1],
            draft.limit_ids,
            draft.comparison_ids,
            stale,
        ):
            with self.subTest(model=record._name):
                self.assertTrue(record)
                self.env.invalidate_all()
                self.assertEqual(
                    record.with_env(first).search([("id", "=", record.id)]), record
                )
                record.with_env(first).read(["display_name"])
                self.assertFalse(
                    record.with_env(second).search([("id", "=", record.id)])
                )
                with self.assertRaises(AccessError):
                    record.with_env(second).check_access("read")

    def test_manager_cannot_act_for_another_company(self):
        env = self._env(self.second_user, self.second)
        with self.assertRaises(AccessError):
            env["crm.value.run"].create({"company_id": self.company.id, "as_of": TODAY})
        with self.assertRaises(AccessError):
            env["crm.value.policy"].create({"company_id": self.company.id})
        with self.assertRaises(AccessError):
            env["crm.value.override"].create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.acme.id,
                    "quadrant": "gold",
                    "reason": "Basis",
                    "date_to": TODAY,
                }
            )
        line = self._policy().copy().line_ids[:1]
        with self.assertRaises(AccessError):
            line.with_env(env).weight = 5

    def test_manager_cannot_change_what_new_companies_start_from_in_secret(self):
        template = self.env.ref("crm_value.policy_template")
        env = self._env(self.first_user, self.company)
        self.assertEqual(template.with_env(env).state, "draft")
        self.assertFalse(template.company_id)
