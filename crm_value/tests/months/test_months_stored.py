"""Monthly facts: how they are stored, who reads them, what they cost."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .test_months import FACTS, JANUARY, MARCH, MonthsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestMonthsStored(MonthsCommon):
    def test_killed_rebuild_goes_on(self):
        customer = self._customer("A")
        self._purchases(customer, *((10, days) for days in range(1, 300, 40)))
        self._night()
        whole = self._all()
        months = self.env["crm.value.month"]
        months.search([]).unlink()
        self.env[FACTS].search([("month", ">", JANUARY)]).unlink()
        note, stored = type(months)._note, []

        def killed(model, *args):
            if len(stored) == 3:
                raise RuntimeError("killed")
            stored.append(args)
            return note(model, *args)

        with (
            patch.object(type(months), "_note", killed),
            self.assertRaises(RuntimeError),
        ):
            with self.env.cr.savepoint():
                self._store()
        self._store()
        self.assertEqual(self._all(), whole)

    def _all(self):
        names = [n for n, f in self.env[FACTS]._fields.items() if f.store and n != "id"]
        return [{name: row[name] for name in names} for row in self._rows().read(names)]

    def test_waiting_runs_come_first(self):
        self._transaction(self._customer("A"), 10, MARCH)
        self._night()
        self.env["crm.value.run"]._request(self.company)
        self.env["crm.value.month"].search([]).unlink()
        self._store()
        self.assertFalse(self.env["crm.value.month"].search([]))

    # --- who sees what ---

    def test_users_see_no_margin_and_no_other_company(self):
        other = self._create_company("Other", self.usd)
        self._transaction(self._customer("A"), 10, MARCH)
        self._night()
        user = new_test_user(
            self.env,
            "months_user",
            "crm_value.group_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        facts = self.env[FACTS].with_user(user)
        self.assertEqual(len(facts.search([])), 1)
        with self.assertRaises(AccessError):
            facts.search([]).read(["margin"])
        with self.assertRaises(AccessError):
            facts.search([])._read_group([], [], ["costed:sum"])
        with self.assertRaises(AccessError):
            facts.search([]).write({"revenue": 0})
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(facts.with_context(allowed_company_ids=other.ids).search([]))

    # --- what it costs ---

    def test_queries_do_not_grow_with_customers(self):
        counts = []
        for size in (20, 60):
            self._population(size, seed=size)
            self._night()
            self.env["crm.value.month"].search([]).unlink()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._store()
            months = self.env["crm.value.month"].search_count([])
            counts.append((self.env.cr.sql_log_count - before) / months)
        self.assertAlmostEqual(*counts, delta=1)

    def test_queries_of_changed_customers_do_not_grow(self):
        self._population(60)
        self._night()
        profiles = self.env["crm.value.profile"].search([], order="id")
        counts = []
        for size in (10, 40):
            self.env["crm.value.month.stale"].create(
                [
                    {"partner_id": row.partner_id.id, "company_id": self.company.id}
                    for row in profiles[:size]
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._store()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
