import numpy as np

from odoo import api, models


class CrmValueStepReview(models.AbstractModel):
    """Review step of a scoring: what is left of the margin after serving."""

    _name = "crm.value.step.review"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Low-Value Review"

    _needs = ("margin", "service_cost", "benefit_share", "revenue")
    _gives = ("net_margin",)

    @api.model
    def _compute(self, flow):
        """Take off the margin what serving cost, as far as that is known."""
        figures = flow.figures
        benefits = np.nan_to_num(figures["benefit_share"]) * figures["revenue"]
        cost = np.nan_to_num(figures["service_cost"]) + benefits
        digits = flow.company.currency_id.decimal_places
        return {"net_margin": np.round(figures["margin"] - cost, digits) + 0.0}
