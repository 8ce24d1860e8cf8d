from odoo import api, models


class CrmValueStepLead(models.AbstractModel):
    """Step of the run: what new customers bring, and so what open leads are worth."""

    _name = "crm.value.step.lead"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Leads"

    @api.model
    def _store(self, flow):
        """Learn from all customers; a refresh of some changes nothing.

        Leads are valued by a job of their own: a run never waits for who works on one.
        """
        if flow.scope.partner_ids is None:
            self.env["crm.value.lead.worth"]._learn(flow)
            self.env["crm.lead"]._trigger()
