from odoo.tests import HttpCase, tagged

from .strategy_common import StrategyCommon


@tagged("post_install", "-at_install")
class TestScorecardTours(HttpCase, StrategyCommon):
    """A strategy from its map to its next version, in a browser."""

    browser_size = "1366x900"

    def test_whole_loop(self):
        manager = self._strategist("loop_manager")
        self.start_tour(
            "/odoo/strategy-map", "crm_value_strategy_loop", login=manager.login
        )
        self.assertEqual(self.strategy.state, "superseded")
        version = self.env["crm.value.strategy"].search(
            [("previous_id", "=", self.strategy.id)]
        )
        self.assertEqual((version.version, version.state), (2, "active"))
        self.assertEqual(version.change_reason, "They miss advice")
        # What was begun under the old version goes on under the new one.
        activities = version.objective_ids.measure_ids.activity_ids
        self.assertEqual(activities.mapped("summary"), ["Ask those who left"])

    def test_strategy_begins_from_a_template(self):
        self.strategy._ours().write({"state": "superseded"})
        manager = self._strategist("begin_manager")
        self.start_tour(
            "/odoo/strategy-map", "crm_value_strategy_begin", login=manager.login
        )

    def test_plain_user_sees_nothing_of_it(self):
        user = self._strategist("plain_user", "group_user")
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(debug=False)
        shown = {menu["xmlid"] for menu in menus.values() if menu.get("xmlid")}
        self.assertNotIn("crm_value.menu_strategy", shown)
        self.assertNotIn("crm_value.crm_value_strategy_map_menu", shown)
        officer = self._strategist("some_officer", "group_officer")
        menus = self.env["ir.ui.menu"].with_user(officer).load_menus(debug=False)
        shown = {menu["xmlid"] for menu in menus.values() if menu.get("xmlid")}
        self.assertIn("crm_value.crm_value_strategy_map_menu", shown)
