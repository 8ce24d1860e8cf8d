"""Arrows: declared first, then judged by months or by customers."""

from datetime import date, timedelta
from random import Random

import numpy as np

from odoo import Command
from odoo.tests import tagged

from ..common import freeze_time
from .scorecard_common import ScorecardCommon

MONTHS = 30


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestObjectiveLink(ScorecardCommon):
    def _series(self, count=MONTHS):
        """Enter what people do, and answers that get quicker a month later."""
        random = Random(5)
        people = [600 + 20 * random.gauss(0, 1) for _month in range(count)]
        hours = [12.0] + [12 - (value - 600) / 10 for value in people[:-1]]
        hours = [value + random.gauss(0, 0.3) for value in hours]
        paid = [600 + 20 * random.gauss(0, 1) for _month in range(count)]
        self._enter(self.people.measure_ids, people)
        self._enter(self.measure, hours)
        self._enter(self.paid.measure_ids, paid)
        self.strategy.action_activate()

    def test_related_months_support_the_arrow_and_others_do_not(self):
        self._series()
        first, second = self.strategy.link_ids
        self.assertEqual((first.verdict, second.verdict), ("supported", "none"))
        self.assertGreater(first.effect_size, 0.8)
        self.assertLess(first.p_adjusted, 0.05)
        self.assertEqual((first.n, second.n), (29, 28))
        self.assertIn("as declared", first._sentence())
        self.assertIn("Nothing is seen", second._sentence())

    def test_same_months_give_the_same_verdict(self):
        self._series()
        before = self.strategy.link_ids.read(["verdict", "p_value", "effect_size"])
        self.strategy.link_ids._judge()
        again = self.strategy.link_ids.read(["verdict", "p_value", "effect_size"])
        self.assertEqual(before, again)

    def test_arrow_the_other_way_is_contradicted(self):
        self.strategy.link_ids[0].sign = "negative"
        self._series()
        self.assertEqual(self.strategy.link_ids[0].verdict, "contradicted")
        self.assertIn("other way", self.strategy.link_ids[0]._sentence())

    def test_few_months_say_nothing(self):
        self._series(20)
        first = self.strategy.link_ids[0]
        self.assertEqual(
            (first.verdict, first.why, first.n), ("untestable", "short", 19)
        )
        self.assertIs(first.p_value, False)
        self.assertEqual(first._sentence(), "Too few: 19 months known at both ends.")

    def test_declaring_anew_clears_the_verdict_and_is_logged(self):
        self._series()
        first = self.strategy.link_ids[0]
        first.lag = 1  # as before
        self.assertEqual(first.verdict, "supported")
        with freeze_time("2026-06-16 12:00:00"):
            first.lag = 2
        self.assertFalse(first.verdict)
        self.assertFalse(first.tested_on)
        self.assertEqual(str(first.declared_on), "2026-06-16")
        self.assertIn("People → Quick", self.strategy.message_ids[0].body)

    def test_nobody_writes_a_verdict(self):
        first = self.strategy.link_ids[0]
        first.with_user(self.manager).write({"verdict": "supported", "p_value": 0.001})
        self.assertFalse(first.verdict)

    def test_evidence_shows_both_series_and_what_they_cannot_show(self):
        self._series()
        found = self.strategy.link_ids[0].with_user(self.officer).get_evidence()
        self.assertEqual(len(found["cause"]["series"]), MONTHS)
        self.assertEqual(found["effect"]["name"], "Quick Answers Figure")
        self.assertEqual(found["effect"]["series"][-1][0], "2026-05-01")
        # Points are turned so that farther is better; whose axis that is, is said.
        turned = [found[end]["turned"] for end in ("cause", "effect")]
        self.assertEqual(turned, [False, True])
        self.assertIn("no proof", found["cannot"])
        self.assertGreater(len(found["points"]), 20)
        self.assertIs(found["domain"], False)

    # --- by customers ---

    def _by_customers(self, sign="positive"):
        """Let retention follow from satisfaction, among customers known twice."""
        cause, effect = self.people, self.paid
        cause.measure_ids.source = "satisfaction"
        effect.measure_ids.source = "margin"
        self.strategy.link_ids[1].unlink()
        link = self.strategy.link_ids
        link.write(
            {"effect_id": effect.id, "level": "customer", "lag": 1, "sign": sign}
        )
        return link

    def _month_ends(self, count=80):
        """Keep two month ends on which satisfaction brings margin afterwards."""
        random = Random(3)
        run = self._score()
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {at}", "is_company": True} for at in range(count)]
        )
        rows = []
        for customer in customers:
            said, margin = random.uniform(20, 90), random.uniform(0, 100)
            later = margin + 2 * said + random.gauss(0, 5)
            rows += [
                self._end(run, customer, date(2026, 4, 30), said, margin),
                self._end(run, customer, date(2026, 5, 31), said, later),
            ]
        days = {row["date"] for row in rows}
        runs = {day: run.copy({"as_of": day}) for day in days}
        self.env["crm.value.snapshot"].create(
            [{**row, "run_id": runs[row["date"]].id} for row in rows]
        )

    def _end(self, run, customer, day, said, margin):
        return {
            "run_id": run.id,
            "company_id": self.company.id,
            "partner_id": customer.id,
            "origin_id": customer.id,
            "date": day,
            "month_end": True,
            "satisfaction_score": said,
            "margin": margin,
        }

    def test_customers_support_what_months_are_too_few_for(self):
        link = self._by_customers()
        self._month_ends()
        link._judge()
        self.assertEqual((link.verdict, link.n), ("supported", 80))
        self.assertAlmostEqual(link.effect_size, 2, delta=0.1)
        found = link.with_user(self.officer).get_evidence()
        self.assertEqual(len(found["points"]), 80)
        self.assertIn(("satisfaction_score", "!=", False), found["domain"])
        self.assertIn("slope 2", found["sentence"])

    def test_customers_need_a_lag_and_figures_of_each(self):
        link = self._by_customers()
        link.lag = 0
        link._judge()
        self.assertEqual((link.verdict, link.why), ("untestable", "same"))
        link.write({"lag": 1})
        self.paid.measure_ids.source = "net_profit"
        link._judge()
        self.assertEqual((link.verdict, link.why), ("untestable", "whole"))

    def _waited(self, customers, hours, complaint=False):
        """Open a ticket of each customer in April that is answered after some hours."""
        category = self.env["helpdesk.ticket.category"].create(
            {"name": "What Is Asked", "value_complaint": complaint}
        )
        for customer, waited in zip(customers, hours, strict=True):
            ticket = self._ticket(customer, date(2026, 4, 2), category_id=category.id)
            opened = ticket.create_date
            ticket.value_responded_at = opened + timedelta(hours=waited)

    def test_customers_are_compared_by_how_long_they_waited_for_an_answer(self):
        """Days to close are another figure: who waited for it is not told by them."""
        link = self._by_customers()
        self.people.measure_ids.source = "response"
        self._month_ends()
        customers = (
            self.env["crm.value.snapshot"]
            .search(
                [
                    ("company_id", "=", self.company.id),
                    ("date", "=", date(2026, 4, 30)),
                ],
                order="origin_id",
            )
            .partner_id
        )
        hours = [at % 20 + 1 for at in range(len(customers))]
        self._waited(customers, hours)
        self._waited(customers[:1], [40], complaint=True)  # told apart
        self._waited(customers[1:2], [24 * 60])  # not answered by the month end
        cause, _after, _before = link._customers()
        self.assertEqual(cause.tolist(), [-float(waited) for waited in hours])
        self.people.measure_ids.source = "complaint_response"
        cause, _after, _before = link._customers()
        self.assertEqual(cause[0], -40)
        self.assertTrue(np.isnan(cause[1:]).all())
        link._judge()
        self.assertEqual((link.verdict, link.why), ("untestable", "gaps"))

    def test_heaviest_measure_stands_for_its_objective(self):
        self.people.measure_ids = [
            Command.create({"name": "Heavier", "unit": "score", "weight": 2})
        ]
        self.assertEqual(self.people._main_measure().name, "Heavier")
