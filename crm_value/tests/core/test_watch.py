"""Interrupted work goes on within minutes, unless somebody is at it."""

from datetime import timedelta

from odoo import fields
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestWatch(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("crm_value.ir_cron_score")
        cls.env.cr.execute(
            "UPDATE crm_value_run SET state = 'done';"
            "UPDATE crm_value_import SET state = 'done';"
            "UPDATE crm_value_index_result SET state = 'done'"
        )
        cls.env.invalidate_all()

    def _woken(self):
        self.env["ir.cron.trigger"].search([]).unlink()
        self.env["crm.value.watch"]._cron_watch()
        return self.env["ir.cron.trigger"].search([]).cron_id

    def _run(self, **vals):
        return self.env["crm.value.run"].create({"state": "running", **vals})

    def test_nothing_is_woken_for_nothing(self):
        self.assertFalse(self._woken())

    def test_what_is_left_running_is_begun_again(self):
        self._run()
        self.assertEqual(self._woken(), self.cron)

    def test_who_waits_is_told_for_what(self):
        self.env["ir.cron.trigger"].search([]).unlink()
        now = fields.Datetime.now()
        self.cron.nextcall = now + timedelta(hours=9)
        run = self._run(state="queued")
        told = run.action_start()["params"]
        self.assertEqual(told["type"], "info")
        self.assertIn("within about a minute", told["message"])
        trigger = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        for vals, said, vain in (
            ({"call_at": now - timedelta(minutes=9)}, "Nothing has started it", True),
            ({"call_at": now + timedelta(hours=2)}, "the next scheduled action, on", 0),
        ):
            trigger.write(vals)
            run.invalidate_recordset(["waiting_note"])
            self.assertIn(said, run.waiting_note)
            self.assertEqual(run.waits_in_vain, vain)
        other = self._run()
        run.invalidate_recordset(["waiting_note"])
        self.assertIn("the one in progress", run.waiting_note)
        self.assertFalse(other.waiting_note)
        self.cron.active = False
        run.invalidate_recordset(["waiting_note"])
        self.assertIn("switched off", run.waiting_note)
        self.assertTrue(run.waits_in_vain)

    def test_every_queue_is_watched(self):
        watched = self.env.registry.descendants(["crm.value.queue"], "_inherit")
        jobs = {self.env[n]._job for n in watched if not self.env[n]._abstract}
        self.assertEqual(len(jobs), 3)
        for job in jobs:
            self.assertTrue(self.env.ref(job).active)

    def test_cron_at_work_is_left_alone(self):
        self._run()
        with db_connect(self.env.cr.dbname).cursor() as worker:
            worker.execute(
                "SET LOCAL lock_timeout = '5s';"
                " SELECT FROM ir_cron WHERE id = %s FOR NO KEY UPDATE",
                [self.cron.id],
            )
            self.assertFalse(self._woken())

    def test_cron_that_odoo_gave_up_for_the_night_goes_on_a_few_times(self):
        points = self.env.ref("crm_value.ir_cron_points")
        points.failure_count = 1
        self.assertEqual(self._woken(), points)
        points.failure_count = 5
        self.assertFalse(self._woken())

    def test_what_has_failed_can_be_tried_again(self):
        run = self._run(state="failed", attempts=5, message="Interrupted")
        self.assertFalse(self._woken())
        run.action_try_again()
        self.assertEqual((run.state, run.attempts, run.message), ("queued", 0, False))
        self.assertEqual(self._woken(), self.cron)
