from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base.models.ir_cron import IrCron

from .lead_common import SELLER


@tagged("post_install", "-at_install")
class TestLeadTour(HttpCase):
    """A trade fair's list in a browser: imported, compared, linked, merged, valued."""

    browser_size = "1920x1080"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Lead Tour Company"})
        cls.company.partner_id.tz = "UTC"
        cls.seller = cls._user("tour_lead", SELLER)
        cls.officer = cls._user("tour_lead_officer", "crm_value.group_officer")
        cls.known = cls.env["res.partner"].create(
            {"name": "Tour Known Ltd.", "is_company": True}
        )
        bought = fields.Date.today() - timedelta(days=500)
        for at in range(6):
            customer = cls.env["res.partner"].create(
                {"name": f"Tour Customer {at}", "is_company": True}
            )
            cls.env["crm.value.transaction"].create(
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "currency_id": cls.company.currency_id.id,
                    "date": bought,
                    "amount": 100 + at,
                    "source_key": f"lead tour {at}",
                }
            )
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            run = cls.env["crm.value.run"]._request(cls.company)
            run._execute()
            run._follow_up()

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{groups}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )

    def test_salesperson_imports_a_list_and_decides_who_is_there_already(self):
        self.seller.group_ids += self.env.ref("base.group_allow_export")
        self.start_tour(
            "/odoo/crm?view_type=list",
            "crm_value_lead",
            login="tour_lead",
            timeout=120,
        )
        leads = self.env["crm.lead"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(leads), 3)
        linked = leads.filtered(lambda lead: lead.name == "Stand talk")
        self.assertEqual(linked.partner_id, self.known)
        self.assertTrue(all(leads.mapped("value_expected")))
        self.assertFalse(
            self.env["crm.value.lead.double"].search(
                [("company_id", "=", self.company.id), ("state", "=", "open")]
            )
        )

    def test_officer_reads_what_new_customers_bring(self):
        self.start_tour(
            "/odoo/new-customers", "crm_value_new_customers", login="tour_lead_officer"
        )
