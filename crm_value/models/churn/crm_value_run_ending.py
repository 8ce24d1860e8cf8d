from dataclasses import asdict

import numpy as np

from odoo import models

from ...analytics.churn import endings
from ...analytics.lifecycle import lifecycle
from ...const import to_day


class CrmValueRun(models.Model):
    """Relations that ended, as part of a scoring."""

    _inherit = "crm.value.run"

    def _ended(self, scope, lives):
        """Return the ended relations as columns, also those ended by hand."""
        said = self._said_lost(scope, lives)
        found = asdict(
            endings.find(
                scope.days,
                self._with_said(lives.events, said, to_day(scope.as_of)),
                scope.rules.stages.stable_days,
            )
        )
        customer = found.pop("customer")
        by_hand = np.isin(customer, said) & np.isnan(found["returned"])
        return {
            "partner": scope.days.customers[customer],
            **found,
            "by_hand": by_hand.astype(np.int32),
        }

    def _said_lost(self, scope, lives):
        """Return the positions of customers that only a person calls lost."""
        manual = self.env["crm.value.override"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("stage_id.code", "=", "lost"),
                ("date_from", "<=", scope.as_of),
                ("date_to", ">=", scope.as_of),
            ]
        )
        said = np.isin(scope.days.customers, manual.partner_id.ids)
        alive = ~np.isin(lives.stage, (lifecycle.LOST, lifecycle.NONE))
        return np.flatnonzero(said & alive)

    def _with_said(self, events, said, day):
        """Return the events with one more for each customer called lost."""
        added = {
            "customer": said,
            "day": np.full(said.size, day),
            "before": np.full(said.size, lifecycle.NONE),
            "after": np.full(said.size, lifecycle.LOST),
        }
        return {n: np.concatenate((events[n], added[n])) for n in events}
