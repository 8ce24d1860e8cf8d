from odoo import api, models

from .crm_value_facts import UNCOSTED


class CrmValueStepQuality(models.AbstractModel):
    """Step of the run: measures what is missing in the records it was made of."""

    _name = "crm.value.step.quality"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Data Quality"

    @api.model
    def _decide(self, flow, changes):
        """Measure after all customers were scored; a refresh leaves the findings."""
        if flow.scope.partner_ids is None:
            uncosted = flow.scope.shared.get(UNCOSTED)
            quality = self.env["crm.value.quality"]
            quality._check(flow.company, flow.run, uncosted)
