from odoo import models

from ...analytics.satisfaction import responses


class CrmValueRun(models.Model):
    """Satisfaction against loyalty, as part of a scoring."""

    _inherit = "crm.value.run"

    def _loyalty_figures(self, scope, figures, yardsticks=None):
        """Add who is satisfied and loyal.

        Loyal is who behaves so: attitude comes from the same surveys as satisfaction.
        """
        found, yardsticks = super()._loyalty_figures(scope, figures, yardsticks)
        found["satisfaction_quadrant"] = responses.quadrants(
            figures["satisfaction_score"],
            found["loyalty_behaviour"],
            scope.rules.opinions.cut,
            scope.rules.loyalty.behaviour_cut,
        )
        return found, yardsticks
