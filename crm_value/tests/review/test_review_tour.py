from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import ValueCommon, ago


@tagged("post_install", "-at_install")
class TestReviewTour(HttpCase, ValueCommon):
    """An officer decides about a costly customer in a browser, and looks again."""

    browser_size = "1366x900"

    def test_officer_decides_and_closes(self):
        new_test_user(
            self.env,
            "review_tour",
            "crm_value.group_officer",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            lang="en_US",
        )
        self._policy(ticket_cost=60)
        costly, good = self._customer("Tour Costly"), self._customer("Tour Good")
        self._invoice(costly, 100, ago(30))  # a margin of 40
        self._ticket(costly, ago(20), ago(19))  # 60 to serve
        self._invoice(good, 1000, ago(30))
        self._score()
        self.start_tour(
            "/odoo/costly-customers", "crm_value_review", login="review_tour"
        )
        review = self.env["crm.value.review"].search([("partner_id", "=", costly.id)])
        self.assertEqual((review.state, review.outcome), ("done", "closer"))
        self.assertEqual(review.net_margin_then, -20)
