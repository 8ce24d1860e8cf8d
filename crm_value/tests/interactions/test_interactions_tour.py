from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestInteractionsTour(HttpCase):
    """Interactions in a browser, as somebody of the service desk reads and adds."""

    browser_size = "1366x900"

    def test_agent_filters_opens_and_notes(self):
        company = self.env["res.company"].create({"name": "Interactions Tour Company"})
        new_test_user(
            self.env,
            "tour_interactions",
            "base.group_user,helpdesk_mgmt.group_helpdesk_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            lang="en_US",
        )
        customer = self.env["res.partner"].create({"name": "Tour Linen AG"})
        self.env["helpdesk.ticket"].create(
            {
                "name": "Tour crates",
                "description": "Missing",
                "partner_id": customer.id,
                "company_id": company.id,
            }
        )
        self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": customer.id,
                "date": fields.Datetime.now(),
                "author_id": customer.id,
                "message_type": "email",
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "subject": "Tour question",
            }
        )
        self.start_tour(
            f"/odoo/res.partner/{customer.id}",
            "crm_value_interactions",
            login="tour_interactions",
        )
        noted = customer.message_ids.filtered("value_channel_id")
        self.assertIn("Tour note", noted.body)
