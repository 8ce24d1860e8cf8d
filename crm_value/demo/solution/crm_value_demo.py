from datetime import timedelta

from odoo import Command, api, fields, models

from ...models.solution.const import Needs
from ..core.crm_value_demo import QUIET
from . import solutions

SINCE = 300  # days since the oldest quotation


class CrmValueDemo(models.AbstractModel):
    """Lets quotation templates meet needs, and a year of such quotations be decided."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        """Create needs, templates, quotations and open leads, once."""
        super()._install()
        if self.env.ref("crm_value.demo_need_0", raise_if_not_found=False):
            return
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        needs = self._create_needs()
        templates = self._create_solutions(company, needs)
        self._create_offered(company, needs, templates)
        self._create_needing_leads(company, needs)

    @api.model
    def _create_needs(self):
        rows = solutions.NEEDS.values()
        made = self.env["crm.value.need"].create(
            [{"name": name, "measure": measure} for name, measure in rows]
        )
        self._name_records("demo_need", made)
        return dict(zip(solutions.NEEDS, made, strict=True))

    @api.model
    def _create_solutions(self, company, needs):
        products = self.env["product.product"].create(
            [
                {
                    "name": name,
                    "type": "service" if code == "visit" else "consu",
                    "list_price": price,
                    "standard_price": cost,
                }
                for code, (name, price, cost) in solutions.PRODUCTS.items()
            ]
        )
        self._name_records("demo_solution_product", products)
        known = dict(zip(solutions.PRODUCTS, products, strict=True))
        templates = self.env["sale.order.template"].create(
            [
                {
                    "name": name,
                    "company_id": company.id,
                    "sale_order_template_line_ids": [
                        self._solution_line(known, needs, at, *line)
                        for at, line in enumerate(lines)
                    ],
                }
                for name, lines in solutions.TEMPLATES.values()
            ]
        )
        self._name_records("demo_solution", templates)
        return dict(zip(solutions.TEMPLATES, templates, strict=True))

    @api.model
    def _solution_line(self, products, needs, at, product, need, rate, minimum):
        return Command.create(
            {
                "sequence": at,
                "product_id": products[product].id,
                "value_need_id": need and needs[need].id,
                "value_need_rate": rate,
                "value_need_minimum": minimum,
            }
        )

    @api.model
    def _create_offered(self, company, needs, templates):
        """Create the quotations of the past year, won and lost."""
        customers, today = self._customers(), fields.Date.today()
        made, age = self.env["sale.order"], SINCE
        for offer in solutions.OFFERS:
            for place in (*offer.won, *offer.lost):
                order = self._create_offer(
                    company, customers[place], offer, needs, templates
                )
                if place in offer.won:
                    order.action_confirm()
                else:
                    order.write({"state": "cancel"})
                order.date_order = self._moment(today, age)
                made |= order
                age -= 12
        self._name_records("demo_solution_order", made)

    @api.model
    def _create_offer(self, company, customer, offer, needs, templates):
        amounts = Needs({needs[code].id: some for code, some in offer.needs.items()})
        order = self.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": company.id,
                "value_need_line_ids": self._needed(needs, offer.needs),
            }
        )
        chosen = self.env["sale.order.template"].union(
            *(templates[code] for code in offer.templates)
        )
        order._value_offer(chosen, amounts)
        order.value_solution_ids = chosen
        return order

    @api.model
    def _create_needing_leads(self, company, needs):
        """Create a lead to find a solution for, and one for which there is none."""
        title, amounts = solutions.LEAD
        unmet, missing, age = solutions.UNMET
        day = fields.Date.today() - timedelta(days=age)
        rows = (
            (title, "partner_seasonal", 18000, amounts, {}),
            (unmet, "partner_bargain", 9500, missing, {"unmet_on": day}),
        )
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "partner_id": self._ref(who).id,
                    "company_id": company.id,
                    "user_id": self.env.ref("base.user_admin").id,
                    "stage_id": self.env.ref("crm.stage_lead2").id,
                    "expected_revenue": revenue,
                    "value_need_line_ids": self._needed(needs, needed, **more),
                }
                for name, who, revenue, needed, more in rows
            ]
        )
        self._name_records("demo_lead_needing", leads)

    @api.model
    def _needed(self, needs, amounts, **values):
        return [
            Command.create({"need_id": needs[code].id, "amount": some, **values})
            for code, some in amounts.items()
        ]
