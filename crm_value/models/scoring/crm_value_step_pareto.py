import numpy as np

from odoo import api, models

from ...analytics.scoring import pareto


class CrmValueStepPareto(models.AbstractModel):
    """Each customer's rank by revenue."""

    _name = "crm.value.step.pareto"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Rank by Revenue"

    _needs = ("revenue_total",)
    _gives = ("pareto_rank",)

    @api.model
    def _compute(self, flow):
        """Return the ranks among everybody; of a few, the former ones hold."""
        everybody = flow.scope.partner_ids is None
        rank = self._ranks(flow.figures) if everybody else self._former_ranks(flow)
        return {"pareto_rank": rank}

    @api.model
    def _ranks(self, figures):
        buyer = figures["purchase_count"] > 0
        rank = np.zeros(buyer.size, dtype=np.int64)
        rank[buyer] = pareto.ranks(figures["revenue_total"][buyer])
        return rank

    @api.model
    def _former_ranks(self, flow):
        profiles = self.env["crm.value.profile"].search_fetch(
            [
                ("company_id", "=", flow.company.id),
                ("partner_id", "in", flow.partners.tolist()),
            ],
            ["partner_id", "pareto_rank"],
        )
        ranks = {profile.partner_id.id: profile.pareto_rank for profile in profiles}
        return np.array([ranks.get(one, 0) for one in flow.partners.tolist()], int)
