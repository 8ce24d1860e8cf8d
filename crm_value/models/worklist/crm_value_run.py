import numpy as np

from odoo import models

from ...analytics.worklist import next_contact, worklist
from ...const import to_day


class CrmValueRun(models.Model):
    """Whom to contact and when, as part of a scoring."""

    _inherit = "crm.value.run"

    def _worklist_figures(self, scope, figures, rhythms, yardsticks=None):
        """Return (figures of the worklists, worklist.Yardsticks).

        :param scope: Scope
        :param figures: all figures computed before, one array each
        :param rhythms: everybody's rhythm by day
        :param yardsticks: those of a run over all customers, None: learn them
        """
        stages = self._stages_in_force(scope, figures)
        seen = {
            **figures,
            "stage": self._stage_positions(stages),
            "open_count": figures["lead_count"] + figures["quotation_count"],
        }
        decimals = self.company_id.currency_id.decimal_places
        found, yardsticks = worklist.place(
            seen, scope.rules.lists, yardsticks, decimals
        )
        found["stake_score"] = np.round(found["stake_score"], 9)
        as_of = to_day(scope.as_of)
        found["next_contact_date"] = next_contact.next_day(
            {**seen, **found},
            as_of,
            rhythms[max(rhythms)] if rhythms else np.nan,
            self.company_id._workdays(scope.as_of),
        )
        return found, yardsticks

    def _stages_in_force(self, scope, figures):
        """Return each customer's stage: one set by hand holds before the computed."""
        manual = self.env["crm.value.override"].search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "stage"),
                ("date_from", "<=", scope.as_of),
                ("date_to", ">=", scope.as_of),
            ],
            ["partner_id", "stage_id"],
            order="date_from, id",  # after a merge two may hold: the newer one counts
        )
        by_hand = {one.partner_id.id: one.stage_id.id for one in manual}
        partners, stages = figures["partner_id"], figures["stage_id"].copy()
        rows = np.flatnonzero(np.isin(partners, list(by_hand)))
        stages[rows] = [by_hand[partner] for partner in partners[rows].tolist()]
        return stages

    def _stage_positions(self, stage_ids):
        """Return the analytics' number of each stage."""
        ids = self.env["crm.value.stage"]._ids_by_position()
        numbers = np.full(max(ids, default=0) + 1, worklist.NONE)
        numbers[ids] = np.arange(len(ids))
        numbers[0] = worklist.NONE
        return numbers[stage_ids]

    def _kept_yardsticks(self):
        """Return what this run learnt for the lists; nothing, if it knew none."""
        return worklist.Yardsticks.from_json((self.cuts or {}).get("worklist"))
