from odoo import fields, models


class CrmValueProfile(models.Model):
    """What the data hint at as a kind of loyalty, with the figures that do."""

    _inherit = "crm.value.profile"

    loyalty_override_id = fields.Many2one(
        "crm.value.override",
        string="Manual Kind of Loyalty",
        compute="_compute_override_id",
    )

    def _compute_override_id(self):
        result = super()._compute_override_id()
        found = self.env["crm.value.override"]._active_by_customer(
            self.company_id, self.partner_id, "loyalty_kind"
        )
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.loyalty_override_id = found.get(key, False)
        return result

    def _say_kind(self):
        """Return the evidence of the kind, or why none is suggested."""
        if self.loyalty_override_id:
            return self._say_manual_kind()
        return self._say_suggestion() if self.purchase_count else ""

    def _say_manual_kind(self):
        """Return who set the kind by hand, and what the data hint at."""
        facts = {
            "by": self.loyalty_override_id.display_name,
            "evidence": self._say_suggestion(),
        }
        if not self.loyalty_kind_computed:
            return self.env._("Set by hand: %(by)s. %(evidence)s", **facts)
        kinds = self._chart_labels("loyalty_kind")
        return self.env._(
            "Set by hand: %(by)s. Suggested: %(kind)s. %(evidence)s",
            kind=kinds[self.loyalty_kind_computed],
            **facts,
        )

    def _say_suggestion(self):
        if not self.loyalty_kind_computed:
            return self.env._("The data do not hint at a kind.")
        return getattr(self, f"_say_kind_{self.loyalty_kind_computed}")()

    def _say_kind_price(self):
        return self.env._(
            "%(part)s of %(whole)s purchases in %(days)s days were discounted.",
            part=self.discounted_count,
            whole=self.window_count,
            days=self.policy_id.window_days,
        )

    def _say_kind_incentive(self):
        return self.env._(
            "%(part)s of %(whole)s orders in %(days)s days had a reward of a loyalty "
            "program.",
            part=self.reward_count,
            whole=self.window_order_count,
            days=self.policy_id.window_days,
        )

    def _say_kind_inertia(self):
        return self.env._(
            "Buys at nearly equal intervals, %(count)s different products in all, "
            "without discounts, rewards, open offers or tickets.",
            count=self.product_count,
        )

    def _say_kind_latent(self):
        return self.env._("Its attitude is high, its behaviour low.")

    def _say_kind_premium(self):
        return self.env._("Both its attitude and its behaviour are high.")
