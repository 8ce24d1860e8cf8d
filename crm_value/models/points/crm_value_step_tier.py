import numpy as np

from odoo import api, models


class CrmValueStepTier(models.AbstractModel):
    """Gives the tier rules the points that customers have earned."""

    _inherit = "crm.value.step.tier"

    @api.model
    def _points(self, flow):
        """Return the points earned in the qualifying window, NaN without a program."""
        if not flow.company._value_points_program():
            return super()._points(flow)
        earned = self.env["crm.value.points"]._earned_by_customer(
            flow.company, self._first_day(flow), flow.day
        )
        return np.array([earned.get(p, 0.0) for p in flow.partners.tolist()], float)
