from odoo import api, fields, models


class CrmValuePolicyPart(models.AbstractModel):
    """A line of a policy: as unchangeable as its policy once that is published."""

    _name = "crm.value.policy.part"
    _inherit = ["crm.value.shared", "crm.value.guarded"]
    _shared_unless = "policy_id.company_id"
    _description = "Part of a Value Policy"

    policy_id = fields.Many2one(
        "crm.value.policy", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse new lines of a published policy."""
        parts = super().create(vals_list)
        parts.policy_id._check_draft()
        return parts

    def write(self, vals):
        """Refuse changes of a published policy."""
        self.policy_id._check_draft()
        result = super().write(vals)
        self.policy_id._check_draft()  # it may have moved to another one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.policy_id._check_draft()
