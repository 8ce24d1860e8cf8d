import numpy as np

from odoo import api, models

from ...analytics.lifecycle import lifecycle
from ...analytics.scoring import rfm
from ...const import to_day


class CrmValueStepSegment(models.AbstractModel):
    """Segment step of a scoring: the name of a customer's R, F and M.

    It comes after the stages, so that nobody who is lost has a hopeful name.
    """

    _name = "crm.value.step.segment"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: RFM Segments"

    _needs = ("quadrant", "stage_id")
    _gives = ("rfm_segment", "lost")

    @api.model
    def _compute(self, flow):
        """Return the first segment of each customer; who is lost becomes a result."""
        figures = flow.figures
        flow.results["lost"] = self._lost(flow)
        first = figures["first_purchase_date"]
        customers = rfm.Customers(
            r=figures["rfm_r"],
            f=figures["rfm_f"],
            m=figures["rfm_m"],
            purchases=figures["purchase_count"],
            age=to_day(flow.day) - first,
            lost=flow.results["lost"],
        )
        return {"rfm_segment": rfm.segments(flow.scope.rules.segments, customers)}

    @api.model
    def _lost(self, flow):
        """Return who is lost: by the rules, or by the stage that somebody has set."""
        ids = self.env["crm.value.stage"]._ids_by_position()
        lost = flow.figures["stage_id"] == ids[lifecycle.LOST]
        by_hand = self.env["crm.value.override"].search_fetch(
            [
                *flow.scope.domain(),
                ("company_id", "=", flow.company.id),
                ("kind", "=", "stage"),
                ("date_from", "<=", flow.day),
                ("date_to", ">=", flow.day),
            ],
            ["partner_id", "stage_id"],
            order="date_from, id",
        )
        told = {o.partner_id.id: o.stage_id.id == ids[lifecycle.LOST] for o in by_hand}
        known = np.isin(flow.partners, [*told])
        lost[known] = [told[partner] for partner in flow.partners[known].tolist()]
        return lost
