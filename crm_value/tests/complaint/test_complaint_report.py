"""What complaints come from, what product people find, what the overview says."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...const import USER
from ..desk.desk_common import MONDAY_NOON
from .complaint_common import CAME, ComplaintCommon

LATEST = {"is_latest": True}


@tagged("post_install", "-at_install")
class TestComplaintReport(ComplaintCommon):
    def test_causes_are_counted_with_what_is_known(self):
        self._settle(self._complain())
        self._settle(self._complain(), but=["confirm"])
        self._complain(value_cause_id=self.theirs.id)
        rows = self.env["helpdesk.ticket"].formatted_read_group(
            [("value_complaint", "=", True), ("company_id", "=", self.company.id)],
            ["value_cause_id"],
            ["__count", "value_upheld:avg", "value_confirmed_share:avg"],
        )
        found = {
            row["value_cause_id"][1]: (
                row["__count"],
                row["value_upheld:avg"],
                row["value_confirmed_share:avg"],
            )
            for row in rows
        }
        self.assertEqual(found["Ours"], (2, 100, 100))
        self.assertEqual(found["Theirs"][:2], (1, 0))
        self.assertFalse(found["Theirs"][2])

    def test_products_and_needs_group_complaints(self):
        need = self.env["crm.value.need"].create({"name": "Heavier shelves"})
        self._complain(
            value_product_ids=[Command.link(self.product.id)],
            value_need_ids=[Command.link(need.id)],
        )
        self._complain()
        tickets = self.env["helpdesk.ticket"].with_user(self.staff)
        for field, record in (
            ("value_product_ids", self.product),
            ("value_need_ids", need),
        ):
            rows = tickets._read_group(
                [("value_complaint", "=", True), ("company_id", "=", self.company.id)],
                [field],
                ["__count"],
            )
            self.assertIn((record, 1), rows)

    def test_unmet_needs_are_collected(self):
        action = self.env.ref("crm_value.helpdesk_ticket_need_action")
        tickets = self.env["helpdesk.ticket"].with_user(self.staff)
        said = self._complain(value_need_note="Cups for a canteen")
        self._complain()
        domain = [
            ("value_complaint", "=", True),
            "|",
            ("value_need_ids", "!=", False),
            ("value_need_note", "!=", False),
            ("company_id", "=", self.company.id),
        ]
        self.assertIn("value_need_note", action.domain)
        self.assertEqual(tickets.search(domain), said)

    def test_overview_tells_complaints_with_their_lists(self):
        section = self.env["crm.value.section.service"].with_user(self.staff)
        self.assertNotIn("Complaints open", self._tiles(section))
        self._complain()
        early = self._complain()
        early.write({"stage_id": self.closed_stage.id, "value_close_reason": "Silent"})
        tiles = self._tiles(section)
        self.assertEqual(tiles["Complaints open"]["text"], "1")
        self.assertEqual(tiles["Closed, not confirmed"]["text"], "1")
        opens = tiles["Closed, not confirmed"]["opens"]
        domain = [tuple(leaf) for leaf in opens["domain"]]
        self.assertEqual(self.env[opens["model"]].search(domain), early.sudo())
        early.closed_date = MONDAY_NOON - timedelta(days=100)
        self.assertNotIn("Closed, not confirmed", self._tiles(section))

    def _tiles(self, section):
        told = section._told(LATEST) or {}
        return {tile["label"]: tile for tile in told.get("tiles", [])}

    def test_panel_and_customer_say_what_is_owed(self):
        ticket = self._complain(value_acknowledged_at=CAME, value_severity="minor")
        user = self._person("panel", f"helpdesk_mgmt.group_helpdesk_user,{USER}")
        panel = ticket.with_user(user).value_panel
        [line] = [one for one in panel["open"] if one["code"] == "complaint"]
        self.assertIn("Find the Cause (2 of 6 done)", line["text"])
        self._score()
        profile = self._profile(self.ann.commercial_partner_id)
        [sign] = [one for one in profile.signs if one["code"] == "complaint"]
        self.assertEqual((sign["text"], sign["tone"]), ("1", "danger"))
        self._settle(ticket)
        self.env.invalidate_all()
        codes = {one["code"] for one in profile.signs}
        self.assertNotIn("complaint", codes)

    def test_complaint_that_was_closed_early_asks_for_nothing(self):
        ticket = self._complain(value_close_reason="Withdrawn by phone")
        ticket.stage_id = self.closed_stage
        user = self._person("closed", f"helpdesk_mgmt.group_helpdesk_user,{USER}")
        panel = ticket.with_user(user).value_panel or {"open": []}
        self.assertNotIn("complaint", [one["code"] for one in panel["open"]])

    def test_causes_in_use_stay_and_agents_only_read_them(self):
        self._complain(value_cause_id=self.ours.id)
        with self.assertRaises(UserError):
            self.ours.unlink()
        for model in ("crm.value.cause", "crm.value.need"):
            record = self.env[model].create({"name": "Mine"})
            self.assertTrue(record.with_user(self.agent).name)
            with self.assertRaises(AccessError):
                record.with_user(self.agent).name = "Yours"
            with self.assertRaises(AccessError):
                record.with_user(self.agent).create({"name": "Another"})

    def test_screens_open_for_agents_and_in_chinese(self):
        ticket = self._complain()
        for lang in ("en_US", "zh_CN"):
            views = ticket.with_context(lang=lang)
            for kind in ("form", "list", "search", "pivot", "graph"):
                self.assertTrue(views.get_view(view_type=kind)["arch"])
