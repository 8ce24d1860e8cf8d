"""Needs and offers: how often won, what nothing met, counted once."""

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from .solution_common import SolutionCommon

REPORT = "crm.value.need.report"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestSolutionReport(SolutionCommon):
    def _row(self, need, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        user = user or self.officer
        report = self.env[REPORT].with_user(user)
        report = report.with_context(allowed_company_ids=user.company_ids.ids)
        return report.search(
            [("need_id", "=", need.id), ("company_id", "=", self.company.id)]
        )

    def test_win_rate_of_a_need_has_its_interval(self):
        orders = self._past(self.both, 7, 3)
        orders.value_need_line_ids = [self._need(self.people, 2)]
        row = self._row(self.people)
        self.assertEqual((row.offers, row.decided, row.won), (10, 10, 7))
        self.assertAlmostEqual(row.rate, 0.7)
        self.assertAlmostEqual(row.rate_low, 0.3968, places=4)  # Wilson (1927)
        self.assertAlmostEqual(row.rate_high, 0.8922, places=4)

    def test_a_rate_of_nothing_is_not_known(self):
        self._quote(self.acme, 10, opportunity_id=self.lead.id)
        row = self._row(self.people)
        self.assertEqual((row.offers, row.decided), (1, 0))
        self.assertIs(row.rate, False)
        self.assertIs(row.rate_low, False)

    def test_what_stays_open_is_noted_once_however_often_it_is_looked_for(self):
        self.lead.write({"expected_revenue": 1000, "probability": 40})
        self.lead.value_need_line_ids = [self._need(self.machines, 8)]
        for _time in range(2):
            self._offered(self._dialog(self.lead), self.both)
        row = self._row(self.machines)
        self.assertEqual((row.unmet_offers, row.unmet_amount), (1, 8))
        self.assertEqual(row.expected, 400)
        self.assertEqual(row.last_on, fields.Date.today())
        self.assertFalse(self._row(self.people).unmet)
        lines = self.env["crm.value.need.line"].search(
            row.action_open_lines()["domain"]
        )
        self.assertEqual(lines.lead_id, self.lead)

    def test_what_a_later_solution_meets_is_no_longer_unmet(self):
        self.lead.value_need_line_ids = [self._need(self.machines, 8)]
        self._offered(self._dialog(self.lead), self.both)
        thing = self._thing("Contract", 900, 300)
        care = self._template("Care", [self._for(thing, self.machines)])
        order = self._offered(self._dialog(self.lead), self.both, care)
        self.assertFalse(self._row(self.machines).unmet)
        self.assertEqual(order.value_solution_ids, self.both | care)

    def test_where_nothing_fits_it_can_be_noted_without_a_quotation(self):
        self.lead.value_need_line_ids = [
            Command.clear(),
            self._need(self.machines, 2),
        ]
        for _time in range(2):
            self._dialog(self.lead).action_unmet()
        row = self._row(self.machines)
        self.assertEqual((row.unmet_offers, row.unmet, row.offers), (1, 1, 0))

    def test_complaints_are_counted_beside_offers(self):
        category = self.env["helpdesk.ticket.category"].create(
            {"name": "Complaint", "value_complaint": True}
        )
        self.env["helpdesk.ticket"].create(
            {
                "name": "Too loud",
                "description": "Too loud",
                "partner_id": self.acme.id,
                "company_id": self.company.id,
                "category_id": category.id,
                "value_need_ids": [Command.link(self.space.id)],
            }
        )
        row = self._row(self.space)
        self.assertEqual((row.unmet_complaints, row.unmet_offers, row.unmet), (1, 0, 1))

    def test_what_adds_up_all_is_closed_to_who_sees_own_documents(self):
        self._quote(self.acme, 10, opportunity_id=self.lead.id)
        self.company.value_sight = "own"
        self.assertTrue(self._row(self.people))
        self.assertFalse(self._row(self.people, self.li))

    def test_companies_are_counted_apart(self):
        other = self._create_company("Elsewhere", self.usd)
        self._past(self.both, 1, 0).value_need_line_ids = [self._need(self.people, 1)]
        seller = self._seller(
            "far_manager", "sales_team.group_sale_manager", companies=other
        )
        self.assertFalse(self._row(self.people, seller))
