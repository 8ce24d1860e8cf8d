"""Runs: asked for, worked off, repeated, interrupted, refused."""

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import TODAY, ValueCommon, ago

RUN_LOGGER = "odoo.addons.crm_value.models.core.crm_value_queue"


@tagged("post_install", "-at_install")
class TestRun(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.customers = cls._population(12)
        cls.acme = cls._customer("Acme")
        cls._purchases(cls.acme, (20, 10), (30, 40))
        cls._forget_stale()

    def _rows(self):
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id)]
        )
        return {profile.partner_id.id: self._row(profile) for profile in profiles}

    def _counts(self):
        return {
            model: self.env[model].search_count([("company_id", "=", self.company.id)])
            for model in (
                "crm.value.profile",
                "crm.value.snapshot",
                "crm.value.transition",
            )
        }

    # --- the cron ---

    def test_cron_scores_and_fills_the_history(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_value.ir_cron_score").method_direct_trigger()
        runs = self.env["crm.value.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(set(runs.mapped("state")), {"done"}, runs.mapped("message"))
        self.assertEqual(len(runs.filtered(lambda run: not run.is_past)), 1)
        self.assertEqual(len(runs.filtered("is_past")), 12)
        self.assertTrue(self._profile(self.acme).value_score)

    def test_cron_twice_gives_same_numbers_and_nothing_double(self):
        self._cron()
        rows, counts = self._rows(), self._counts()
        self.assertGreater(counts["crm.value.profile"], 10)
        self.assertGreater(counts["crm.value.snapshot"], 50)
        self._cron()
        self.assertEqual(self._rows(), rows)
        self.assertEqual(self._counts(), counts)

    def test_cron_plans_today_when_something_else_waits(self):
        self.env["crm.value.run"]._request(self.company, ago(20))
        self._cron()
        done = self.env["crm.value.run"].search(
            [("company_id", "=", self.company.id), ("state", "=", "done")]
        )
        self.assertIn(TODAY, done.mapped("as_of"))
        self.assertIn(ago(20), done.mapped("as_of"))

    def test_install_hook_asks_for_a_run_of_every_company(self):
        from ...hooks import post_init_hook

        post_init_hook(self.env)
        post_init_hook(self.env)
        waiting = self.env["crm.value.run"].search([("state", "=", "queued")])
        self.assertEqual(waiting.company_id, self.company)
        self.assertEqual(len(waiting), 1)
        self.assertEqual(waiting.as_of, TODAY)

    # --- one run ---

    def test_run_records_steps_and_what_it_found(self):
        run = self._score()
        self.assertEqual(run.state, "done")
        self.assertEqual(
            run.step_ids.mapped("code"), ["gather", "fit", "compute", "store", "decide"]
        )
        self.assertEqual(run.progress, 100)
        profiles = self.env["crm.value.profile"].search([("run_id", "=", run.id)])
        self.assertEqual(run.customer_count, len(profiles))
        self.assertEqual(
            run.buyer_count, len(profiles.filtered(lambda p: p.purchase_count))
        )
        self.assertAlmostEqual(
            run.revenue_total, sum(profiles.mapped("revenue_total")), 2
        )
        self.assertEqual(run.policy_id, self._policy())
        self.assertTrue(run.started_at and run.ended_at)

    def test_future_date_is_refused(self):
        with self.assertRaises(UserError):
            self.env["crm.value.run"].create({"as_of": ago(-1)})

    def test_date_changed_before_the_start_is_checked_again(self):
        run = self.env["crm.value.run"].create({"as_of": TODAY})
        with self.assertRaises(UserError):
            run.as_of = ago(-1)
        run.as_of = ago(40)
        self.assertTrue(run.is_past)
        with self._no_commit():
            run._execute()
        self.assertFalse(self._profile(self.acme))
        self.assertTrue(self._snapshot(self.acme, ago(40)))

    def test_button_asks_for_one_run_and_triggers_the_cron(self):
        cron = self.env.ref("crm_value.ir_cron_score")
        asked = self.env["crm.value.run"].action_run_now()
        self.assertEqual(asked["res_model"], "crm.value.run.zone")
        action = self.env[asked["res_model"]].create({"tz": "Asia/Tokyo"}).action_run()
        self.assertEqual(self.company.partner_id.tz, "Asia/Tokyo")
        again = self.env["crm.value.run"].action_run_now()
        self.assertEqual(action["res_id"], again["res_id"])
        self.assertTrue(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        )

    def test_button_starts_a_run_for_a_past_date(self):
        run = self.env["crm.value.run"].create({"as_of": ago(20)})
        run.action_start()
        self._cron()
        self.assertEqual(run.state, "done")
        self.assertTrue(run.is_past)
        snapshot = self._snapshot(self.acme, ago(20))
        self.assertEqual(snapshot.run_id, run)
        self.assertEqual(snapshot.revenue, 30)
        self.assertFalse(snapshot.month_end)

    def test_finished_run_does_not_start_again(self):
        run = self._score()
        with self.assertRaises(UserError):
            run.action_start()

    def test_run_behind_profiles_or_history_cannot_be_deleted(self):
        run = self._score()
        past = self._score(as_of=ago(20))
        month = self._score(as_of=fields.Date.to_date("2026-05-31"))
        with self.assertRaises(UserError):
            run.unlink()
        with self.assertRaises(UserError):
            month.unlink()
        past.unlink()
        self.assertFalse(self._snapshot(self.acme, ago(20)))
        self.assertTrue(self._profile(self.acme).run_id)

    def test_vanished_customer_loses_the_profile(self):
        self._score()
        self.assertTrue(self._profile(self.acme))
        self.env["crm.value.transaction"].search(
            [("partner_id", "=", self.acme.id)]
        ).unlink()
        self._score()
        self.assertFalse(self._profile(self.acme))

    # --- failure ---

    def test_failure_keeps_message_stores_nothing_and_others_go_on(self):
        second = self.env["res.company"].create({"name": "Second"})
        third = self.env["res.company"].create({"name": "Third"})
        for company in (second, third):
            self._transaction(
                self.acme,
                7,
                company_id=company.id,
                source_key="x",
                currency_id=company.currency_id.id,
            )
        store = type(self.env["crm.value.store"])._delete_vanished

        def fail(model, flow):
            if flow.company == second:
                raise ValueError("the disk is on fire")
            return store(model, flow)

        with (
            patch.object(type(self.env["crm.value.store"]), "_delete_vanished", fail),
            mute_logger(RUN_LOGGER),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("crm_value.ir_cron_score").method_direct_trigger()
        runs = self.env["crm.value.run"].search([("as_of", "=", TODAY)])
        by_company = runs.grouped("company_id")
        self.assertEqual(by_company[second].state, "failed")
        self.assertIn("the disk is on fire", by_company[second].message)
        self.assertFalse(self._profile(self.acme, second))
        self.assertEqual(by_company[third].state, "done")
        self.assertTrue(self._profile(self.acme, third))
        self.assertEqual(by_company[self.company].state, "done")
        by_company[second].action_start()
        with self.enter_registry_test_mode():
            self.env.ref("crm_value.ir_cron_score").method_direct_trigger()
        self.assertEqual(by_company[second].state, "done")
        self.assertFalse(by_company[second].message)
        self.assertTrue(self._profile(self.acme, second))

    def test_failing_refresh_leaves_other_companies_refreshed(self):
        second = self.env["res.company"].create({"name": "Second"})
        values = {"company_id": second.id, "currency_id": second.currency_id.id}
        self._transaction(self.acme, 7, source_key="x", **values)
        self._score()
        self._score(second)
        self._transaction(self.acme, 5)
        self._transaction(self.acme, 5, source_key="y", **values)
        model_class = type(self.env["crm.value.facts"])
        gather = model_class._gather_orders

        def fail(model, scope):
            if scope.company == self.company:
                raise ValueError("no luck")
            return gather(model, scope)

        with (
            patch.object(model_class, "_gather_orders", fail),
            mute_logger("odoo.addons.crm_value.models.scoring.crm_value_run_flow"),
            mute_logger("odoo.addons.base.models.ir_cron"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("crm_value.ir_cron_refresh").method_direct_trigger()
        self.assertEqual(self._profile(self.acme, second).revenue, 12)
        self.assertEqual(self._profile(self.acme).revenue, 50)
        self.assertEqual(self._stale(), self.acme)
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 55)

    # --- two at once ---

    def test_second_run_at_once_waits_and_says_so(self):
        run = self.env["crm.value.run"]._request(self.company)
        triggers = self.env["ir.cron.trigger"]
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext('crm.value.run'), %s)",
                [self.company.id],
            )
            self._forget_stale()
            self._cron()
            self.assertEqual(run.state, "queued")
            self.assertIn("another run", run.message)
            self.assertFalse(self._profile(self.acme))
            cron = self.env.ref("crm_value.ir_cron_score")
            self.assertTrue(triggers.search_count([("cron_id", "=", cron.id)]))
        self._cron()
        self.assertEqual(run.state, "done")
        self.assertFalse(run.message)

    def test_refresh_waits_for_a_working_run(self):
        self._score()
        self._purchases(self.acme, (5, 1))
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext('crm.value.run'), %s)",
                [self.company.id],
            )
            self._refresh()
            self.assertEqual(self._stale(), self.acme)
            self.assertEqual(self._profile(self.acme).revenue, 50)
        self._refresh()
        self.assertFalse(self._stale())
        self.assertEqual(self._profile(self.acme).revenue, 55)

    def test_interrupted_run_starts_again_and_says_so(self):
        run = self.env["crm.value.run"]._request(self.company)
        with self._no_commit():
            run._begin()
        self.assertEqual(run.state, "running")
        self._cron()
        self.assertEqual(run.state, "done")
        self.assertEqual(run.attempts, 2)
        self.assertIn("interrupted", run.message)
        self.assertEqual(len(run.step_ids), 5)

    def test_interrupted_run_of_an_earlier_day_does_not_overwrite_today(self):
        yesterday = self.env["crm.value.run"].create({"as_of": ago(1)})
        self.env.cr.execute(
            "UPDATE crm_value_run SET state = 'running', is_past = FALSE WHERE id = %s",
            yesterday.ids,
        )
        self.env.invalidate_all()
        today = self._score()
        with self._no_commit():
            yesterday._execute()
        self.assertEqual(yesterday.state, "done")
        self.assertTrue(yesterday.is_past)
        self.assertEqual(self._profile(self.acme).run_id, today)

    # --- bad data ---

    def test_bad_amount_is_listed_and_others_are_scored(self):
        self._score()
        before = self._row(self._profile(self.acme))
        purchase = self._purchases(self.acme, (5, 1))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_transaction SET amount = 'NaN' WHERE id = %s",
            purchase.ids,
        )
        self._purchases(self.customers[0], (77, 1))
        run = self._score()
        self.assertEqual(run.state, "done")
        self.assertEqual(run.issue_ids.partner_id, self.acme)
        self.assertEqual(run.issue_count, 1)
        self.assertIn("Revenue", run.issue_ids.message)
        self.assertEqual(self._row(self._profile(self.acme)), before)
        self.assertGreaterEqual(self._profile(self.customers[0]).revenue, 72)

    def test_bad_amount_is_listed_by_a_refresh_once(self):
        run = self._score()
        before = self._row(self._profile(self.acme))
        purchase = self._purchases(self.acme, (5, 1))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_transaction SET amount = 'NaN' WHERE id = %s",
            purchase.ids,
        )
        for _again in range(2):
            self.env["crm.value.stale"]._mark(self.acme, self.company)
            self._refresh()
        self.assertEqual(run.issue_ids.partner_id, self.acme)
        self.assertEqual(len(run.issue_ids), 1)
        self.assertEqual(self._row(self._profile(self.acme)), before)

    def test_order_without_rate_is_listed_in_ordered_basis(self):
        self._policy(basis="ordered")
        self._score()
        order = self._order(self.acme, 10)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET currency_rate = 0 WHERE id = %s", order.ids
        )
        run = self._score()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(run.issue_ids.partner_id, self.acme)
        self.assertEqual(self._profile(self.acme).revenue, 50)
        self.assertEqual(run.customer_count, len(self._rows()) - 1)

    # --- refresh equals run ---

    def test_refresh_of_untouched_customer_changes_nothing(self):
        self._score()
        rows = self._rows()
        customers = self.env["res.partner"].browse(rows)
        self.env["crm.value.stale"]._mark(customers, self.company)
        self._refresh()
        self.assertEqual(self._rows(), rows)
        self.assertFalse(self._stale())

    def test_full_run_after_refresh_gives_same_numbers(self):
        self._score()
        self.env["crm.value.stale"]._mark(self.customers + self.acme, self.company)
        self._refresh()
        rows = self._rows()
        self._score()
        self.assertEqual(self._rows(), rows)

    def test_refreshed_facts_equal_those_of_a_full_run(self):
        run = self._score()
        changed = self.customers[0] + self.acme
        self._invoice(self.acme, 33.33, ago(9), due=ago(3))
        self._order(self.acme, 12)
        self._ticket(self.acme, ago(9), ago(4))
        self._purchases(changed[0], (0.1, 3), (0.2, 5), (-1, 7))
        self.assertEqual(self._stale(), changed)
        self._refresh()
        refreshed = self._rows()
        facts = self._facts()
        single = [self._facts(c, partner_ids=(c.id,)) for c in changed]
        for customer, alone in zip(changed, single, strict=True):
            at = facts["partner_id"].tolist().index(customer.id)
            for name, column in facts.items():
                if column[at] == column[at] or alone[name] == alone[name]:
                    self.assertEqual(column[at], alone[name], name)
        compute, steps = type(run)._compute, self.env["crm.value.step"]

        def compute_by_the_same_scales(self_run, flow, steps_of_run):
            flow.learnt = steps._recall_all(run)
            compute(self_run, flow, steps_of_run)

        self.env["crm.value.run"]._request(self.company)
        with patch.object(type(run), "_compute", compute_by_the_same_scales):
            self._cron()
        rows = self._rows()
        for customer in changed:
            refreshed[customer.id].pop("pareto_rank")  # a rank depends on everybody
            rows[customer.id].pop("pareto_rank")
        self.assertEqual(
            {c.id: rows[c.id] for c in changed},
            {c.id: refreshed[c.id] for c in changed},
        )

    def test_refresh_scores_a_new_customer(self):
        self._score()
        new = self._customer("New")
        self._purchases(new, (10, 0))
        self._refresh()
        profile = self._profile(new)
        self.assertTrue(profile.value_score)
        self.assertEqual(profile.pareto_rank, 0)

    def test_refresh_without_a_run_asks_for_one(self):
        self._purchases(self.acme, (5, 1))
        with self._no_commit():
            self.env["crm.value.run"]._cron_refresh()
        waiting = self.env["crm.value.run"].search([("state", "=", "queued")])
        self.assertEqual(waiting.company_id, self.company)
        self.assertEqual(self._stale(), self.acme)

    def test_refresh_in_batches_reaches_everybody(self):
        self._score()
        self.env["crm.value.stale"]._mark(self.customers + self.acme, self.company)
        self._purchases(self.acme, (5, 1))
        with patch("odoo.addons.crm_value.models.scoring.crm_value_run_flow.BATCH", 3):
            self._refresh()
        self.assertFalse(self._stale())
        self.assertEqual(self._profile(self.acme).revenue, 55)

    def test_run_forgets_only_marks_it_has_seen(self):
        self._purchases(self.acme, (5, 1))
        model_class = type(self.env["crm.value.facts"])
        gather = model_class._gather_orders
        late = self.customers[0]

        def meanwhile(model, scope):
            model.env["crm.value.stale"]._mark(late, self.company)
            return gather(model, scope)

        with patch.object(model_class, "_gather_orders", meanwhile):
            self._score()
        self.assertEqual(self._stale(), late)

    def _scored_at(self, factor):
        """Return money and scores by customer if all amounts were so much larger."""
        with self.env.cr.savepoint(flush=True) as savepoint:
            self.env.cr.execute(
                "UPDATE crm_value_transaction SET amount = amount * %s"
                " WHERE company_id = %s",
                (factor, self.company.id),
            )
            self.env.invalidate_all()
            self._cron()
            scored = {
                customer: (row["revenue_total"] / factor, row["rfm_m"], row)
                for customer, row in self._rows().items()
            }
            savepoint.rollback()
        self.env.invalidate_all()
        return scored

    def test_amounts_of_any_size_are_scored_alike(self):
        """Incomes of trillions, in dong or rupiah, change money and nothing else."""
        small, large = self._scored_at(1), self._scored_at(10**12)
        self.assertEqual(small.keys(), large.keys())
        for customer, (revenue, monetary, row) in small.items():
            scaled_revenue, scaled_monetary, scaled = large[customer]
            self.assertAlmostEqual(scaled_revenue, revenue, 2)
            self.assertEqual(scaled_monetary, monetary)
            self.assertAlmostEqual(scaled["value_score"], row["value_score"], 6)
            self.assertAlmostEqual(scaled["clv"] / 10**12, row["clv"], 1)
