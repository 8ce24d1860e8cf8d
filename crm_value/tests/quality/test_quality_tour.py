from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base.models.ir_cron import IrCron


@tagged("post_install", "-at_install")
class TestQualityTour(HttpCase):
    """Data quality in a browser, as an officer mends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Quality Tour Company"})
        cls.company.partner_id.tz = "UTC"
        cls.officer = new_test_user(
            cls.env,
            "tour_quality",
            "base.group_user,base.group_partner_manager,crm_value.group_officer",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )
        for name, amount in (("Tour Twin", 100), ("Tour Twin AG", 900)):
            customer = cls.env["res.partner"].create(
                {"name": name, "is_company": True, "vat": "US424242"}
            )
            cls.env["crm.value.transaction"].create(
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "currency_id": cls.company.currency_id.id,
                    "date": fields.Date.today(),
                    "amount": amount,
                    "margin": amount / 2,
                    "source_key": name,
                }
            )
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            run = cls.env["crm.value.run"]._request(cls.company)
            run._execute()
            run._follow_up()

    def test_officer_merges_two_and_takes_a_finding_off_the_list(self):
        self.start_tour(
            "/odoo/customer-data-quality", "crm_value_quality", login="tour_quality"
        )
        twins = self.env["res.partner"].search([("vat", "=", "US424242")])
        self.assertEqual(len(twins), 1)
        accepted = self.env["crm.value.quality"].search(
            [("company_id", "=", self.company.id), ("accepted_by_id", "!=", False)]
        )
        self.assertEqual(accepted.mapped("kind"), ["placeless"])
