from odoo import api, models
from odoo.tools import SQL

from ...analytics.scoring import scoring
from ...analytics.scoring.scoring import Calibration


class CrmValueStepScoring(models.AbstractModel):
    """Indicator scores, RFM, the value score and the quadrant."""

    _name = "crm.value.step.scoring"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Value"

    _needs = ("clv",)
    _gives = ("value_score", "current_value_score", "potential_value_score", "quadrant")

    @api.model
    def _compute(self, flow):
        """Return the scores; learn the scales and limits."""
        scores, flow.learnt[self._name] = scoring.score(
            flow.figures, flow.scope.rules, flow.learnt.get(self._name)
        )
        scores["quadrant_computed"] = scores["quadrant"]
        # What was expected is scored to the last bit, and stored rounded like the rest.
        return self.env["crm.value.facts"]._rounded(
            {**flow.figures, **scores}, flow.company.currency_id
        )

    @api.model
    def _kept(self, learnt):
        return learnt.to_json()

    @api.model
    def _recall(self, kept):
        return Calibration.from_json(kept) if "scales" in kept else None

    @api.model
    def _override(self, flow):
        """Let the quadrant set by hand for the day replace the computed one."""
        self.env["crm.value.store"]._set_by_hand(
            flow,
            "quadrant",
            SQL(
                "quadrant = array_position(%s::varchar[], manual.quadrant) - 1",
                self.env["crm.value.figures"]._codes("quadrant"),
            ),
        )

    @api.model
    def _change(self, flow):
        """Watch the quadrant, with both scores as evidence."""
        codes = self.env["crm.value.figures"]._codes("quadrant")
        fresh = SQL("(%s::varchar[])[incoming.quadrant + 1]", codes)
        return SQL("profile.quadrant <> COALESCE(%s, '')", fresh), {
            "quadrant_from": SQL("profile.quadrant"),
            "quadrant_to": fresh,
            "current": SQL("NULLIF(incoming.current_value_score, 'NaN')"),
            "potential": SQL("NULLIF(incoming.potential_value_score, 'NaN')"),
        }

    @api.model
    def _decide(self, flow, changes):
        """Log the changes of quadrant, with their figures or their author."""
        if not changes:
            return
        limits = self._kept(flow.learnt[self._name])["quadrant"]
        manual = self.env["crm.value.override"]._active_by_customer(
            flow.company,
            self.env["res.partner"].browse([c["partner_id"] for c in changes]),
            "quadrant",
            flow.day,
        )
        values = [self._transition_vals(c, flow, limits, manual) for c in changes]
        self.env["crm.value.transition"]._log(flow.run, "quadrant", values)

    @api.model
    def _transition_vals(self, change, flow, limits, manual):
        override = manual.get((flow.company.id, change["partner_id"]))
        return {
            "partner_id": change["partner_id"],
            "date": flow.day,
            "quadrant_from": change["quadrant_from"],
            "quadrant_to": change["quadrant_to"],
            "user_id": override.user_id.id if override else False,
            "evidence": {
                "current": change["current"],
                "potential": change["potential"],
                "current_cut": limits[0],
                "potential_cut": limits[1],
                "reason": override.reason if override else None,
            },
        }
