from odoo import fields, models

from ...fields import NullableFloat
from ..scoring.crm_value_badge import USER, shown
from .const import SATISFACTION_QUADRANTS


class ResPartner(models.Model):
    """A contact's role, and the satisfaction of its customer."""

    _inherit = "res.partner"

    value_role_id = fields.Many2one(
        "crm.value.role",
        string="Role at the Customer",
        index="btree_not_null",
        ondelete="set null",
        groups=USER,
        help="How much this contact's responses count among those of its company.",
    )
    value_satisfaction = NullableFloat(
        string="Satisfaction",
        aggregator=None,
        help="0–100, from the survey responses of the customer's contacts.",
        **shown("satisfaction_score"),
    )
    value_nps = NullableFloat(
        string="Recommendation",
        aggregator=None,
        help="0–10: how likely the customer's contacts are to recommend us.",
        **shown("nps"),
    )
    value_satisfaction_quadrant = fields.Selection(
        SATISFACTION_QUADRANTS,
        string="Satisfaction and Loyalty",
        **shown("satisfaction_quadrant"),
    )

    def write(self, vals):
        """Refresh customers when a contact's role changes the weight of responses."""
        result = super().write(vals)
        if "value_role_id" in vals:
            companies = self.env["res.company"]._value_all_scored()
            self.env["crm.value.stale"]._mark(self, companies)
        return result
