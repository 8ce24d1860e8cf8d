"""Sums that are kept say what all rows say: histories that hypothesis makes.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ...models.purchases.crm_value_facts import Scope
from ...models.scoring.crm_value_step import Flow
from ...models.scoring.crm_value_store import INCOMING
from ..common import TODAY
from ..lifecycle.test_migration import CODES, MigrationCommon
from .test_equity import APRIL, MARCH, MAY

ENDS = (date(2026, 2, 28), MARCH, APRIL, MAY, TODAY)
CENTS = st.integers(-(10**7), 10**9).map(lambda cents: cents / 100)
STOOD = st.none() | st.fixed_dictionaries(
    {
        "stage": st.sampled_from([*CODES, None]),
        "quadrant": st.sampled_from(["platinum", "gold", "iron", "lead", False]),
        "relation": st.sampled_from(["active", "lost"]),
        "clv": CENTS | st.just(False),
        "revenue": CENTS,
        "margin": CENTS,
        "revenue_total": CENTS,
        "margin_total": CENTS,
        "last_purchase_date": st.sampled_from(ENDS),
        "first_purchase_date": st.dates(date(2025, 11, 1), date(2026, 5, 31)),
        "back": st.integers(0, 40),
    }
)
HISTORIES = st.lists(st.tuples(*[STOOD] * len(ENDS)), min_size=1, max_size=4)
AMOUNTS = ["__count", "closing:sum", "new:sum", "lost:sum"]


@tagged("post_install", "-at_install")
class TestMonthKeptProperties(MigrationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = new_test_user(
            cls.env,
            "reads_sums",
            "crm_value.group_manager",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(HISTORIES, st.sets(st.sampled_from(ENDS)), st.lists(STOOD, max_size=4))
    def test_kept_is_what_all_rows_add_up_to(self, histories, closed, later):
        with self.env.cr.savepoint() as savepoint:
            self._write(histories, closed)
            slow = self._shown()
            with self._no_commit():
                self._keep()
            self._check_same(self._shown(), slow)
            self._move(histories, later)
            moved = self._shown()
            self.env["crm.value.month.kept"]._drop(self.company)
            self._check_same(moved, self._shown())
            savepoint.rollback()
        self.env.invalidate_all()

    def _write(self, histories, closed):
        for day in sorted(closed):
            self._closed(day)
        self.customers = [self._customer(f"C{n}") for n in range(len(histories))]
        for customer, history in zip(self.customers, histories, strict=True):
            for day, stood in zip(ENDS, history, strict=True):
                if stood:
                    self._write_end(customer, day, stood)
        self.env.flush_all()

    def _write_end(self, customer, day, stood):
        values = dict(stood)
        since = date.fromordinal(day.toordinal() - values.pop("back"))
        self._was(customer, day, values.pop("stage"), since=since, **values)

    def _totals(self):
        return self.env["crm.value.month.kept"]._totals()

    def _keep(self):
        for total in self._totals():
            total._keep(self.company)
        if self._shown()["statement"]["months"]:
            total = self.env["crm.value.equity.total"].with_user(self.reader)
            self.assertTrue(total._answers([], AMOUNTS), "nothing is left to add up")
            ends = self.env["crm.value.month.end.total"].with_user(self.reader)
            own = [("month_end", "=", True)]
            self.assertTrue(ends._answers(own, ["stage_id"]), "snapshots are read")

    def _move(self, histories, later):
        """Let profiles change as a refresh does, and the sums go with them."""
        pairs = list(zip(self.customers, later, strict=False))
        self._incoming(pairs)
        ids = tuple(customer.id for customer, _stood in pairs)
        scope = Scope(self.company, None, "invoiced", TODAY, TODAY, ids)
        flow = Flow(self.env["crm.value.run"], scope)
        step = self.env["crm.value.step.kept"]
        self.env["crm.value.store"]._compare(flow, [step])
        step._before_store(flow)
        for customer, stood in pairs:
            profile = self.env["crm.value.profile"].search(
                [("partner_id", "=", customer.id)]
            )
            profile.unlink()
            if stood:
                self._write_end(customer, TODAY, stood)
        self.env.flush_all()
        step._store(flow)
        self.env.invalidate_all()

    def _incoming(self, pairs):
        """Write what a scoring brings, as far as cohorts go by it."""
        table = SQL.identifier(INCOMING)
        self.env.cr.execute(
            SQL(
                "DROP TABLE IF EXISTS %s; CREATE TEMPORARY TABLE %s (partner_id int4,"
                " purchase_count int4, first_purchase_date date) ON COMMIT DROP",
                table,
                table,
            )
        )
        for customer, stood in pairs:
            if stood:
                day = stood["first_purchase_date"]
                self.env.cr.execute(
                    SQL("INSERT INTO %s VALUES (%s, 1, %s)", table, customer.id, day)
                )

    def _shown(self):
        self.env.invalidate_all()
        migration, equity = (
            self.env["crm.value.migration"],
            self.env["crm.value.equity"],
        )
        own = [("company_id", "=", self.company.id)]
        groups = [["date:month", "movement"], ["quadrant"], []]
        return {
            "matrix": _by_key(migration.get_matrix(), "cells"),
            "cohorts": [migration.get_cohorts(g) for g in ("month", "quarter", "year")],
            "economics": [migration.get_economics(g) for g in ("stage_id", "quadrant")],
            "statement": equity.get_statement(),
            "analysis": [
                sorted(map(str, rows))
                for rows in equity._read_grouping_sets(own, groups, AMOUNTS)
            ],
            "times": self.env["crm.value.spell"].get_times(),
            "ends": self._ends(own),
        }

    def _ends(self, own):
        """Return what pivots of month ends show, by stage, and those with a value."""
        groups, sums = [["date:month", "stage_id"], ["relation"], []], ["clv:sum"]
        ends = [*own, ("month_end", "=", True)]
        ask = self.env["crm.value.snapshot"]._read_grouping_sets
        levels = [
            *ask(ends, groups, ["__count", *sums]),
            *ask([*ends, ("clv", "!=", False)], groups, ["__count", *sums]),
        ]
        return [sorted(rows, key=str) for rows in levels]

    def _check_same(self, found, expected, path=""):
        if isinstance(expected, dict):
            self.assertEqual(found.keys(), expected.keys(), path)
            for key, value in expected.items():
                self._check_same(found[key], value, f"{path}/{key}")
        elif isinstance(expected, list | tuple):
            self.assertEqual(len(found), len(expected), path)
            for at, value in enumerate(expected):
                self._check_same(found[at], value, f"{path}/{at}")
        elif isinstance(expected, float) and found is not None:
            self.assertAlmostEqual(found, expected, 4, path)
        else:
            self.assertEqual(found, expected, path)


def _by_key(found, name):
    """Return a screen's answer with its cells in an order of their own."""
    cells = sorted(found[name], key=lambda cell: (str(cell["from"]), str(cell["to"])))
    return {**found, name: cells}
