"""Who is on a worklist, the value at risk there, and when to contact whom."""

from datetime import date

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestWorklist(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.fading = cls._customer("Fading")
        cls._purchases(cls.fading, *((200, day) for day in range(70, 500, 30)))
        cls.steady = cls.env["res.partner"].create(
            [{"name": f"Steady {at}", "is_company": True} for at in range(6)]
        )
        for at, customer in enumerate(cls.steady, start=1):
            cls._purchases(customer, *((100 * at, day) for day in range(8, 800, 30)))
        cls.new = cls._customer("New")
        cls._purchases(cls.new, (50, 10))
        cls.quoted = cls._customer("Quoted")
        cls.quotation = cls._order(
            cls.quoted, 1000, ago(9), confirm=False, validity_date=ago(-9)
        )

    def _lists(self, customers):
        return [self._profile(customer).worklist for customer in customers]

    # --- lists and stakes ---

    def test_each_customer_is_on_one_list(self):
        self._score()
        self.assertEqual(
            self._lists(self.fading + self.new + self.quoted),
            ["retain", "identify", "identify"],
        )
        small, best = self.steady[0], self.steady[5]
        self.assertEqual(self._lists(small + best), ["develop", False])

    def test_stake_is_told_only_where_the_risk_has_proved_right(self):
        run = self._score()
        for customer in (self.fading, self.steady[0], self.new):
            profile = self._profile(customer)
            self.assertIs(profile.decline_risk, False)
            self.assertIs(profile.stake, False)
            self.assertGreater(profile.stake_score, 0)
        yardsticks = self.env["crm.value.step.worklist"]._learnt_by(run)
        self.assertEqual(
            self._profile(self.quoted).stake, round(1000 * yardsticks.margin_rate, 2)
        )

    def test_priority_ranks_by_stake_across_the_lists(self):
        self._score()
        listed = self.env["crm.value.profile"].search(
            [("company_id", "=", self.company.id), ("worklist", "!=", False)]
        )
        listed = listed.filtered(lambda p: p.stake is not False)
        by_stake = listed.sorted(lambda p: (p.stake, p.id))
        self.assertEqual(by_stake, listed.sorted(lambda p: (p.stake_score, p.id)))

    def test_refresh_gives_the_place_of_the_full_run(self):
        crowd = self._population(40) + self.fading + self.steady + self.quoted
        self._score()
        before = {c: self._place(c) for c in crowd}
        self.env["crm.value.stale"]._mark(crowd[::2], self.company)
        self._refresh()
        self.assertEqual({c: self._place(c) for c in crowd}, before)

    def _place(self, customer):
        [row] = self._profile(customer).read(
            ["worklist", "stake", "stake_score", "next_contact_date", "open_amount"]
        ) or [{}]
        return row

    def test_stage_set_by_hand_counts(self):
        best = self.steady[5]
        self._score()
        self.env["crm.value.override"].create(
            {
                "partner_id": best.id,
                "kind": "stage",
                "stage_id": self.env.ref("crm_value.stage_decline").id,
                "reason": "Told us so",
                "date_to": ago(-30),
            }
        )
        self._refresh()
        self.assertEqual(self._profile(best).worklist, "retain")
        self._score()
        self.assertEqual(self._profile(best).worklist, "retain")

    def test_snapshots_keep_the_lists(self):
        self._score(as_of=date(2026, 5, 31))
        then = self._snapshot(self.fading, date(2026, 5, 31))
        self.assertTrue(then.worklist)
        self.assertTrue(then.stake_score)

    def test_run_without_yardsticks_refreshes_without_priorities(self):
        run = self._score()
        run.cuts = {k: v for k, v in run.cuts.items() if k != "worklist"}
        self.env["crm.value.stale"]._mark(self.fading + self.steady, self.company)
        self._refresh()
        profile = self._profile(self.fading)
        self.assertEqual((profile.worklist, profile.stake_score), ("retain", False))
        self.assertFalse(self._profile(self.steady[0]).worklist)

    def test_run_with_nobody_works(self):
        self.env["crm.value.transaction"].search([]).unlink()
        self.quotation.action_cancel()
        self._score()
        self.assertFalse(self._profile(self.fading))

    # --- open amounts ---

    def test_open_amount_is_in_company_currency_at_the_day_of_the_document(self):
        euro = self._currency("EUR", 0.5)
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "rate": 0.8,
                "name": TODAY,
                "company_id": self.company.id,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        buyer = self._customer("Buyer")
        self._order(buyer, 100, ago(9), confirm=False, pricelist_id=pricelist.id)
        self._order(buyer, 30, ago(9), confirm=False)
        self._score()
        self.assertEqual(self._profile(buyer).open_amount, 230.0)

    def test_lead_counts_as_far_as_it_is_probable_and_once(self):
        leader = self._customer("Leader")
        lead = self._lead(leader, 800, 25)
        self._lead(leader, 0, 50)
        self._score()
        self.assertEqual(self._profile(leader).open_amount, 200.0)
        self._order(leader, 500, confirm=False, opportunity_id=lead.id)
        self._score()
        profile = self._profile(leader)
        self.assertEqual((profile.open_amount, profile.lead_count), (500.0, 2))

    def _lead(self, customer, revenue, probability, **values):
        lead = self.env["crm.lead"].create(
            {
                "name": "Wants",
                "type": "opportunity",
                "partner_id": customer.id,
                "company_id": self.company.id,
                "expected_revenue": revenue,
                **values,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-06-01', probability = %s "
            "WHERE id = %s",
            (probability, lead.id),
        )
        self.env.invalidate_all()
        return lead

    def test_lead_that_says_no_amount_leaves_it_unknown(self):
        leader = self._customer("Leader")
        self._lead(leader, 0, 50)
        self._score()
        profile = self._profile(leader)
        self.assertEqual(profile.worklist, "identify")
        self.assertEqual((profile.open_amount, profile.stake_score), (False, False))

    def test_won_lead_is_not_open(self):
        leader = self._customer("Leader")
        self._lead(leader, 800, 25).action_set_won()
        self._score()
        self.assertFalse(self._profile(leader))

    def test_who_has_ordered_waits_for_no_offer(self):
        ordered = self._customer("Ordered")
        self._order(ordered, 300, ago(3))
        self._score()
        profile = self._profile(ordered)
        self.assertEqual((profile.stage_id.code, profile.worklist), ("prospect", False))

    def test_other_company_has_its_own_amounts(self):
        other = self._create_company("Other Company", self.usd)
        self._order(self.quoted, 77, ago(1), confirm=False, company=other)
        self._score()
        self._score(other)
        self.assertEqual(self._profile(self.quoted).open_amount, 1000.0)
        self.assertEqual(self._profile(self.quoted, other).open_amount, 77.0)

    # --- next best date ---

    def test_next_best_date_follows_the_list(self):
        self._score()
        self.assertEqual(self._profile(self.fading).next_contact_date, TODAY)
        small = self._profile(self.steady[0])
        self.assertEqual(small.next_purchase_date, ago(-22))
        self.assertEqual(small.next_contact_date, ago(-15))
        waiting = self._profile(self.quoted)
        self.assertEqual(waiting.open_until, ago(-9))
        self.assertEqual(waiting.next_contact_date, date(2026, 6, 19), "a Friday")
        self.assertFalse(self._profile(self.steady[5]).next_contact_date)

    def test_next_best_date_is_a_working_day_of_the_company(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "date_from": f"{TODAY} 00:00:00",
                "date_to": f"{ago(-1)} 23:00:00",
            }
        )
        self._score()
        self.assertEqual(self._profile(self.fading).next_contact_date, ago(-2))
        self.assertTrue(self._profile(self.fading).is_due)

    def test_planned_follow_up_is_the_next_best_date(self):
        self._score()
        self._refresh()
        fading = self._profile(self.fading)
        activity = self.fading.activity_schedule(
            "mail.mail_activity_data_call", ago(-10), user_id=self.env.uid
        )
        self.assertEqual(self._stale(), self.fading)
        self._date_activities()
        self._refresh()
        self.assertEqual(fading.next_contact_date, ago(-10))
        self.assertFalse(fading.is_due)
        activity.action_feedback("Talked")
        self._refresh()
        self.assertEqual(fading.next_contact_date, TODAY)
        self.quotation.activity_schedule(
            "mail.mail_activity_data_call", ago(-1), user_id=self.env.uid
        )
        self.assertEqual(self._stale(), self.quoted)
        self._date_activities()
        self._refresh()
        self.assertEqual(self._profile(self.quoted).planned_date, ago(-1))

    def _date_activities(self):
        """Let the activities be created on the frozen day."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE mail_activity SET create_date = %s", (TODAY,))
        self.env.invalidate_all()

    def test_activity_makes_nobody_a_customer(self):
        supplier = self._customer("Supplier")
        supplier.activity_schedule("mail.mail_activity_data_call", TODAY)
        self.assertFalse(self._stale() & supplier)
        self._score()
        self.assertFalse(self._profile(supplier))

    # --- why ---

    def test_reason_is_said_in_words(self):
        self._score()
        fading = self._profile(self.fading)
        fading.decline_risk = 0.62
        self.assertEqual(
            fading.worklist_reason,
            "No purchase for 70 days, 2.3 times its own purchase cycle; 62% churn risk",
        )
        self.assertIn(
            f"Quotation {self.quotation.name} has waited for 9 days",
            self._profile(self.quoted).worklist_reason,
        )
        self.assertIn(
            "Brings about 20% of the margin of good customers of its stage",
            self._profile(self.steady[0]).worklist_reason,
        )
        self.assertIn(
            "Bought once, 10 days ago", self._profile(self.new).worklist_reason
        )

    def test_value_at_risk_says_what_it_rests_on(self):
        self._score()
        once, quoted = self._profile(self.new), self._profile(self.quoted)
        self.assertEqual(quoted.stake_basis, "margin of what is open")
        self.assertFalse(once.stake_basis)
        fading = self._profile(self.fading)
        fading.write({"decline_risk": 0.5, "stake": 120.0})
        fading.invalidate_recordset(["stake_basis"])
        self.assertEqual(
            fading.stake_basis,
            "of about $\N{NO-BREAK SPACE}240 that it used to bring in 365 days, 50% "
            "likely to be gone",
        )
        once.stake = 740
        once.invalidate_recordset(["stake_basis"])
        self.assertEqual(
            once.stake_basis,
            "if it became a usual customer: margin of 365 days × churn risk",
        )

    def test_end_is_that_of_the_quotation_and_else_says_whose_it_is(self):
        lead = self._lead(self.quoted, 0, 50, date_deadline=ago(-2))
        self.quotation.validity_date = ago(-30)
        self._score()
        quoted = self._profile(self.quoted)
        self.assertEqual(quoted.open_until, ago(-2))
        self.assertIn("expires on 07/15/2026", quoted.worklist_reason)
        lanes = {lane["code"]: lane["events"] for lane in quoted.get_life()["lanes"]}
        self.assertEqual(
            {(event["model"], event["id"]) for event in lanes["openings"]},
            {("sale.order", self.quotation.id), ("crm.lead", lead.id)},
        )
        self.quotation.action_cancel()
        self._score()
        self.assertIn(
            "expected to close on", self._profile(self.quoted).worklist_reason
        )

    def test_reason_names_no_quotation_the_user_may_not_read(self):
        self._score()
        user = new_test_user(
            self.env,
            "reader",
            "crm_value.group_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.env.invalidate_all()
        for customer in self.quoted + self.steady[0] + self.fading:
            said = self._profile(customer).with_user(user).worklist_reason
            self.assertTrue(said)
            self.assertNotIn(self.quotation.name, said)

    # --- work ---

    def test_list_costs_the_same_queries_for_10_and_80_rows(self):
        self._population(90)
        self._score()
        names = [
            "partner_id",
            "stake_score",
            "stake",
            "worklist_reason",
            "next_contact_date",
            "stage_id",
            "last_purchase_date",
            "decision_id",
            "phone",
        ]
        spec = {name: {} for name in names}
        profiles = self.env["crm.value.profile"]
        domain = [
            ("company_id", "=", self.company.id),
            ("worklist", "!=", False),
            ("decision_id", "=", False),
        ]

        def read(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = profiles.web_search_read(domain, spec, limit=limit)
            return self.env.cr.sql_log_count - before, len(found["records"])

        read(10)
        (few, ten), (many, more) = read(10), read(80)
        self.assertEqual(ten, 10)
        self.assertGreater(more, 40)
        self.assertLessEqual(many, few + 2, "the ten may hold nothing open to name")
        self.assertLess(many, 25)
