"""A salesperson with Own Documents Only sees their own customers, in every model."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import TODAY, ValueCommon, ago

SELLER = "sales_team.group_sale_salesman"
# Rights of the models that officers work with file by file, whoever bought.
OF_A_FILE = {"crm.value.import", "crm.value.import.customer"}


@tagged("post_install", "-at_install")
class TestOwnCustomers(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.seller = cls._user("own_seller", SELLER)
        cls.mate = cls._user("own_mate", SELLER)
        cls.everyone = cls._user("own_all", f"{SELLER}_all_leads")
        cls.mine = cls._customer("Mine", user_id=cls.seller.id)
        cls.theirs = cls._customer("Theirs", user_id=cls.mate.id)
        cls.nobodys = cls._customer("Nobody's")
        cls.customers = cls.mine | cls.theirs | cls.nobodys
        for customer in cls.customers:
            cls._invoice(customer, 100, ago(200))
            cls._invoice(customer, 90, ago(40))
            cls._transaction(customer, 50)
        cls._score(as_of=ago(15))
        cls._score()
        cls.company.value_sight = "own"

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

    def _seen(self, user, model="crm.value.profile"):
        """Return the customers of this test that a user finds records of."""
        self.env.invalidate_all()
        found = self.env[model].with_user(user).search([])
        return found.sudo().partner_id & self.customers

    # --- the rules ---

    def _models_of_customers(self):
        """Return (model, fields of contacts and profiles) that lead to customers."""
        for name, model in sorted(self.env.items()):
            if model._original_module != "crm_value" or model._abstract:
                continue
            links = [
                field.name
                for field in model._fields.values()
                if field.type == "many2one"
                and field.comodel_name in ("res.partner", "crm.value.profile")
            ]
            if links and name not in OF_A_FILE:
                yield name, links

    def test_each_model_with_customers_has_a_rule_of_their_salesperson(self):
        missing = []
        for name, links in self._models_of_customers():
            rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
            domains = "".join(rules.filtered("global").mapped("domain_force"))
            author = "create_uid" in domains and self.env[name].is_transient()
            if not author and "user._value_own(" not in domains:
                officer = self.env["ir.model.access"].search(
                    [("model_id.model", "=", name), ("perm_read", "=", True)]
                )
                if officer.group_id - self.env.ref("crm_value.group_manager"):
                    missing.append((name, links))
        self.assertFalse(missing)

    def test_no_model_shows_a_customer_of_somebody_else(self):
        leaks = []
        for name, links in self._models_of_customers():
            model = self.env[name].with_user(self.seller)
            if not model.has_access("read") or model.is_transient():
                continue
            shown = model.search([]).sudo()
            for link in links:
                customers = shown[link]
                if customers._name == "crm.value.profile":
                    customers = customers.partner_id
                others = customers.commercial_partner_id.user_id - self.seller
                if others or (customers & self.nobodys):
                    leaks.append((name, link))
        self.assertFalse(leaks)

    def test_own_customers_alone_are_shown_in_reports_and_histories(self):
        for model in (
            "crm.value.profile",
            "crm.value.snapshot",
            "crm.value.transaction",
            "crm.value.spell",
            "crm.value.transition",
        ):
            with self.subTest(model):
                self.assertEqual(self._seen(self.everyone, model), self.customers)
                self.assertEqual(self._seen(self.seller, model), self.mine)

    def test_a_profile_of_somebody_else_is_closed(self):
        theirs = self._profile(self.theirs).with_user(self.seller)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            theirs.read(["value_score"])
        self.assertFalse(self.theirs.with_user(self.seller).value_profile_id)

    # --- the switch ---

    def test_the_switch_says_what_they_see_and_counts_at_once(self):
        self.assertEqual(self._seen(self.seller), self.mine)
        self.company.value_sight = "free"
        self.assertEqual(self._seen(self.seller), self.mine | self.nobodys)
        self.company.value_sight = "all"
        self.assertEqual(self._seen(self.seller), self.customers)

    def test_each_company_has_its_own_switch(self):
        other = self._create_company("Open", self.usd)
        other.value_sight = "all"
        self.seller.company_ids += other
        for customer in self.customers:
            self._transaction(customer, 10, company_id=other.id)
        both = self.env["crm.value.transaction"].with_user(self.seller)
        both = both.with_context(allowed_company_ids=(self.company | other).ids)
        seen = both.search([("partner_id", "in", self.customers.ids)]).sudo()
        self.assertEqual(
            seen.filtered(lambda t: t.company_id == other).partner_id, self.customers
        )
        self.assertEqual(
            seen.filtered(lambda t: t.company_id == self.company).partner_id, self.mine
        )

    def test_a_new_company_shows_own_customers_and_those_of_nobody(self):
        self.assertEqual(self._create_company("New", self.usd).value_sight, "free")

    # --- whose they are ---

    def test_who_leads_a_team_sees_the_customers_of_its_members(self):
        lead = self._user("own_lead", SELLER)
        self.assertFalse(self._seen(lead))
        team = self.env["crm.team"].create(
            {
                "name": "North",
                "user_id": lead.id,
                "member_ids": [Command.set(self.mate.ids)],
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self._seen(lead), self.theirs)
        team.crm_team_member_ids.action_archive()
        self.assertFalse(self._seen(lead))

    def test_a_customer_that_changes_hands_changes_sight(self):
        self.theirs.user_id = self.seller
        self.assertEqual(self._seen(self.seller), self.mine | self.theirs)
        self.assertFalse(self._seen(self.mate))

    def test_managers_of_customer_value_and_who_does_not_sell_see_all(self):
        chief = self._user("own_chief", f"{SELLER},crm_value.group_manager")
        agent = self._user("own_agent", "crm_value.group_user")
        officer = self._user("own_officer", f"{SELLER},crm_value.group_officer")
        self.assertEqual(self._seen(chief), self.customers)
        self.assertEqual(self._seen(agent), self.customers)
        self.assertFalse(self._seen(officer))

    # --- sums ---

    def test_statement_of_equity_says_whose_customers_it_is_of(self):
        officer = self._user("own_statement", f"{SELLER},crm_value.group_officer")
        equity = self.env["crm.value.equity"].with_company(self.company)
        self.assertTrue(equity.with_user(officer).get_statement()["is_own"])
        self.company.value_sight = "all"
        self.env.invalidate_all()
        self.assertFalse(equity.with_user(officer).get_statement()["is_own"])

    def test_sums_add_up_what_they_see(self):
        spells = self.env["crm.value.spell"].with_user(self.seller)
        self.env.invalidate_all()
        self.assertFalse(
            self.env["crm.value.spell.total"].with_user(self.seller).search([])
        )
        self.assertEqual(spells.search([]).sudo().partner_id, self.mine)
        self.assertEqual(TODAY, self._profile(self.mine).as_of)
