from dataclasses import asdict

import numpy as np

from odoo import api, models

from ...analytics.churn import endings
from ...analytics.lifecycle import lifecycle
from ...analytics.statistics.meanwhile import meanwhile
from ...const import to_day


class CrmValueStepEnding(models.AbstractModel):
    """Step of a scoring that records churned relationships and their pattern."""

    _name = "crm.value.step.ending"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Churned Relationships"

    _needs = ("lives",)

    @api.model
    def _before_store(self, flow):
        """Begin to find them, while PostgreSQL writes the profiles."""
        said = self._said_lost(flow, flow.results["lives"])
        flow.results["ended"] = meanwhile(self._ended, flow, said)

    @api.model
    def _store(self, flow):
        ended = flow.results.pop("ended").result()
        self.env["crm.value.ending"]._store(flow, ended)

    @api.model
    def _ended(self, flow, said):
        """Return churned relationships as columns, also those set to lost manually.

        :param said: positions of customers that only a person calls lost
        """
        days, lives = flow.scope.days, flow.results["lives"]
        found = asdict(
            endings.find(
                days,
                self._with_said(lives.events, said, to_day(flow.day)),
                flow.scope.rules.of(lifecycle.Limits).stable_days,
            )
        )
        customer = found.pop("customer")
        by_hand = np.isin(customer, said) & np.isnan(found["returned"])
        return {
            "partner": days.customers[customer],
            **found,
            "by_hand": by_hand.astype(np.int32),
        }

    @api.model
    def _said_lost(self, flow, lives):
        """Return the positions of customers that only a person calls lost."""
        manual = self.env["crm.value.override"].search(
            [
                *flow.scope.domain(),
                ("company_id", "=", flow.company.id),
                ("stage_id.code", "=", "lost"),
                ("date_from", "<=", flow.day),
                ("date_to", ">=", flow.day),
            ]
        )
        said = np.isin(flow.scope.days.customers, manual.partner_id.ids)
        alive = ~np.isin(lives.stage, (lifecycle.LOST, lifecycle.NONE))
        return np.flatnonzero(said & alive)

    @api.model
    def _with_said(self, events, said, day):
        """Return the events with one more for each customer called lost."""
        added = {
            "customer": said,
            "day": np.full(said.size, day),
            "before": np.full(said.size, lifecycle.NONE),
            "after": np.full(said.size, lifecycle.LOST),
        }
        return {n: np.concatenate((events[n], added[n])) for n in events}
