from odoo import api, models

from ...analytics.forecast.forecast import Forecast
from ...analytics.forecast.prediction import predict


class CrmValueStepForecast(models.AbstractModel):
    """Forecast step of a scoring: expected purchases and lifetime value."""

    _name = "crm.value.step.forecast"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Forecast"

    _gives = ("clv", "p_alive", "return_chance", "expected_purchases")

    @api.model
    def _fit(self, flow):
        """Find the fit to predict by, or make a new one."""
        flow.run.fit_id = self.env["crm.value.fit"]._for_run(flow.run, flow.scope)
        return flow.run.fit_id._as_forecast()

    @api.model
    def _compute(self, flow):
        if self._name not in flow.learnt:
            flow.learnt[self._name] = flow.run.fit_id._as_forecast()
        forecast = flow.learnt[self._name]
        return predict(forecast, flow.figures, flow.scope.rules) if forecast else {}

    @api.model
    def _kept(self, learnt):
        return {"forecast": learnt and learnt.to_json()}

    @api.model
    def _recall(self, kept):
        learnt = kept.get("forecast")  # earlier runs have none
        return learnt and Forecast.from_json(learnt)
