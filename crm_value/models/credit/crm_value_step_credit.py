import numpy as np

from odoo import api, models

from ...analytics.credit import credit, trial
from ...analytics.purchases.costs import positions
from ...const import to_day


class CrmValueStepCredit(models.AbstractModel):
    """Credit step of a scoring: the grade of each customer who had something to pay."""

    _name = "crm.value.step.credit"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Credit"

    _needs = ("days_late_recent",)
    _gives = ("credit_grade", "credit_points")

    @api.model
    def _compute(self, flow):
        """Return points and grade, none where the latest invoice alone tells better."""
        fit = flow.run.fit_id.sudo()  # closed as a whole
        nothing = np.full(flow.partners.size, np.nan)
        if fit._credit_rule() == trial.LAST:
            in_all = nothing
        else:
            in_all = self._points(flow, fit._credit_typical())
        return {"credit_points": in_all, "credit_grade": credit.grade(in_all)}

    @api.model
    def _points(self, flow, typical):
        """Return the points of each customer of the flow, NaN unknown."""
        found = self.env["crm.value.facts"]._credit_standing(flow.scope)
        _parts, in_all = credit.rated(found, to_day(flow.day), typical)
        if not in_all.size:
            return np.full(flow.partners.size, np.nan)
        place = positions(found["partner"], flow.partners)
        # Contacts that stand for many customers pay as nobody does.
        known = (place >= 0) & ~np.isnan(flow.figures["days_late_recent"])
        return np.where(known, in_all[place], np.nan)
