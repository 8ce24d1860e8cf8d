from odoo import api, models

from ..service.crm_value_ticketing import TICKET


class CrmValueStepDesk(models.AbstractModel):
    """Step of the run: customers in a better tier are promised more at once."""

    _name = "crm.value.step.desk"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Service Desk"

    @api.model
    def _decide(self, flow, changes):
        """Look at the tickets that wait for an answer; there are never many."""
        customers = flow.scope.partner_ids
        self.env[TICKET]._value_promise_better(flow.company, customers)
