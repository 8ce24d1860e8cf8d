from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSolutionTour(HttpCase):
    """A lead with a need becomes a quotation, in a browser."""

    browser_size = "1920x1080"

    def test_salesperson_finds_a_solution_and_drafts_it(self):
        self.env["res.lang"]._activate_lang("en_US")
        company = self.env["res.company"].create({"name": "Solution Tour Company"})
        seller = new_test_user(
            self.env,
            "tour_solution",
            "base.group_user,sales_team.group_sale_salesman",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            lang="en_US",
        )
        need = self.env["crm.value.need"].create(
            {"name": "Tour Licences", "measure": "persons"}
        )
        licence = self.env["product.product"].create(
            {"name": "Tour Licence", "type": "service", "taxes_id": False}
        )
        self.env["sale.order.template"].create(
            {
                "name": "Tour Seats",
                "company_id": company.id,
                "sale_order_template_line_ids": [
                    Command.create({"product_id": licence.id, "value_need_id": need.id})
                ],
            }
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Tour Office",
                "type": "opportunity",
                "company_id": company.id,
                "user_id": seller.id,
                "partner_id": self.env["res.partner"].create({"name": "Tour Buyer"}).id,
                "value_need_line_ids": [
                    Command.create({"need_id": need.id, "amount": 12})
                ],
            }
        )
        self.start_tour(
            f"/odoo/crm/{lead.id}",
            "crm_value_solution",
            login="tour_solution",
            timeout=120,
        )
        order = self.env["sale.order"].search([("opportunity_id", "=", lead.id)])
        self.assertEqual(order.order_line.product_uom_qty, 12)
