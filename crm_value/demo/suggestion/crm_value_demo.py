from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import date_utils

from ...analytics.suggestion import chance
from .offers import offers, orders


class CrmValueDemo(models.AbstractModel):
    """Lets suggestions be there at once, and a year of them have been answered."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        result = super()._install()
        company = self.env.ref("base.main_company")
        if not self.env.ref("crm_value.demo_offer_0", raise_if_not_found=False):
            today = fields.Date.today()
            self.env["crm.value.likeness"]._learn(company, today)
            self._create_offers(company, today)
        return result

    @api.model
    def _create_orders(self, company, today):
        """Let some customers buy alike, so that there is something to learn."""
        rows = orders()
        made = self.env["sale.order"].create(
            [self._prepare_order_vals(row, company) for row in rows]
        )
        made.action_confirm()
        pairs = list(zip(rows, made, strict=True))
        for row, order in pairs:
            order.date_order = self._moment(today, row.age)
        return [*super()._create_orders(company, today), *pairs]

    @api.model
    def _create_offers(self, company, today):
        customers = self._customers()
        seed = company.value_offer_seed = "demo"  # the same tenth in each database
        rows = offers(len(customers), lambda *unit: chance.is_held_out(seed, *unit))
        made = self.env["crm.value.offer"].create(
            [self._prepare_offer_vals(row, customers, company, today) for row in rows]
        )
        self._name_records("demo_offer", made)

    @api.model
    def _prepare_offer_vals(self, row, customers, company, today):
        date = today - timedelta(days=row.age)
        hidden = row.outcome == "open"
        return {
            "company_id": company.id,
            "partner_id": customers[row.customer].id,
            "product_id": self._ref(f"product_{row.product}").id,
            "because_id": self._ref(f"product_{row.because}").id,
            "user_id": self.env.ref("base.user_admin").id,
            "date": date,
            "period": date_utils.start_of(date, "quarter"),
            "kind": row.kind,
            "quantity": 1.0,
            "outcome": row.outcome,
            "reason": row.reason,
            "is_held_out": hidden,
            "is_kept": row.outcome == "added",
            "is_settled": True,
            "is_bought": row.margin > 0,
            "revenue": round(row.margin / 0.4, 2),
            "margin": row.margin,
        }
