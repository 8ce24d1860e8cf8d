from odoo import api, models

from ...fields import NullableFloat


class CrmValueCampaign(models.Model):
    """What its invoices come to of its cost, which is counted and proves nothing."""

    _inherit = "crm.value.campaign"

    invoiced_return = NullableFloat(
        string="Return by Invoices",
        compute="_compute_invoiced_return",
        aggregator=None,
        help="Invoices that name the campaign less its cost, of its cost. It counts "
        "what would have been bought anyway, and turnover instead of margin.",
    )

    @api.depends("invoiced", "cost_fixed", "cost_contact", "treated_count")
    def _compute_invoiced_return(self):
        for campaign in self:
            each = campaign.cost_contact * campaign.treated_count
            cost = campaign.cost_fixed + each
            campaign.invoiced_return = campaign.invoiced / cost - 1 if cost else False
