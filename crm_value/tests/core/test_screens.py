from lxml import etree

from odoo.tests import new_test_user
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import safe_eval

from ..common import ValueCommon

SEARCHED = {
    "crm.value.profile": "crm_value.crm_value_profile_view_search",
    "crm.value.snapshot": "crm_value.crm_value_snapshot_view_search",
    "crm.value.transition": "crm_value.crm_value_transition_view_search",
    "crm.value.override": "crm_value.crm_value_override_view_search",
    "crm.value.migration": "crm_value.crm_value_migration_view_search",
    "crm.value.spell": "crm_value.crm_value_spell_view_search",
    "crm.value.wallet": "crm_value.crm_value_wallet_view_search",
    "crm.value.referral": "crm_value.crm_value_referral_view_search",
    "crm.value.run": "crm_value.crm_value_run_view_search",
    "crm.value.answer": "crm_value.crm_value_answer_view_search",
    "crm.value.construct": "crm_value.crm_value_construct_view_search",
    "crm.value.index": "crm_value.crm_value_index_view_search",
    "crm.value.policy": "crm_value.crm_value_policy_view_search",
    "res.partner": "base.view_res_partner_filter",
    "sale.order": "sale.view_sales_order_filter",
    "crm.lead": "crm.view_crm_case_opportunities_filter",
}
DOCUMENTS = ["res.partner", "sale.order", "crm.lead", "helpdesk.ticket"]


class TestScreens(ValueCommon):
    """Every filter finds something out, every role opens what it may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson = cls._user("screen_sales", "sales_team.group_sale_salesman")
        cls.helper = cls._user("screen_help", "helpdesk_mgmt.group_helpdesk_user_own")
        cls.outsider = cls._user("screen_outsider", "base.group_partner_manager")
        cls.customers = cls._customer("Anna") + cls._customer("Berta")
        anna, berta = cls.customers
        # Who comes again and spends more has more potential.
        cls._buy(anna, 80.0)
        cls._buy(anna, 80.0, "2026-04-01")
        cls._buy(berta, 120.0)
        cls.scored = cls._score()

    @classmethod
    def _user(cls, login, group):
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,{group}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    @classmethod
    def _buy(cls, customer, amount, day="2026-06-01"):
        cls.env["crm.value.transaction"].create(
            {
                "partner_id": customer.id,
                "company_id": cls.company.id,
                "currency_id": cls.usd.id,
                "date": day,
                "amount": amount,
                "source_key": f"{customer.name} {day}",
            }
        )

    def _as(self, user, model):
        return self.env[model].with_user(user)

    def test_filters_and_groups_of_each_search_work_for_a_salesperson(self):
        for name, view in SEARCHED.items():
            model = self._as(self.salesperson, name)
            arch = model.get_view(self.env.ref(view).id, "search")["arch"]
            for node in etree.fromstring(arch).iter("filter"):
                with self.subTest(model=name, filter=node.get("name")):
                    self._check_filter(model, node)

    def _check_filter(self, model, node):
        names = {
            "uid": model.env.uid,
            "context_today": safe_datetime.datetime.today,
            "datetime": safe_datetime,
        }
        if node.get("domain"):
            model.search_count(safe_eval(node.get("domain"), names))
        group = safe_eval(node.get("context") or "{}", names).get("group_by")
        kind = model._fields[group.split(":")[0]].type if group else "properties"
        if kind in ("date", "datetime") and ":" not in group:
            group += ":month"  # as the web client does
        if kind != "properties":
            model.formatted_read_group([], [group], ["__count"])

    def test_filter_manual_finds_the_quadrant_in_force(self):
        profiles = self.env["crm.value.profile"]
        ours = [("company_id", "=", self.company.id)]
        anna = profiles.search([*ours, ("partner_id", "=", self.customers[0].id)])
        self.env["crm.value.override"].create(
            {
                "partner_id": anna.partner_id.id,
                "company_id": self.company.id,
                "quadrant": "platinum",
                "reason": "Frame contract",
                "date_to": "2026-12-31",
            }
        )
        manual = profiles.search([*ours, ("override_id", "!=", False)])
        computed = profiles.search([*ours, ("override_id", "=", False)])
        self.assertEqual(manual, anna)
        self.assertEqual(computed.partner_id, self.customers[1])

    def test_documents_open_for_each_role_and_show_value_to_users_only(self):
        cases = [(self.salesperson, True), (self.helper, True), (self.outsider, False)]
        for user, shown in cases:
            for name in DOCUMENTS:
                model = self._as(user, name)
                if not model.has_access("read"):
                    continue
                with self.subTest(user=user.login, model=name):
                    views = model.get_views([(False, "form"), (False, "list")])
                    arch = views["views"]["form"]["arch"]
                    self.assertEqual("value_profile_id" in arch, shown)

    def test_margins_are_in_the_views_of_officers_only(self):
        for group, shown in (
            ("sales_team.group_sale_salesman", False),
            ("crm_value.group_officer", True),
        ):
            user = self._user(f"margin_{shown}", group)
            arch = self._as(user, "crm.value.profile").get_view(view_type="form")
            self.assertEqual('name="margin"' in arch["arch"], shown)

    def test_pareto_curve_marks_class_a_and_keeps_to_two_queries(self):
        profiles = self._as(self.salesperson, "crm.value.profile")
        curve = profiles.get_pareto_curve()
        self.assertEqual(curve["customers"], 2)
        self.assertEqual(curve["points"][0], [0.0, 0.0])
        self.assertEqual(curve["points"][-1], [1.0, 1.0])
        self.assertEqual(sum(group["count"] for group in curve["classes"]), 2)
        self.assertAlmostEqual(
            sum(group["revenue_share"] for group in curve["classes"]), 1
        )
        self.env.flush_all()
        with self.assertQueryCount(2):
            profiles.get_pareto_curve()

    def test_value_matrix_counts_all_and_shows_the_limits(self):
        profiles = self._as(self.salesperson, "crm.value.profile")
        matrix = profiles.get_value_matrix()
        self.assertEqual(matrix["total"], 2)
        self.assertEqual(
            sorted(point["name"] for point in matrix["points"]), ["Anna", "Berta"]
        )
        self.assertEqual(matrix["cuts"], self.scored.cuts["quadrant"])
        self.assertEqual(sum(group["count"] for group in matrix["quadrants"]), 2)
        self.assertEqual(sum(group["revenue"] for group in matrix["quadrants"]), 280.0)

    def test_charts_of_an_empty_company_are_empty(self):
        company = self._create_company("Empty", self.usd)
        profiles = self.env["crm.value.profile"].with_company(company)
        self.assertEqual(profiles.get_pareto_curve()["revenue"], 0)
        self.assertEqual(profiles.get_value_matrix()["total"], 0)

    def test_history_ends_with_today(self):
        profile = self.env["crm.value.profile"].search(
            [("partner_id", "=", self.customers[0].id)]
        )
        self._score(as_of=profile.as_of.replace(day=1, month=5).replace(day=31))
        points = profile.get_history()["points"]
        self.assertEqual(points[-1]["date"], profile.as_of)
        self.assertEqual(points[-1]["value_score"], profile.value_score)
