from odoo import api, models


class CrmValueStepBenefit(models.AbstractModel):
    """Step of the run: records the benefits granted before they are gathered."""

    _name = "crm.value.step.benefit"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Benefits"

    @api.model
    def _prepare(self, flow):
        """Book the benefits; a run for a past date books nothing."""
        if not flow.run.is_past:
            self.env["crm.value.benefit"]._book(flow.scope)
