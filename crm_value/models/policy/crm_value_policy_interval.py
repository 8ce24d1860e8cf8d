from odoo import api, fields, models


class CrmValuePolicyInterval(models.Model):
    """One row of an interval table: from this figure on, this score."""

    _name = "crm.value.policy.interval"
    _inherit = ["crm.value.shared", "crm.value.guarded"]
    _shared_unless = "line_id.policy_id.company_id"
    _description = "Interval of an Indicator"
    _order = "lower_bound, id"

    line_id = fields.Many2one(
        "crm.value.policy.indicator", required=True, index=True, ondelete="cascade"
    )
    lower_bound = fields.Float(
        required=True, help="The first interval also holds everything below it."
    )
    score = fields.Float(required=True, help="0–100")

    _score_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A score must be between 0 and 100."
    )
    _bound_uniq = models.Constraint(
        "UNIQUE (line_id, lower_bound)",
        "Two intervals cannot begin at the same figure.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse new rows in a published policy."""
        intervals = super().create(vals_list)
        intervals.line_id.policy_id._check_draft()
        return intervals

    def write(self, vals):
        """Refuse changes in a published policy."""
        self.line_id.policy_id._check_draft()
        result = super().write(vals)
        self.line_id.policy_id._check_draft()  # it may have moved to another one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.line_id.policy_id._check_draft()
