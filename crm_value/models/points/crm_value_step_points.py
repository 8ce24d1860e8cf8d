from odoo import api, models


class CrmValueStepPoints(models.AbstractModel):
    """Step of the run: settles the points of the customers scored."""

    _name = "crm.value.step.points"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Points"

    @api.model
    def _decide(self, flow, changes):
        """Settle the points of customers with new documents; a nightly job does all.

        Whoever asks for a run or a refresh: points follow the documents in any case.
        """
        if flow.marked:
            points = self.env["crm.value.points"].sudo()
            points._settle_customers(flow.company, flow.marked)
