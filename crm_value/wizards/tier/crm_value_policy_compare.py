from odoo import api, models


class CrmValuePolicyCompare(models.TransientModel):
    """Compares the tiers of two versions, too."""

    _inherit = "crm.value.policy.compare"

    @api.model
    def _describe(self, policy):
        tiers = {tier.tier_id.name: tier._describe() for tier in policy.tier_ids}
        return {**super()._describe(policy), **tiers}
