from lxml import etree

from odoo.tests import new_test_user, tagged

from ...models.core.res_groups import STARTED
from ..common import ValueCommon

JOBS = {
    "loyalty": ["ir_cron_points"],
    "satisfaction": ["ir_cron_index", "ir_cron_invitation", "ir_cron_recovery"],
    "service": [],
    "playbook": ["ir_cron_playbook"],
    "selling": ["ir_cron_suggestion", "ir_cron_lead"],
    "strategy": ["ir_cron_scorecard", "ir_cron_campaign", "ir_cron_holdout"],
}
MENUS = {
    "loyalty": "menu_loyalty crm_value_wallet_menu crm_value_tier_menu "
    "crm_value_loyalty_month_menu crm_value_points_issue_menu",
    "satisfaction": "menu_satisfaction menu_survey_rules crm_value_recovery_menu",
    "service": "helpdesk_ticket_due_menu",
    "playbook": "crm_value_playbook_menu crm_value_playbook_start_menu",
    "selling": "crm_value_authority_menu crm_value_approval_menu crm_value_costly_menu "
    "crm_value_review_menu crm_value_offer_report_menu crm_value_likeness_menu "
    "crm_value_lead_double_menu crm_value_lead_worth_menu",
    "strategy": "menu_strategy crm_value_strategy_map_menu crm_value_campaign_menu "
    "crm_value_segment_menu crm_value_plan_menu "
    "crm_value_scenario_menu crm_value_choice_menu",
}
COLUMNS = {
    "loyalty": "tier_id tier_until loyalty_class wallet_share",
    "satisfaction": "nps csat satisfaction_score",
    "selling": "credit_grade overdue_since net_margin",
}


OFFERED = {
    "crm.value.profile": {
        "loyalty": "tier_id tier_until loyalty_class wallet_share benefit_amount",
        "satisfaction": "nps csat satisfaction_quadrant",
        "service": "ticket_count resolution_days",
        "selling": "credit_grade overdue_since net_margin",
    },
    "crm.value.snapshot": {"loyalty": "tier_id loyalty_class", "satisfaction": "nps"},
    "crm.value.transition": {"loyalty": "tier_from_id tier_to_id"},
    "crm.value.override": {"loyalty": "tier_id"},
}
ATTRIBUTES = ("groupable", "searchable", "exportable", "aggregator")


