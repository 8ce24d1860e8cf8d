from collections import Counter
from dataclasses import replace

from odoo import api, fields, models

from ... import words
from ...analytics.scoring import scoring, value
from ...analytics.scoring.value import QUADRANTS
from ...models.scoring.crm_value_step import Flow


class CrmValuePolicyPublish(models.TransientModel):
    """Asks before a policy is published, and shows who would move where."""

    _name = "crm.value.policy.publish"
    _inherit = ["crm.value.guarded"]
    _description = "Publish a Value Policy"

    policy_id = fields.Many2one(
        "crm.value.policy", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    line_ids = fields.One2many(
        "crm.value.policy.publish.line", "wizard_id", readonly=True, string="Moves"
    )
    customer_count = fields.Integer(string="Customers Who Bought", readonly=True)
    moved_count = fields.Integer(string="Customers Affected", readonly=True)
    moved_text = fields.Char(string="Moves in Words", compute="_compute_moved_text")
    platinum_count = fields.Integer("Stars", readonly=True)
    platinum_share = fields.Float("Share of Stars", readonly=True)
    offered_count = fields.Integer(readonly=True)
    platinum_text = fields.Char(
        string="Stars in Words", compute="_compute_platinum_text"
    )
    offer_text = fields.Char(string="Offer in Words", compute="_compute_platinum_text")

    @api.model
    def default_get(self, fields_list):
        """Compute the preview as the dialog opens."""
        values = super().default_get(fields_list)
        policy = self.env["crm.value.policy"].browse(values.get("policy_id"))
        if policy:
            values.update(self._preview_vals(policy))
        return values

    @api.depends("moved_count", "customer_count")
    def _compute_moved_text(self):
        """Say how many would move, in one sentence."""
        for wizard in self:
            wizard.moved_text = self.env._(
                "Who bought and would move to another quadrant: %(moved)s of"
                " %(customers)s.",
                moved=words.number(self.env, wizard.moved_count),
                customers=words.customers(self.env, wizard.customer_count),
            )

    @api.depends("platinum_count", "platinum_share", "offered_count", "customer_count")
    def _compute_platinum_text(self):
        """Say how many would be stars, and how many by their share of the margin."""
        for wizard in self:
            wizard.platinum_text = self.env._(
                "Stars: %(count)s of %(customers)s, with %(share)s of the margin in "
                "the value window.",
                count=words.number(self.env, wizard.platinum_count),
                customers=words.customers(self.env, wizard.customer_count),
                share=words.percent(self.env, wizard.platinum_share),
            )
            wizard.offer_text = (
                wizard.policy_id.quadrant_cut == "median"
                and self.env._(
                    "Limits at the fewest customers with %(share)s of the margin, "
                    "instead of medians, would make it %(count)s.",
                    share=words.percent(self.env, wizard.policy_id.quadrant_share),
                    count=words.number(self.env, wizard.offered_count),
                )
            )

    @api.model
    def _platinum_vals(self, policy, figures):
        """Return how many are stars, their margin, and how many by shares of it."""
        platinum = QUADRANTS.index("platinum")
        held = figures["quadrant"] == platinum
        whole = figures["margin"].sum()
        sides = (figures["current_value_score"], figures["potential_value_score"])
        rules = replace(policy._as_rules(), cut_share=policy.quadrant_share)
        limits = scoring.quadrant_limits(figures, figures, rules)
        return {
            "platinum_count": int(held.sum()),
            "platinum_share": figures["margin"][held].sum() / whole if whole else 0.0,
            "offered_count": int((value.quadrants(*sides, *limits) == platinum).sum()),
        }

    @api.model
    def _preview_vals(self, policy):
        """Return the moves between quadrants that the policy would cause."""
        flow = self._scored(policy)
        moves = self._moves(policy, flow.figures)
        return {
            **self._flow_vals(policy, flow),
            **self._platinum_vals(policy, flow.figures),
            "customer_count": sum(moves.values()),
            "moved_count": sum(n for (old, new), n in moves.items() if old != new),
            "line_ids": [
                (0, 0, {"quadrant_from": old, "quadrant_to": new, "count": count})
                for (old, new), count in moves.most_common()
            ],
        }

    @api.model
    def _scored(self, policy):
        """Return the Flow of everybody today under the policy, up to what is shown."""
        runs, company = self.env["crm.value.run"], policy.company_id
        run = runs.new(
            {
                "company_id": company.id,
                "as_of": runs._today(company),
                "policy_id": policy.id,
                "fit_id": runs._current(company).fit_id.id,
            }
        )
        flow = Flow(run, run._scope())
        run._gather(flow)
        run._compute(flow, self.env["crm.value.step"]._giving(*self._shown()))
        return flow

    @api.model
    def _shown(self):
        """Return the columns that the dialog compares with those of today."""
        return ["quadrant"]

    @api.model
    def _flow_vals(self, policy, flow):
        """Return what capabilities show besides the quadrants."""
        return {}

    @api.model
    def _moves(self, policy, figures):
        """Count customers by (quadrant now, quadrant under the policy).

        Who has bought nothing has none, and is not counted; who has one today is, also
        where the policy knows no purchase of theirs.
        """
        now = {
            profile.partner_id.id: profile.quadrant_computed
            for profile in self.env["crm.value.profile"].search_fetch(
                [("company_id", "=", policy.company_id.id)],
                ["partner_id", "quadrant_computed"],
                order="id",
            )
        }
        codes = [
            *self.env["crm.value.figures"]._codes("quadrant"),
            False,
        ]  # position -1: not scored
        return Counter(
            (now.get(partner, False), codes[position])
            for partner, position, bought in zip(
                figures["partner_id"].tolist(),
                figures["quadrant"].tolist(),
                (figures["purchase_count"] > 0).tolist(),
                strict=True,
            )
            if bought or now.get(partner)
        )

    def action_publish(self):
        """Publish the policy and score everybody under it."""
        self.policy_id._check_draft()
        self.policy_id._publish()
        run = self.env["crm.value.run"]._request(self.company_id)
        return run._get_records_action(name=self.env._("Run"))
