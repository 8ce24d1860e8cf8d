from odoo import models


class CrmValuePolicy(models.Model):
    """Publishing of a policy, after a preview of who would move."""

    _inherit = "crm.value.policy"

    def action_publish(self):
        """Show what publishing would change, and ask."""
        super().action_publish()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish This Version?"),
            "res_model": "crm.value.policy.publish",
            "view_mode": "form",
            "target": "new",
            "context": {"default_policy_id": self.id},
        }
