"""Lifecycle stages on the profile: identified, logged once, told, explained."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..common import TODAY, ValueCommon


@tagged("post_install", "-at_install")
class TestStage(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.acme = cls._customer("Acme")
        cls._purchases(cls.acme, *((100, day) for day in range(10, 800, 30)))

    def _stage(self, customer):
        return self._profile(customer).stage_id.code

    def _moves(self, customer, history=False):
        return self.env["crm.value.transition"].search(
            [
                ("partner_id", "=", customer.id),
                ("kind", "=", "stage"),
                ("is_history", "=", history),
            ],
            order="date",
        )

    def test_stage_is_identified_and_kept_in_the_history(self):
        self._score()
        self.assertEqual(self._stage(self.acme), "stability")
        self.assertLess(self._profile(self.acme).stage_since, TODAY)
        self._score(as_of=date(2024, 6, 30))
        then = self._snapshot(self.acme, date(2024, 6, 30))
        self.assertEqual(then.stage_id.code, "exploration")

    def test_lead_or_quotation_makes_a_prospect(self):
        leader, quoted = self._customer("Leader"), self._customer("Quoted")
        self.env["crm.lead"].create(
            {"name": "Wants", "partner_id": leader.id, "company_id": self.company.id}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_lead SET create_date = '2026-06-01'")
        self._order(quoted, 50, confirm=False)
        self._score()
        self.assertEqual(self._stage(leader), "prospect")
        self.assertEqual(self._stage(quoted), "prospect")
        self.assertEqual(self._profile(quoted).quotation_count, 1)

    def test_first_run_logs_the_stages_of_the_timeline_and_tells_nobody(self):
        messages = len(self.acme.message_ids)
        for _time in range(2):
            self._score()
            found = self._moves(self.acme, history=True)
            timeline = self._profile(self.acme).get_timeline()
            self.assertEqual(
                [(str(move.date), move.stage_to_id.name) for move in found],
                [(entered["date"], entered["stage"]) for entered in timeline[1:]],
            )
            self.assertEqual(
                found.mapped("stage_from_id.code"), ["exploration", "formation"]
            )
            self.assertIn("before the first scoring", found[0].evidence_text)
            self.assertFalse(self._moves(self.acme))
        self.assertEqual(len(self.acme.message_ids), messages)

    def test_customer_found_later_brings_its_history(self):
        self._score()
        late = self._customer("Late")
        self._purchases(late, *((100, day) for day in range(10, 800, 30)))
        self.env["crm.value.stale"]._mark(late, self.company)
        self._refresh()
        moves = self._moves(late, history=True)
        self.assertEqual(len(moves), len(self._profile(late).get_timeline()) - 1)
        self.env["crm.value.transaction"].search(
            [("partner_id", "=", late.id)]
        ).unlink()
        self._score()
        self.assertFalse(moves.exists(), "it was the history of these purchases")

    def test_what_is_logged_on_its_day_is_no_history(self):
        old = self._customer("Old")
        self._purchases(old, (100, 500), (100, 450), (100, 400))
        self._score()
        found = self._moves(old, history=True)
        self._purchases(old, (100, 0))
        for _time in range(2):
            self._score()
            self.assertEqual(self._moves(old).mapped("stage_to_id.code"), ["won_back"])
            self.assertEqual(self._moves(old, history=True), found)

    def test_change_is_logged_once_with_evidence_and_told(self):
        fading = self._customer("Fading")
        self._purchases(fading, *((100, day) for day in range(55, 500, 30)))
        self._score()
        self.assertEqual(self._stage(fading), "stability")
        messages = len(fading.message_ids)
        self._age(fading, 10)
        for _time in range(2):
            self._score()
        self.assertEqual(self._stage(fading), "decline")
        move = self._moves(fading)
        self.assertEqual(len(move), 1)
        self.assertEqual(
            (move.stage_from_id.code, move.stage_to_id.code), ("stability", "decline")
        )
        self.assertIn("none for 65 days", move.evidence_text)
        self.assertEqual(len(fading.message_ids), messages + 1)
        self.assertIn("Declining", fading.message_ids[0].body)

    def test_refresh_finds_the_stage_of_a_full_run(self):
        crowd = self._population(30)
        self._score()
        before = {c: self._stage(c) for c in crowd}
        self.env["crm.value.stale"]._mark(crowd, self.company)
        self._refresh()
        self.assertEqual({c: self._stage(c) for c in crowd}, before)
        self.assertFalse(self._moves(crowd[0]))

    def test_purchase_of_a_lost_customer_wins_it_back(self):
        old = self._customer("Old")
        self._purchases(old, (10, 500), (10, 520), (10, 540))
        self._score()
        self.assertEqual(self._stage(old), "lost")
        self._purchases(old, (10, 1))
        self._refresh()
        self.assertEqual(self._stage(old), "won_back")
        self.assertEqual(self._moves(old).mapped("stage_to_id.code"), ["won_back"])

    def test_timeline_tells_the_whole_life(self):
        self._score()
        profile = self._profile(self.acme)
        self.assertEqual(
            [entered["stage"] for entered in profile.get_timeline()],
            ["Trial", "Growing", "Steady"],
        )
        user = new_test_user(self.env, "reader", "crm_value.group_user")
        user.write({"company_ids": self.company.ids, "company_id": self.company.id})
        mine = profile.with_user(user)
        mine.invalidate_recordset()
        self.assertEqual(len(mine.get_timeline()), 3)

    def test_limits_of_the_policy_count(self):
        self._policy(stable_purchases=100)
        self._score()
        self.assertEqual(self._stage(self.acme), "formation")

    def test_stage_may_be_renamed_but_stays(self):
        stage = self.env.ref("crm_value.stage_decline")
        with self.assertRaises(UserError):
            stage.unlink()
        stage.write({"name": "Fading", "fold": True})

    def test_all_stages_are_columns(self):
        self._score()
        groups = self.env["crm.value.profile"].formatted_read_group(
            [("company_id", "=", self.company.id)], ["stage_id"], ["__count"]
        )
        self.assertTrue(groups)
        every = self.env["crm.value.profile"]._group_expand_stage_id(
            self.env["crm.value.stage"], []
        )
        self.assertEqual(len(every), 7)

    def test_ten_thousand_customers_take_as_many_statements_as_a_hundred(self):
        counts = []
        for size in (100, 10_000):
            self._crowd(size)
            self._score()
            before = self.env.cr.sql_log_count
            self._score()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        stages = self.env["crm.value.profile"]._read_group(
            [("company_id", "=", self.company.id)], ["stage_id"], ["__count"]
        )
        self.assertGreater(sum(count for _stage, count in stages), 10_000)
        self.assertGreater(len(stages), 3)

    def _crowd(self, size):
        """Create customers with one to eight monthly purchases, quickly."""
        self.env.cr.execute(
            """
            WITH customer AS (
                INSERT INTO res_partner (name, active, is_company, autopost_bills)
                     SELECT 'Crowd', TRUE, TRUE, 'ask' FROM generate_series(1, %(size)s)
                  RETURNING id
            )
            INSERT INTO crm_value_transaction
                        (partner_id, company_id, currency_id, date, amount, source_key)
                 SELECT customer.id, %(company)s, %(currency)s,
                        %(today)s::date - (customer.id %% 400)::int - 30 * month,
                        100 + customer.id %% 7, customer.id || ' ' || month
                   FROM customer
             CROSS JOIN generate_series(0, 20) month
                  WHERE month <= customer.id %% 21
            """,
            {
                "size": size,
                "company": self.company.id,
                "currency": self.company.currency_id.id,
                "today": TODAY,
            },
        )
        self.env.cr.execute(
            "UPDATE res_partner SET commercial_partner_id = id "
            "WHERE commercial_partner_id IS NULL"
        )
        self.env.invalidate_all()

    def test_rows_of_stage_cost_no_query_each(self):
        self._population(10)
        self._score()
        self._score()
        counts = []
        for size in (0, 60):
            self._population(size, seed=size)
            self._score()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._score()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
