from odoo import api, models

from ...analytics.lifecycle import lifecycle, outcomes
from ...const import to_day


class CrmValueFit(models.Model):
    """Model card: what became of those whom the past called lost or in decline."""

    _inherit = "crm.value.fit"

    @api.model
    def _learn(self, run, scope, day):
        """Add how often lost and decline were wrong to the account of the fit."""
        fit = super()._learn(run, scope, day)
        limits = scope.rules.of(lifecycle.Limits)
        measured = outcomes.outcomes(scope.days, to_day(day), limits)
        account = fit.sudo()  # closed to who only asks for a run
        account.card = {**account.card, "lifecycle": measured}
        return fit
