from odoo.tests import new_test_user, tagged

from ..common import ValueCommon

ROLES = {
    "salesperson": "sales_team.group_sale_salesman",
    "agent": "helpdesk_mgmt.group_helpdesk_user_own",
    "officer": "crm_value.group_officer",
    "manager": "crm_value.group_manager,survey.group_survey_manager,"
    "sales_team.group_sale_manager,helpdesk_mgmt.group_helpdesk_manager,"
    "base.group_system",
}


@tagged("post_install", "-at_install")
class TestMenus(ValueCommon):
    """What one can hold in mind: seven entries, nine below each, none twice."""

    def _menus(self, role, lang="en_US"):
        user = new_test_user(
            self.env,
            login=f"menu_{role}_{lang}",
            groups=f"base.group_user,crm_value.group_user,{ROLES[role]}",
            company_id=self.company.id,
            company_ids=self.company.ids,
            lang=lang,
        )
        menus = self.env["ir.ui.menu"].with_user(user).with_context(lang=lang)
        return menus.load_menus(debug=False)

    def _below(self, menus, number):
        """Return the entry and all below it."""
        found = [menus[number]]
        for child in menus[number]["children"]:
            found += self._below(menus, child)
        return found

    def test_each_role_has_seven_entries_at_most_and_nine_below_each(self):
        """Not counted is the strategy: a part that companies ask for."""
        root = self.env.ref("crm_value.menu_root").id
        asked = self.env.ref("crm_value.menu_strategy").id
        for role in ROLES:
            menus = self._menus(role)
            self.assertLessEqual(len({*menus[root]["children"]} - {asked}), 7, role)
            for entry in self._below(menus, root)[1:]:
                self.assertLessEqual(len(entry["children"]), 9, (role, entry["name"]))

    def test_only_configuration_has_a_level_more(self):
        root = self.env.ref("crm_value.menu_root").id
        configuration = self.env.ref("crm_value.menu_configuration").id
        for role in ROLES:
            menus = self._menus(role)
            for number in set(menus[root]["children"]) - {configuration}:
                for child in menus[number]["children"]:
                    self.assertFalse(menus[child]["children"], menus[child]["name"])

    def test_nothing_is_there_twice(self):
        root = self.env.ref("crm_value.menu_root").id
        for lang in ("en_US", "zh_CN"):
            self.env["res.lang"]._activate_lang(lang)
            menus = self._menus("manager", lang)
            entries = self._below(menus, root)
            actions = [entry["action_id"] for entry in entries if entry["action_id"]]
            self.assertEqual(len(actions), len(set(actions)))
            for entry in entries:
                names = [menus[child]["name"] for child in entry["children"]]
                names.append(entry["name"])
                self.assertEqual(len(names), len(set(names)), names)

    def test_salesperson_finds_runs_imports_and_mails_but_no_rules(self):
        seen = self._menus("salesperson")
        shown = {menu["xmlid"] for menu in seen.values() if menu.get("xmlid")}
        for xmlid in ("run", "transaction", "contact"):
            self.assertIn(f"crm_value.crm_value_{xmlid}_menu", shown)
        self.assertNotIn("crm_value.menu_rules", shown)
        self.assertNotIn("crm_value.menu_survey_rules", shown)
