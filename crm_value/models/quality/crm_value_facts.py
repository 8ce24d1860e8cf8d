import numpy as np

from odoo import api, models

from ...analytics.purchases.purchases import CENT
from ...const import to_day

UNCOSTED = "uncosted"


class CrmValueFacts(models.AbstractModel):
    """Notes, while all lines are read, which products are sold without a cost."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_lines(self, scope):
        """Leave in the scope what was sold of each product without a known cost."""
        lines = super()._gather_lines(scope)
        if scope.partner_ids is None:
            scope.shared[UNCOSTED] = self._sum_uncosted(scope, lines)
        return lines

    @api.model
    def _sum_uncosted(self, scope, lines):
        """Return {product id: (revenue, lines)} of the value window."""
        money = lines["amount"] - lines["costed"]
        rows = np.flatnonzero(
            (lines["product"] > 0)
            & (np.abs(money) > CENT)
            & (lines["day"] > to_day(scope.window_start))
            & (lines["day"] <= to_day(scope.as_of))
        )
        products, place = np.unique(lines["product"][rows], return_inverse=True)
        sums = np.bincount(place, money[rows], products.size)
        counts = np.bincount(place, minlength=products.size)
        found = zip(products.tolist(), sums.tolist(), counts.tolist(), strict=True)
        return {product: (money, count) for product, money, count in found}
