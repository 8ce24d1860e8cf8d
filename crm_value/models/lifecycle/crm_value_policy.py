from odoo import models

from ...analytics.lifecycle.lifecycle import Limits


class CrmValuePolicy(models.Model):
    """Lifecycle limits of a policy."""

    _inherit = "crm.value.policy"

    def _limits(self):
        stages = Limits(
            explore_purchases=self.explore_purchases,
            explore_days=self.explore_days,
            lost_below=self.lost_below,
            decline_gap=self.decline_gap,
            decline_share=self.decline_share,
            window_days=self.stage_window_days,
            lost_gap=self.lost_gap,
            lost_days=self.lost_days,
            stable_purchases=self.stable_purchases,
            stable_days=self.stable_days,
            stable_growth=self.stable_growth,
        )
        return [*super()._limits(), stages]
