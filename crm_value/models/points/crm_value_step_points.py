from odoo import api, models


class CrmValueStepPoints(models.AbstractModel):
    """Step of the run: settles the points of the customers scored."""

    _name = "crm.value.step.points"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Points"

    @api.model
    def _decide(self, flow, changes):
        """Settle the points of refreshed customers; the nightly job settles all.

        Whoever asks for a refresh: points follow the documents in any case.
        """
        if flow.scope.partner_ids is not None:
            points = self.env["crm.value.points"].sudo()
            points._settle_customers(flow.company, list(flow.scope.partner_ids))
