from dataclasses import replace

from odoo import fields, models


class CrmValuePolicy(models.Model):
    """Limits of the quadrants by shares of the margin, and a preview of who would move.

    Both sides of the value go together: medians make nearly half of the customers
    stars. Who carries the company is fewer.
    """

    _inherit = "crm.value.policy"

    quadrant_cut = fields.Selection(
        selection_add=[
            ("share", "Fewest customers with a share of the margin"),
            ("median",),
        ],
        default="share",
        ondelete={"share": "set default"},
    )
    quadrant_share = fields.Float(
        string="Share of the Margin",
        default=0.6,
        required=True,
        help="Current value is high for the fewest customers who make this share of "
        "the margin in the value window, potential value for the fewest who make it of "
        "lifetime value.",
    )

    _quadrant_share = models.Constraint(
        "CHECK (quadrant_share > 0 AND quadrant_share < 1)",
        "The share of the margin must be between 0 and 100%.",
    )

    def _as_rules(self):
        rules = super()._as_rules()
        share = self.quadrant_share if self.quadrant_cut == "share" else None
        return replace(rules, cut_share=share)

    def action_publish(self):
        """Show what publishing would change, and ask."""
        super().action_publish()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish This Version?"),
            "res_model": "crm.value.policy.publish",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_policy_id": self.id},
        }
