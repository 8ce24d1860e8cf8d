import numpy as np

from odoo import api, fields, models
from odoo.tools import formatLang

from ... import words
from ...fields import NullableMoney


class CrmValuePolicyPublishTier(models.TransientModel):
    """Line of the publish preview: customers who would move between two tiers."""

    _name = "crm.value.policy.publish.tier"
    _inherit = ["crm.value.guarded"]
    _description = "Tier Changes"

    wizard_id = fields.Many2one(
        "crm.value.policy.publish", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="wizard_id.company_id.currency_id")
    tier_from_id = fields.Many2one("crm.value.tier", string="Current Tier")
    tier_to_id = fields.Many2one("crm.value.tier", string="New Tier")
    count = fields.Integer(string="Customers")
    lost_count = fields.Integer(
        string="Of Them Lost",
        help="They bought enough within the qualifying period, but no longer do.",
    )
    revenue = fields.Monetary(help="Within the qualifying period.")
    margin = fields.Monetary(help="Within the qualifying period.")
    cost = NullableMoney(
        string="Additional Cost",
        aggregator="sum",
        help="Per year: how much more the benefits of the new tier cost than those "
        "of the current one. Empty if it cannot be estimated.",
    )

    def _is_loss(self):
        """Return whether these customers would move to a lower tier, or to none."""
        before, after = self.tier_from_id, self.tier_to_id
        return bool(before) and before != after and before._is_above(after)


class CrmValuePolicyPublish(models.TransientModel):
    """Adds tier changes and their cost to the preview of publishing a policy."""

    _inherit = "crm.value.policy.publish"

    tier_line_ids = fields.One2many(
        "crm.value.policy.publish.tier", "wizard_id", readonly=True, string="Tiers"
    )
    tier_moved_count = fields.Integer(string="Tier Changes", readonly=True)
    tier_moved_text = fields.Char(
        string="Tier Changes in Words", compute="_compute_tier_moved_text"
    )
    tier_lost_text = fields.Char(
        string="Lost Customers in Words", compute="_compute_tier_lost_text"
    )

    @api.depends("tier_moved_count", "tier_line_ids")
    def _compute_tier_moved_text(self):
        """Say how many would change their tier, and whether anybody would lose it."""
        for wizard in self:
            moved = formatLang(self.env, wizard.tier_moved_count, digits=0)
            lines = wizard.tier_line_ids
            lost = sum(line.count for line in lines if line._is_loss())
            wizard.tier_moved_text = (
                self.env._(
                    "Customers whose loyalty tier would change at once: %(count)s, to "
                    "a lower one or none: %(lost)s. What they got today is judged "
                    "anew, or has expired. Tiers of earlier days are kept until they "
                    "expire.",
                    count=moved,
                    lost=formatLang(self.env, lost, digits=0),
                )
                if lost
                else self.env._(
                    "Customers whose loyalty tier would change at once: %(count)s. "
                    "Nobody loses a tier before it expires.",
                    count=moved,
                )
            )

    @api.depends("tier_line_ids")
    def _compute_tier_lost_text(self):
        """Say how many get a tier though they are lost, and why."""
        for wizard in self:
            entering = wizard.tier_line_ids.filtered(
                lambda line: line.tier_to_id and line.tier_to_id != line.tier_from_id
            )
            lost = sum(entering.mapped("lost_count"))
            period = wizard.policy_id.tier_window_months
            wizard.tier_lost_text = bool(lost) and self.env._(
                "Lost customers who would get a tier: %(count)s. They bought enough "
                "within %(months)s, which is what a tier asks for; nobody writes to "
                "congratulate them.",
                count=words.number(self.env, lost),
                months=words.months(self.env, period),
            )

    @api.model
    def _shown(self):
        return [*super()._shown(), "tier_id", "lost"]

    @api.model
    def _flow_vals(self, policy, flow):
        """Return the moves between tiers at the first run under the policy."""
        found = flow.figures
        before = self._tiers_now(policy.company_id, flow.partners)
        moves, rows = np.unique(
            np.column_stack((before, found["tier_id"])), axis=0, return_inverse=True
        )
        rows = rows.reshape(-1)  # of another shape in some versions of numpy
        money = {
            name: np.bincount(rows, found[f"tier_{name}"], len(moves))
            for name in ("revenue", "margin")
        }
        counts = np.bincount(rows, minlength=len(moves))
        lost = np.bincount(rows[flow.results["lost"]], minlength=len(moves))
        tiers = self.env["crm.value.tier"].browse(set(moves.ravel().tolist()) - {0})
        rates = {0: 0.0} | {t: rate for t, (rate, _n) in tiers._yearly_cost().items()}
        return {
            **super()._flow_vals(policy, flow),
            "tier_line_ids": [
                (0, 0, self._tier_line_vals(*move, rates, *figures))
                for move, *figures in zip(
                    moves.tolist(),
                    counts.tolist(),
                    lost.tolist(),
                    *money.values(),
                    strict=True,
                )
                if any(move)
            ],
            "tier_moved_count": int((before != found["tier_id"]).sum()),
        }

    @api.model
    def _tier_line_vals(self, old, new, rates, count, lost, revenue, margin):
        known = rates[old] is not None and rates[new] is not None
        return {
            "tier_from_id": old or False,
            "tier_to_id": new or False,
            "count": count,
            "lost_count": lost,
            "revenue": revenue,
            "margin": margin,
            "cost": revenue * (rates[new] - rates[old]) if known else False,
        }

    @api.model
    def _tiers_now(self, company, partners):
        """Return the ids of the tiers that customers are in, 0 for none."""
        now = {
            profile.partner_id.id: profile.tier_id.id
            for profile in self.env["crm.value.profile"].search_fetch(
                [("company_id", "=", company.id), ("tier_id", "!=", False)],
                ["partner_id", "tier_id"],
            )
        }
        return np.array([now.get(partner, 0) for partner in partners.tolist()], int)
