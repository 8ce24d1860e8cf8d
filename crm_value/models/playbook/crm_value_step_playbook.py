from odoo import api, models


class CrmValueStepPlaybook(models.AbstractModel):
    """Step of the run: starts the playbook of new customers."""

    _name = "crm.value.step.playbook"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Playbooks"

    @api.model
    def _decide(self, flow, changes):
        """Start the playbook of customers whose first document is a purchase."""
        self.env["crm.value.playbook.start"]._begin_newcomers(flow)
