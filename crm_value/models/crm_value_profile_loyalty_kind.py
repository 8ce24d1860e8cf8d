from odoo import models


class CrmValueProfile(models.Model):
    """What the data hint at as a kind of loyalty, with the figures that do."""

    _inherit = "crm.value.profile"

    def _say_kind(self):
        """Return the evidence of the kind, or why none is suggested."""
        if not self.purchase_count:
            return ""
        if not self.loyalty_kind:
            return self.env._("The data do not hint at a kind.")
        if self.loyalty_kind != self.loyalty_kind_computed:
            return ""
        return getattr(self, f"_say_kind_{self.loyalty_kind}")()

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
