import numpy as np

from odoo import api, models

from ...analytics.worklist import next_contact, worklist
from ...const import to_day


class CrmValueStepWorklist(models.AbstractModel):
    """Worklist step of a scoring: whom to contact, and when."""

    _name = "crm.value.step.worklist"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Worklist"

    _needs = ("stage_id", "stage_since", "value_score", "threat", "clv", "lives")
    _gives = ("stake_score", "next_contact_date")

    @api.model
    def _compute(self, flow):
        """Return the places on the worklists; learn what is much and what is little."""
        figures = flow.figures
        seen = {
            **figures,
            "stage": self._stage_positions(self._stages_in_force(flow)),
            "threat": flow.results["threat"],
            "open_count": figures["lead_count"] + figures["quotation_count"],
            "stage_days": to_day(flow.day) - figures["stage_since"],
        }
        found, flow.learnt[self._name] = worklist.place(
            seen,
            flow.scope.rules.of(worklist.Limits),
            flow.learnt.get(self._name),
            flow.company.currency_id.decimal_places,
        )
        found["stake_score"] = np.round(found["stake_score"], 9)
        cycles = flow.results["lives"].cycles
        found["next_contact_date"] = next_contact.next_day(
            {**seen, **found},
            to_day(flow.day),
            cycles[max(cycles)] if cycles else np.nan,
            flow.company._value_workdays(flow.day),
        )
        return found

    @api.model
    def _stages_in_force(self, flow):
        """Return each customer's stage: one set by hand holds before the computed."""
        manual = self.env["crm.value.override"].search_fetch(
            [
                *flow.scope.domain(),
                ("company_id", "=", flow.company.id),
                ("kind", "=", "stage"),
                ("date_from", "<=", flow.day),
                ("date_to", ">=", flow.day),
            ],
            ["partner_id", "stage_id"],
            order="date_from, id",  # after a merge two may hold: the newer one counts
        )
        by_hand = {one.partner_id.id: one.stage_id.id for one in manual}
        partners, stages = flow.partners, flow.figures["stage_id"].copy()
        rows = np.flatnonzero(np.isin(partners, list(by_hand)))
        stages[rows] = [by_hand[partner] for partner in partners[rows].tolist()]
        return stages

    @api.model
    def _stage_positions(self, stage_ids):
        """Return the analytics' number of each stage."""
        ids = self.env["crm.value.stage"]._ids_by_position()
        numbers = np.full(max(ids, default=0) + 1, worklist.NONE)
        numbers[ids] = np.arange(len(ids))
        numbers[0] = worklist.NONE
        return numbers[stage_ids]

    @api.model
    def _kept(self, learnt):
        return {"worklist": learnt.to_json()}

    @api.model
    def _recall(self, kept):
        return worklist.Calibration.from_json(kept.get("worklist"))
