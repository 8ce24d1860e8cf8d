from odoo import fields, models
from odoo.fields import Domain

from ..campaign.const import DRAFT


class CrmValueCampaign(models.Model):
    """A campaign of a plan has the customers that the plan meant for it, no others."""

    _inherit = "crm.value.campaign"

    plan_line_id = fields.Many2one(
        "crm.value.plan.line",
        string="Play of a Plan",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    plan_id = fields.Many2one(related="plan_line_id.plan_id")
    date_planned = fields.Date(related="plan_line_id.date_start", string="Planned For")

    def _customers_domain(self):
        """Leave out whom a better play of the plan is for, or had."""
        found, line = super()._customers_domain(), self.plan_line_id
        if not line:
            return found
        others = Domain.OR(
            other.segment_id._profile_domain() for other in line._better()
        )
        siblings = line.plan_id.line_ids.campaign_ids - self
        launched = siblings.filtered(lambda campaign: campaign.state != DRAFT)
        had = self.env["crm.value.campaign.member"]._search(
            [("campaign_id", "in", launched.ids)]
        )
        return (
            found
            & ~others
            & Domain("partner_id", "not in", had.subselect("partner_id"))
        )

    def _customers_most(self):
        return self.plan_line_id.size_limit or super()._customers_most()
