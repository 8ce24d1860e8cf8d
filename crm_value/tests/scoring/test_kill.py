"""A killed scoring leaves nothing half done, and the next one completes it.

Needs a scratch database, so Odoo's own loader does not import this file; pytest does.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from odoo.sql_db import close_db, db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import config

PROGRAM = Path(__file__).with_name("killed_runs.py")


@contextmanager
def scratch_database():
    """Copy the test's database; it must not be in use for that moment."""
    source = get_db_name()
    name = f"{source}_kill_{os.getpid()}"
    close_db(source)
    try:
        _server(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        yield name
    finally:
        _server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server(statement):
    cr = db_connect("postgres").cursor()
    try:
        cr._cnx.autocommit = True
        cr.execute(statement)
    finally:
        cr._cnx.autocommit = False
        cr.close()


@tagged("post_install", "-at_install")
class TestKill(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with scratch_database() as database:
            done = subprocess.run(
                [sys.executable, PROGRAM, database, *cls._options()],
                capture_output=True,
                check=False,
                text=True,
                timeout=1200,
            )
        if done.returncode:
            raise AssertionError(done.stderr)
        cls.report = json.loads(done.stdout.splitlines()[-1])

    @staticmethod
    def _options():
        """Return the options that make another process find the same Odoo."""
        options = ["--addons-path", ",".join(config["addons_path"])]
        for name in ("db_host", "db_port", "db_user", "db_password", "data_dir"):
            if config[name]:
                flag = name if name.startswith("db") else "data-dir"
                options.append(f"--{flag}={config[name]}")
        return options

    def assertKilled(self, report):
        self.assertTrue(report["reached"], report)
        self.assertEqual(report["status"], signal.SIGKILL)

    def test_kill_between_gather_and_store_stores_nothing(self):
        report = self.report["after gather"]
        self.assertKilled(report)
        self.assertEqual((report["profiles"], report["running"]), (0, 1))

    def test_kill_within_store_stores_nothing(self):
        report = self.report["within store"]
        self.assertKilled(report)
        self.assertEqual((report["profiles"], report["running"]), (0, 1))
        self.assertEqual(report["stale"], self.report["start"]["stale"])

    def test_kill_before_the_end_stores_nothing(self):
        report = self.report["before the end"]
        self.assertKilled(report)
        self.assertEqual((report["profiles"], report["done"]), (0, 0))

    def test_kill_within_history_keeps_what_was_finished(self):
        report = self.report["within history"]
        self.assertKilled(report)
        self.assertGreater(report["profiles"], 0)
        self.assertEqual((report["snapshots"], report["running"]), (0, 1))

    def test_next_run_completes_everything_once(self):
        report = self.report["finished"]
        self.assertEqual((report["status"], report["reached"]), (0, False))
        self.assertEqual((report["running"], report["failed"]), (0, 0))
        self.assertGreater(report["snapshots"], 0)
        self.assertEqual((report["double"], report["missing"]), (0, 0))

    def test_result_equals_that_of_an_undisturbed_run(self):
        self.assertTrue(self.report["same"])
        for name in ("profiles", "snapshots"):
            self.assertEqual(
                self.report["control"][name], self.report["refreshed"][name]
            )

    def test_run_that_is_killed_each_time_goes_on_and_is_given_up(self):
        report = self.report["for ever"]
        for at in range(1, 6):
            self.assertKilled(report[str(at)])
            self.assertEqual(report[str(at)]["running"], 1)
        self.assertEqual(report["watched"]["woken"], 1)
        given_up = report["given up"]
        self.assertEqual((given_up["running"], given_up["failed"]), (0, 1))
        self.assertEqual(report["at rest"]["woken"], 0)

    def test_kill_within_refresh_loses_no_mark(self):
        report = self.report["within refresh"]
        self.assertKilled(report)
        self.assertEqual(report["stale"], 1)
        self.assertEqual(self.report["refreshed again"]["stale"], 0)

    def test_kill_within_playbooks_takes_each_step_once(self):
        report = self.report["playbooks"]
        seen = {
            name: [
                report[name][count]
                for count in ("waiting", "steps", "activities", "planned", "sent")
            ]
            for name in report
        }
        self.assertEqual(
            seen,
            {
                "asked": [5, 0, 0, 0, 0],
                "within steps": [5, 0, 0, 0, 0],
                "second batch": [3, 6, 2, 2, 0],
                "within mails": [0, 15, 5, 3, 2],
                "worked off": [0, 15, 5, 0, 5],
                "worked again": [0, 15, 5, 0, 5],
            },
        )
        for name in ("within steps", "second batch", "within mails"):
            self.assertKilled(report[name])
        self.assertEqual(report["worked again"]["mails"], 5)

    def test_kill_within_points_settles_each_card_once(self):
        report = self.report["points"]
        seen = {
            name: [report[name][count] for count in ("points", "movements")]
            for name in report
            if name != "race"
        }
        self.assertEqual(
            seen,
            {
                "paid": [0, 0],
                "within a batch": [0, 0],
                "second batch": [200, 2],
                "settled": [500, 5],
                "settled again": [500, 5],
                "quoted": [500, 5],
                "after the race": [400, 6],
            },
        )
        for name in ("within a batch", "second batch"):
            self.assertKilled(report[name])

    def test_two_orders_at_once_cannot_spend_the_same_points(self):
        """The second one collides, is tried again, and sees that nothing is left."""
        self.assertEqual(self.report["points"]["race"], ["conflict", "refused"])

    def test_kill_within_invitations_mails_each_once(self):
        report = self.report["invitations"]
        names = ("inviting", "invited", "opened", "survey_mails")
        seen = {name: [report[name][count] for count in names] for name in report}
        self.assertEqual(
            seen,
            {
                "planned": [5, 0, 0, 0],
                "within batch": [5, 0, 0, 0],
                "third batch": [1, 4, 4, 4],
                "worked off": [0, 5, 5, 5],
                "worked again": [0, 5, 5, 5],
            },
        )
        for name in ("within batch", "third batch"):
            self.assertKilled(report[name])

    def test_two_events_in_two_transactions_ask_once(self):
        report = self.report["at once"]
        names = ("inviting", "invited", "opened", "survey_mails")
        counts = {
            name: [report[name][count] - report["start"][count] for count in names]
            for name in report
        }
        self.assertEqual(counts["planned"], [2, 0, 0, 0])
        self.assertEqual(counts["sent"], [1, 1, 1, 1])
        self.assertEqual(counts["worked off"], [0, 1, 1, 1])
        for name in ("planned", "sent"):
            self.assertTrue(report[name]["reached"] and report[name]["blocked"])
            self.assertEqual(report[name]["status"], [0, 0])
