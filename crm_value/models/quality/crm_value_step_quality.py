from odoo import api, models

from .crm_value_facts import UNCOSTED


class CrmValueStepQuality(models.AbstractModel):
    """Step of the run: keeps what it alone knows of the records it was made of."""

    _name = "crm.value.step.quality"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Data Quality"

    @api.model
    def _decide(self, flow, changes):
        """Keep which products were sold without a cost; a refresh leaves them."""
        if flow.scope.partner_ids is None:
            products = self.env["crm.value.quality.product"]
            products._store(flow.company, flow.scope.shared[UNCOSTED])
