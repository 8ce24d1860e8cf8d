from collections import Counter
from dataclasses import replace

from odoo import api, fields, models

from ...analytics.scoring import scoring
from ...const import CODES
from ...models.purchases.crm_value_facts import Scope


class CrmValuePolicyPublish(models.TransientModel):
    """Asks before a policy is published, and shows who would move where."""

    _name = "crm.value.policy.publish"
    _description = "Publish a Value Policy"

    policy_id = fields.Many2one(
        "crm.value.policy", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    line_ids = fields.One2many(
        "crm.value.policy.publish.line", "wizard_id", readonly=True, string="Moves"
    )
    customer_count = fields.Integer(string="Customers Scored", readonly=True)
    moved_count = fields.Integer(string="Customers Who Move", readonly=True)

    @api.model
    def default_get(self, fields_list):
        """Compute the preview as the dialog opens."""
        values = super().default_get(fields_list)
        policy = self.env["crm.value.policy"].browse(values.get("policy_id"))
        if policy:
            values.update(self._preview_vals(policy))
        return values

    @api.model
    def _preview_vals(self, policy):
        """Return the moves between quadrants that the policy would cause."""
        facts, scores, scope = self._scored(policy)
        moves = self._moves(policy, facts, scores)
        return {
            **self._tier_preview_vals(policy, scope, {**facts, **scores}),
            "customer_count": sum(moves.values()),
            "moved_count": sum(n for (old, new), n in moves.items() if old != new),
            "line_ids": [
                (0, 0, {"quadrant_from": old, "quadrant_to": new, "count": count})
                for (old, new), count in moves.most_common()
            ],
        }

    @api.model
    def _scored(self, policy):
        """Return (facts, scores, Scope) of everybody today under the policy."""
        runs = self.env["crm.value.run"]
        today = runs._today(policy.company_id)
        scope = Scope(policy.company_id, policy._as_rules(), policy.basis, today, today)
        gatherer = self.env["crm.value.facts"]
        scope = replace(scope, days=gatherer._gather_days(scope))
        facts, _bad = runs._set_aside_bad(gatherer._gather(scope))
        forecast = runs._current(policy.company_id).fit_id._as_forecast()
        scores, _cuts = scoring.score(facts, scope.rules, forecast=forecast)
        return facts, scores, scope

    @api.model
    def _moves(self, policy, facts, scores):
        """Count customers by (quadrant now, quadrant under the policy)."""
        now = {
            profile.partner_id.id: profile.quadrant_computed
            for profile in self.env["crm.value.profile"].search_fetch(
                [("company_id", "=", policy.company_id.id)],
                ["partner_id", "quadrant_computed"],
                order="id",
            )
        }
        codes = [*CODES["quadrant"], False]  # position -1: not scored
        return Counter(
            (now.get(partner, False), codes[position])
            for partner, position in zip(
                facts["partner_id"].tolist(), scores["quadrant"].tolist(), strict=True
            )
        )

    def action_publish(self):
        """Publish the policy and score everybody under it."""
        self.policy_id._check_draft()
        self.policy_id._publish()
        run = self.env["crm.value.run"]._request(self.company_id)
        return run._get_records_action(name=self.env._("Run"))
