from odoo import api, models

from ...analytics.satisfaction import responses


class CrmValueFit(models.Model):
    """Adds survey responses to the features that the churn model learns from."""

    _inherit = "crm.value.fit"

    @api.model
    def _gather_measures(self, scope):
        """Add the satisfaction that was known at a past day."""
        others = super()._gather_measures(scope)
        customers, limits = scope.days.customers, scope.rules.of(responses.Limits)
        answers = self.env["crm.value.facts"]._gather_responses(scope, customers)

        def measured(day):
            found = responses.measure(answers, day, limits, len(customers))
            score = found["satisfaction_score"]
            return {**others(day), "satisfaction_score": score}

        return measured
