from collections import defaultdict

import numpy as np

from odoo import models

from ...analytics.lifecycle import lifecycle
from ...const import from_day, to_day


class CrmValueRun(models.Model):
    """Where each customer stands in its life, as part of a scoring."""

    _inherit = "crm.value.run"

    def _stage_figures(self, scope, facts, rhythms=None):
        """Return (figures of the lifecycle, everybody's rhythm by day, moves, ended).

        ``moves`` are the changes of stage since ever: the analytics' events with the
        ids of customers and stages. ``ended`` are the relations that ended, as
        crm.value.ending stores them.

        :param scope: Scope with the days read
        :param facts: gathered facts; the figures come in their order
        :param rhythms: everybody's rhythm as a run over all customers found it
        """
        lives = lifecycle.replay(
            scope.days, to_day(scope.as_of), scope.rules.stages, rhythms
        )
        look = lives.look
        with np.errstate(invalid="ignore"):
            trend = look.window / look.compared - 1
        place = self._placing(scope.days.customers, facts["partner_id"])
        stage = place(lives.stage, lifecycle.NONE)
        ordered = facts["order_count"] - facts["cancelled_order_count"]
        waits = facts["lead_count"] + facts["quotation_count"] + ordered > 0
        prospect = (stage == lifecycle.NONE) & waits
        stage = np.where(prospect, lifecycle.PROSPECT, stage)
        ids = np.array([*self.env["crm.value.stage"]._ids_by_position(), 0], np.int32)
        return (
            {
                "stage_id": ids[stage],  # NONE reads the last one, 0
                "stage_computed_id": ids[stage],
                "stage_since": place(lives.since, np.nan),
                "overdue": place(look.overdue, np.nan),
                "window_trend": place(trend, np.nan),
            },
            lives.gaps,
            self._stage_moves(lives.events, scope.days.customers, ids),
            self._ended(scope, lives),
        )

    def _stage_moves(self, events, customers, ids):
        return {
            "partner": customers[events["customer"]],
            "day": events["day"],
            "before": ids[events["before"]],
            "after": ids[events["after"]],
        }

    def _log_stages(self, day, changes, moves):
        """Log the changes of stage, also those in between, and tell what matters.

        A customer may have passed several stages since it was scored last: each is
        logged at the check that found it.
        """
        rows = np.isin(moves["partner"], [change["partner_id"] for change in changes])
        passed = defaultdict(list)
        for partner, when, before, after in zip(
            *(
                moves[name][rows].tolist()
                for name in ("partner", "day", "before", "after")
            ),
            strict=True,
        ):
            passed[partner].append((from_day(when), before, after))
        manual = self.env["crm.value.override"]._active_by_customer(
            self.company_id,
            self.env["res.partner"].browse([c["partner_id"] for c in changes]),
            "stage",
            day,
        )
        values = []
        for change in changes:
            if override := manual.get((self.company_id.id, change["partner_id"])):
                values.append(self._manual_stage_vals(change, day, override))
            else:
                values += self._stage_vals(change, day, passed)
        fresh = self.env["crm.value.transition"]._log(self, "stage", values)
        fresh.filtered(lambda moved: moved.date == day)._take_effect()

    def _stage_vals(self, change, day, passed):
        """Return the transitions of one change: as many as stages were entered."""
        policy = self.policy_id
        evidence = {
            name: change[name]
            for name in ("purchase_count", "recency_days", "overdue", "window_trend")
        }
        evidence.update(decline_gap=policy.decline_gap, lost_gap=policy.lost_gap)
        steps = [s for s in passed[change["partner_id"]] if s[0] > change["as_of"]]
        if not steps or steps[-1][2] != change["stage_to_id"]:
            steps = [(day, change["stage_from_id"], change["stage_to_id"])]
        steps[0] = (steps[0][0], change["stage_from_id"], steps[0][2])
        steps[-1] = (day, *steps[-1][1:])
        return [
            {
                "partner_id": change["partner_id"],
                "date": when,
                "stage_from_id": before,
                "stage_to_id": after,
                "user_id": False,
                "evidence": evidence,
            }
            for when, before, after in steps
            if before != after
        ]

    def _manual_stage_vals(self, change, day, override):
        """Return the transition that somebody made by hand."""
        return {
            "partner_id": change["partner_id"],
            "date": day,
            "stage_from_id": change["stage_from_id"],
            "stage_to_id": change["stage_to_id"],
            "user_id": override.user_id.id,
            "evidence": {"reason": override.reason},
        }

    def _placing(self, customers, partners):
        """Return a function that brings a column of ``customers`` to ``partners``."""
        rows = np.searchsorted(customers, partners)
        known = np.isin(partners, customers)

        def place(column, unknown):
            if not column.size:
                return np.full(known.shape, unknown)
            return np.where(known, column[np.minimum(rows, column.size - 1)], unknown)

        return place

    def _kept_rhythms(self):
        """Return everybody's rhythm by day as this run found it, None if it did not."""
        kept = (self.cuts or {}).get("rhythms")
        return kept and {int(day): gap for day, gap in kept}
