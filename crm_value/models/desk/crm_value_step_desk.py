from odoo import api, models

from ..service.crm_value_ticketing import TICKET


class CrmValueStepDesk(models.AbstractModel):
    """Step of the run: customers in a better tier are promised more at once."""

    _name = "crm.value.step.desk"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Service Desk"

    @api.model
    def _change(self, flow):
        """Watch the tier, as its own step does."""
        return self.env["crm.value.step.tier"]._change(flow)

    @api.model
    def _decide(self, flow, changes):
        """Look at the tickets of those who came to another tier."""
        if changes:
            customers = [change["partner_id"] for change in changes]
            self.env[TICKET]._value_promise_better(flow.company, customers)
