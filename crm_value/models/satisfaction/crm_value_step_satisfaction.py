from odoo import api, models

from ...analytics.loyalty import loyalty
from ...analytics.satisfaction import responses


class CrmValueStepSatisfaction(models.AbstractModel):
    """Step of the run: apostles, mercenaries, hostages and defectors."""

    _name = "crm.value.step.satisfaction"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Satisfaction"

    _needs = ("satisfaction_score", "loyalty_behaviour")
    _gives = ("satisfaction_quadrant",)

    @api.model
    def _compute(self, flow):
        """Return who is satisfied and loyal.

        Loyal is who behaves so: attitude comes from the same surveys as satisfaction.
        """
        quadrants = responses.quadrants(
            flow.figures["satisfaction_score"],
            flow.figures["loyalty_behaviour"],
            flow.scope.rules.of(responses.Limits).cut,
            flow.scope.rules.of(loyalty.Limits).behaviour_cut,
        )
        return {"satisfaction_quadrant": quadrants}

    @api.model
    def _store(self, flow):
        """Add up the answers that came since the last night, for those who read them.

        It is done after they were read: a run may read from a copy of the database.
        """
        if flow.scope.partner_ids is None:
            self.env["crm.value.response.sum"]._keep()
