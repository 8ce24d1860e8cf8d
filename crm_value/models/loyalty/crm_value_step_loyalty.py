from odoo import api, models
from odoo.tools import SQL

from ...analytics.loyalty import kind, loyalty


class CrmValueStepLoyalty(models.AbstractModel):
    """Step of the run: classifies the loyalty of customers and suggests its type."""

    _name = "crm.value.step.loyalty"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Loyalty"

    _needs = ("stage_id", "lost", "loyalty_attitude", "purchase_count")
    _gives = ("loyalty_behaviour", "loyalty_class", "loyalty_kind")

    @api.model
    def _compute(self, flow):
        """Return the loyalty; learn the scales of its behaviour."""
        figures = {**flow.figures, "lost": flow.results["lost"]}
        limits = flow.scope.rules.of(loyalty.Limits)
        scales = flow.learnt.get(self._name) or loyalty.learn(figures)
        flow.learnt[self._name] = scales
        behaviour = loyalty.behaviour(figures, scales)
        classes = loyalty.classify(behaviour, figures["loyalty_attitude"], limits)
        kinds = kind.suggest(figures, classes, limits)
        return {
            "loyalty_behaviour": behaviour,
            "loyalty_class": classes,
            "loyalty_kind": kinds,
            "loyalty_kind_computed": kinds,
        }

    @api.model
    def _kept(self, learnt):
        return {"loyalty": learnt.to_json()}

    @api.model
    def _recall(self, kept):
        return loyalty.Scales.from_json(kept.get("loyalty"))

    @api.model
    def _override(self, flow):
        """Let the kind set by hand for the day replace the suggested one."""
        self.env["crm.value.store"]._set_by_hand(
            flow,
            "loyalty_kind",
            SQL(
                "loyalty_kind = array_position(%s::varchar[], manual.loyalty_kind) - 1",
                self.env["crm.value.figures"]._codes("loyalty_kind"),
            ),
        )

    @api.model
    def _store(self, flow):
        """Update the share of wallet of the customers scored."""
        self.env["crm.value.wallet"]._follow(flow.company, flow.scope.partner_ids)
