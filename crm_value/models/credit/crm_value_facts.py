import numpy as np

from odoo import api, models

from ...analytics.credit import credit
from ...analytics.statistics.meanwhile import meanwhile
from ...const import to_day

STANDING = "credit"  # under which a scope holds how everybody pays
FIGURES = {
    "late": "days_late_recent",
    "last": "last_days_late",
    "overdue_count": "overdue_count",
    "overdue_since": "overdue_since",
}


class CrmValueFacts(models.AbstractModel):
    """How customers pay, from the amounts due that are read for payments already."""

    _inherit = "crm.value.facts"

    @api.model
    def _sources(self):
        return [*super()._sources(), "_gather_standing"]

    @api.model
    def _gather_standing(self, scope):
        """Return how late customers pay lately, and what is overdue."""
        coming = self._coming_standing(scope)
        return meanwhile(lambda: _figures(coming.result()))

    @api.model
    def _credit_standing(self, scope):
        """Return credit.standing on the day of a scope, found once."""
        return self._coming_standing(scope).result()

    @api.model
    def _coming_standing(self, scope):
        """Return the Future of credit.standing."""
        if STANDING not in scope.shared:
            coming, day = self._coming_amounts(scope), to_day(scope.as_of)
            complaints = self.env["crm.value.ticketing"]._complaint_days(scope)
            scope.shared[STANDING] = meanwhile(
                lambda: credit.standing_of(coming.result(), complaints, day)
            )
        return scope.shared[STANDING]

    @api.model
    def _credit_ledger(self, scope):
        """Return the Ledger of the customers of a scope."""
        due, parts = self._dues(scope)
        complaints = self.env["crm.value.ticketing"]._complaint_days(scope)
        return credit.Ledger(due, parts, complaints)


def _figures(found):
    """Return the figures that tell how customers pay, none without any amount."""
    if not found:
        return {}
    told = {name: found[of] for of, name in FIGURES.items()}
    return {"partner": found["partner"].astype(np.int32), **told}
