import numpy as np

from odoo import models


class CrmValueRun(models.Model):
    """Which tier each customer is in, as part of a scoring."""

    _inherit = "crm.value.run"

    def _tier_figures(self, scope, figures):
        """Return the figures of loyalty, in the order of ``figures``."""
        size = figures["partner_id"].size
        return {
            "tier_id": np.zeros(size, np.int32),
            "tier_computed_id": np.zeros(size, np.int32),
            "tier_since": np.full(size, np.nan),
            "tier_until": np.full(size, np.nan),
        }
