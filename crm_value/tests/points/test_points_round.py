"""A round of the points cron comes to its end, however little time a call has."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.base.models.ir_cron import IrCron

from .points_common import PointsCommon

METHODS = ("_value_settle", "_value_expire", "_value_plan_notices", "_value_check")


@tagged("post_install", "-at_install")
class TestPointsRound(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("UPDATE loyalty_card SET active = FALSE")  # of other data
        cls.env.invalidate_all()
        cls.mine = cls.cards.concat(
            *(cls._card(cls._customer(f"C{number}"), 10) for number in range(5))
        )
        cls.bookmark = cls.env["crm.value.bookmark"]
        cls.cron = cls.env.ref("crm_value.ir_cron_points")

    @contextmanager
    def _hurried(self):
        """Give each call of the cron time for two cards; yield what it does."""
        done, model = [], type(self.cards)

        def noted(name):
            original = getattr(model, name)

            def method(cards):
                done.append((name, [self.mine.ids.index(card.id) for card in cards]))
                return original(cards)

            return patch.object(model, name, method)

        def commit_progress(cron, processed=0, **_options):
            cron.env.flush_all()
            return 0

        with (
            patch.object(model, "_batch_size", 2),
            patch.object(IrCron, "_commit_progress", commit_progress),
            noted(METHODS[0]),
            noted(METHODS[1]),
            noted(METHODS[2]),
            noted(METHODS[3]),
        ):
            yield done

    def _triggers(self):
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        times = triggers.mapped("call_at")
        triggers.unlink()
        return times

    def _round(self):
        return [(name, cards) for cards in ([0, 1], [2, 3], [4]) for name in METHODS]

    def test_calls_without_time_get_to_the_end_once(self):
        with self._hurried() as done:
            for more in (True, True, False):
                self._triggers()
                self.points._cron_points()
                self.assertEqual(bool(self._triggers()), more)
        self.assertEqual(done, self._round())
        self.assertFalse(self.bookmark.search([("name", "=", "points")]).last_id)

    def test_next_night_does_all_again(self):
        with self._hurried() as done:
            for _call in range(6):
                self.points._cron_points()
        self.assertEqual(done, self._round() * 2)

    def test_round_left_unfinished_is_followed_by_another(self):
        with self._hurried() as done:
            self.points._cron_points()
            self._triggers()
            with freeze_time("2026-06-16 12:00:00"):
                self.points._cron_points()
                self.assertTrue(self._triggers())
                self.points._cron_points()
                self.assertTrue(self._triggers(), "a round of today is missing")
                for more in (True, True, False):
                    self.points._cron_points()
                    self.assertEqual(bool(self._triggers()), more)
        self.assertEqual(done, self._round() * 2)

    def test_batch_that_a_crash_took_back_is_done_again(self):
        with self._hurried() as done:
            self.points._cron_points()
            with (
                self.assertRaises(KeyboardInterrupt),
                self.env.cr.savepoint(),
                patch.object(
                    IrCron, "_commit_progress", side_effect=[1, KeyboardInterrupt]
                ),
            ):
                self.points._cron_points()
            self.env.invalidate_all()
            self.points._cron_points()
            self.points._cron_points()
        again = [step for step in self._round() if step[1] == [2, 3]]
        first, rest = self._round()[:4], self._round()[4:]
        self.assertEqual(done, first + again + rest)

    def test_card_that_met_another_transaction_gets_a_round_later(self):
        self._triggers()
        with (
            patch.object(
                type(self.points), "_settle", side_effect=SerializationFailure
            ),
            self._no_commit(),
        ):
            self.points._cron_points()
        later = fields.Datetime.now() + timedelta(minutes=5)
        times = self._triggers()
        self.assertTrue(times)
        self.assertGreater(min(times), later)
