from datetime import timedelta

from odoo import api, fields, models

from ..core.crm_value_demo import QUIET

LOOKED_AFTER, AGO = 90, 97  # days


class CrmValueDemo(models.AbstractModel):
    """Lets somebody have decided about a customer that costs more than it brings."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        """Decide about the bargain hunter, whose day to look again has come, once."""
        super()._install()
        company = self.env.ref("base.main_company")
        reviews = self.env["crm.value.review"].with_company(company)
        if reviews.search_count([("company_id", "=", company.id)], limit=1):
            return
        day = fields.Date.today() - timedelta(days=AGO)
        review = reviews.with_context(**QUIET).create(
            {
                "partner_id": self._ref("partner_bargain").id,
                "company_id": company.id,
                "lever": "price",
                "reason": "A third off and half of it comes back: no discount above "
                "20%, and returns at the customer's cost.",
                "user_id": self.env.ref("base.user_admin").id,
                "date": day,
                "review_date": day + timedelta(days=LOOKED_AFTER),
            }
        )
        review.sudo().write(
            {
                "margin_then": -410.0,
                "service_cost_then": 180.0,
                "net_margin_then": -590.0,
            }
        )
