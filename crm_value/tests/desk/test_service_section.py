"""What the overview says of the desk: overdue now, and promises kept."""

from datetime import timedelta

from odoo.tests import tagged

from ..common import TODAY
from .desk_common import MONDAY_NOON, DeskCommon


@tagged("post_install", "-at_install")
class TestServiceSection(DeskCommon):
    def _tiles(self):
        month = {
            "date_from": None,
            "date_to": TODAY,
            "is_open": True,
            "is_latest": True,
        }
        section = self.env["crm.value.section.service"].with_user(self.staff)
        told = section._told(month) or {"tiles": []}
        return {tile["label"]: tile for tile in told["tiles"]}

    def _opens(self, tile):
        opens = tile["opens"]
        return self.env[opens["model"]].search(opens["domain"])

    def test_desk_without_tickets_says_nothing(self):
        self.assertEqual(self._tiles(), {})

    def test_figures_open_what_they_count(self):
        late = self._open(self.other, MONDAY_NOON - timedelta(days=4))
        kept = self._open(self.ann)
        kept.value_responded_at = MONDAY_NOON
        self._open(self.other)
        late._compute_value_kept()
        tiles = self._tiles()
        overdue, answered = tiles["Overdue"], tiles["Answered in time"]
        self.assertEqual((overdue["text"], overdue["tone"]), ("1", "bad"))
        self.assertEqual(overdue["note"], "of 3 tickets that wait for us")
        self.assertEqual(self._opens(overdue), late)
        self.assertEqual(answered["text"], "50.0%")
        self.assertEqual(answered["note"], "of 2 tickets in 90 days")
        self.assertEqual(self._opens(answered), late | kept)