@tagged("post_install", "-at_install")
class TestParts(ValueCommon):
    """A part that a company does not use vanishes, and comes back as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.groups = cls.env["res.groups"]
        cls.reader = new_test_user(
            cls.env,
            login="parts_manager",
            groups="crm_value.group_manager,helpdesk_mgmt.group_helpdesk_manager,"
            "survey.group_survey_manager,sales_team.group_sale_manager",
        )
        asked = cls.env["res.config.settings"].create({"group_value_strategy": True})
        asked.set_values()

    def _switch(self, part, used):
        settings = self.env["res.config.settings"].create({f"group_value_{part}": used})
        settings.set_values()
        self.env.invalidate_all()

    def _shown(self):
        """Return the XML ids of the menus that the manager sees."""
        menus = self.env["ir.ui.menu"].with_user(self.reader).load_menus(debug=False)
        return {
            menu.get("xmlid", "").removeprefix("crm_value.") for menu in menus.values()
        }

    def _columns(self):
        views = self.env["crm.value.profile"].with_user(self.reader)
        arch = etree.fromstring(views.get_view(view_type="list")["arch"])
        return {
            field.get("name")
            for field in arch.iter("field")
            if field.get("column_invisible") not in ("True", "1")
        }

    def _active(self, part):
        return [self.env.ref(f"crm_value.{job}").active for job in JOBS[part]]

    def test_parts_are_on_from_the_start_unless_they_are_asked_for(self):
        for part in STARTED:
            self.assertTrue(self.groups._value_uses(part), part)
            self.assertTrue(all(self._active(part)), part)

    def test_part_goes_with_menus_columns_and_jobs_and_comes_back(self):
        for part in JOBS:
            menus, columns = set(MENUS[part].split()), COLUMNS.get(part, "").split()
            with self.subTest(part=part):
                before, had = self._shown(), self._columns()
                self.assertFalse(menus - before)
                self.assertFalse(set(columns) - had)
                self._switch(part, False)
                self.assertFalse(menus & self._shown())
                self.assertFalse(set(columns) & self._columns())
                self.assertFalse(any(self._active(part)))
                self._switch(part, True)
                self.assertEqual(self._shown(), before)
                self.assertEqual(self._columns(), had)
                self.assertTrue(all(self._active(part)))

    def _offered(self, model):
        """Return what a model offers to group, filter, add up or export by."""
        found = self.env[model].with_user(self.reader).fields_get()
        return {
            name
            for name, told in found.items()
            if any(told.get(attribute) for attribute in ATTRIBUTES)
        }

    def test_what_a_part_brings_is_offered_while_it_is_in_use(self):
        for model, parts in OFFERED.items():
            before = self._offered(model)
            for part, names in parts.items():
                with self.subTest(model=model, part=part):
                    self.assertLessEqual(set(names.split()), before)
                    self._switch(part, False)
                    left = self._offered(model)
                    self.assertFalse(set(names.split()) & left)
                    others = {"partner_id", "company_id"} & before
                    self.assertLessEqual(others, left)
                    self._switch(part, True)
                    self.assertEqual(self._offered(model), before)

    def test_kinds_stay_though_a_part_adds_to_them(self):
        self._switch("loyalty", False)
        self.assertIn("kind", self._offered("crm.value.transition"))
        self.assertIn("kind", self._offered("crm.value.override"))

    def _named(self, model, kind, view=False):
        views = self.env[model].with_user(self.reader)
        arch = etree.fromstring(views.get_view(view, kind)["arch"])
        return {
            one.get("name")
            for one in arch.iter("field", "filter")
            if not any(up.tag == "field" for up in one.iterancestors())
        }

    def test_columns_and_filters_of_logs_go_with_a_part(self):
        for model, kind, part, names in (
            ("crm.value.transition", "list", "loyalty", "tier_from_id tier_to_id"),
            ("crm.value.transition", "search", "loyalty", "of_tier group_tier_to"),
            ("crm.value.override", "search", "loyalty", "tiers group_tier"),
            ("crm.value.profile", "search", "loyalty", "manual_tier"),
            ("crm.value.profile", "form", "loyalty", "wallet_ids"),
            ("crm.value.profile", "list", "service", "ticket_count"),
            ("crm.value.contact", "list", "playbook", "start_id"),
        ):
            with self.subTest(model=model, kind=kind):
                self.assertLessEqual(set(names.split()), self._named(model, kind))
                self._switch(part, False)
                self.assertFalse(set(names.split()) & self._named(model, kind))
                self._switch(part, True)

    def test_costly_customers_name_no_cost_of_a_part_that_is_off(self):
        view = self.env.ref("crm_value.crm_value_costly_view_list").id
        for part, name in (("loyalty", "benefit_amount"), ("service", "ticket_count")):
            with self.subTest(part=part):
                self.assertIn(name, self._named("crm.value.profile", "list", view))
                self._switch(part, False)
                self.assertNotIn(name, self._named("crm.value.profile", "list", view))

    def test_what_changed_tells_no_tier_without_loyalty(self):
        profile = self.env["crm.value.profile"].with_user(self.reader).new({})
        gold = self.env.ref("crm_value.tier_gold")
        old = self.env["crm.value.snapshot"].new({"tier_id": gold.id})
        label = profile._fields["tier_id"]._description_string(profile.env)
        self.assertIn(label, "".join(profile._say_changes(old)))
        self._switch("loyalty", False)
        self.assertNotIn(label, "".join(profile._say_changes(old)))

    def test_satisfaction_by_tier_goes_with_loyalty(self):
        answers = self.env["crm.value.answer"].with_user(self.reader)
        self.assertIn("tier_id", answers.get_measures()["groupings"])
        self._switch("loyalty", False)
        self.assertNotIn("tier_id", answers.get_measures()["groupings"])

    def test_saving_other_settings_leaves_a_job_that_somebody_stopped(self):
        job = self.env.ref("crm_value.ir_cron_points")
        job.active = False
        self._switch("loyalty", True)
        self.assertFalse(job.active)

    def test_tier_is_kept_and_nobody_is_congratulated(self):
        tier = self.env.ref("crm_value.tier_gold")
        customer = self._customer("Off")
        moved = self.env["crm.value.transition"].new(
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "date": "2026-06-30",
                "tier_to_id": tier.id,
            }
        )
        self._switch("loyalty", False)
        contacts = self.env["crm.value.contact"]
        self.assertFalse(contacts._plan_congratulations(moved))

    def test_upgrade_switches_every_part_on(self):
        self._switch("playbook", False)
        self.groups._value_use_all()
        self.assertTrue(self.groups._value_uses("playbook"))

    def test_views_of_documents_open_with_every_part_off(self):
        for part in JOBS:
            self._switch(part, False)
        for model, kinds in {
            "crm.value.profile": ("form", "list", "kanban", "search"),
            "crm.value.snapshot": ("form", "list", "search"),
            "crm.value.policy": ("form",),
            "crm.value.stage": ("form", "list"),
            "crm.value.override": ("form", "list", "search"),
            "res.partner": ("form", "list", "search"),
            "sale.order": ("form", "list", "search"),
            "crm.lead": ("form", "kanban", "search"),
            "helpdesk.ticket": ("form", "list", "search"),
        }.items():
            for kind in kinds:
                views = self.env[model].with_user(self.reader)
                self.assertTrue(views.get_view(view_type=kind)["arch"], (model, kind))
