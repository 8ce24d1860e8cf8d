from collections import defaultdict

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...analytics.lifecycle import decline, lifecycle
from ...analytics.purchases.costs import positions
from ...analytics.statistics.grouping import numbered
from ...const import from_day, to_day


class CrmValueStepLifecycle(models.AbstractModel):
    """Lifecycle step of a scoring: the stage of each customer."""

    _name = "crm.value.step.lifecycle"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Lifecycle"

    _needs = (
        *("lead_count", "quotation_count", "order_count", "cancelled_order_count"),
        "return_chance",
    )
    _gives = (
        *("stage_id", "stage_since", "overdue", "window_trend", "relation"),
        "lives",
    )

    @api.model
    def _compute(self, flow):
        """Return the stages; learn the purchase cycle of all customers by day."""
        lives = self._replayed(flow)
        flow.learnt[self._name] = lives.cycles
        flow.results["lives"] = lives
        state, place = lives.state, flow.place
        with np.errstate(invalid="ignore"):
            trend = state.window / state.compared - 1
        stage = place(lives.stage, lifecycle.NONE)
        prospect = (stage == lifecycle.NONE) & self._waits(flow.figures)
        stage = np.where(prospect, lifecycle.PROSPECT, stage)
        ids = self._stage_ids()
        return {
            "stage_id": ids[stage],
            "stage_computed_id": ids[stage],
            "stage_since": place(lives.since, np.nan),
            "relation": place(self._relations(lives.stage), -1).astype(np.int32),
            "overdue": place(state.overdue, np.nan),
            "window_trend": place(trend, np.nan),
        }

    @api.model
    def _relations(self, stage):
        """Return who still is a customer: lost is a stage, and nothing else."""
        code = self.env["crm.value.figures"]._codes("relation").index
        relation = np.where(stage == lifecycle.LOST, code("lost"), code("active"))
        return np.where(stage == lifecycle.NONE, -1, relation)

    @api.model
    def _replayed(self, flow):
        """Return the lives of the customers, from their first purchase on."""
        forecast = flow.learnt.get("crm.value.step.forecast")
        return lifecycle.replay(
            flow.scope.days,
            to_day(flow.day),
            flow.scope.rules.of(lifecycle.Limits),
            flow.learnt.get(self._name),
            forecast and forecast.returning,
        )

    @api.model
    def _waits(self, figures):
        """Return who has asked for an offer or ordered, but not bought."""
        ordered = figures["order_count"] - figures["cancelled_order_count"]
        return figures["lead_count"] + figures["quotation_count"] + ordered > 0

    @api.model
    def _stage_ids(self):
        """Return the ids of stages by position; NONE reads the last one, 0."""
        return np.array([*self.env["crm.value.stage"]._ids_by_position(), 0], np.int32)

    @api.model
    def _kept(self, learnt):
        return {"rhythms": list(learnt.items())}

    @api.model
    def _recall(self, kept):
        cycles = kept.get("rhythms")  # the key runs have always stored
        return cycles and {int(day): cycle for day, cycle in cycles}

    @api.model
    def _override(self, flow):
        """Let the stage set by hand for the day replace the computed one.

        Also whether the customer still is one.
        """
        self.env["crm.value.store"]._set_by_hand(
            flow,
            "stage",
            SQL(
                """
                stage_id = manual.stage_id, stage_since = manual.date_from,
                relation = CASE WHEN incoming.relation < 0 THEN incoming.relation
                                WHEN manual.stage_id = %(lost)s THEN %(is_lost)s
                                ELSE %(active)s END
                """,
                lost=int(self._stage_ids()[lifecycle.LOST]),
                is_lost=self.env["crm.value.figures"]._codes("relation").index("lost"),
                active=self.env["crm.value.figures"]._codes("relation").index("active"),
            ),
        )

    @api.model
    def _change(self, flow):
        """Watch the stage, with its figures as evidence."""
        known = ("recency_days", "overdue", "return_chance", "window_trend")
        moved = SQL("incoming.stage_id > 0 AND profile.stage_id <> incoming.stage_id")
        return moved, {
            "as_of": SQL("profile.as_of"),
            "stage_from_id": SQL("profile.stage_id"),
            "stage_to_id": SQL("incoming.stage_id"),
            "purchase_count": SQL("incoming.purchase_count"),
            **{
                name: SQL("NULLIF(incoming.%s, 'NaN')", SQL.identifier(name))
                for name in known
            },
        }

    @api.model
    def _decide(self, flow, changes):
        """Log the changes of stage, also those in between, and tell what matters.

        A customer may have passed several stages since it was scored last: each is
        logged at the check that found it.
        """
        self._log_history(flow, changes)
        if not changes:
            return
        customers = [change["partner_id"] for change in changes]
        passed = self._passed(flow, customers)
        manual = self.env["crm.value.override"]._active_by_customer(
            flow.company, self.env["res.partner"].browse(customers), "stage", flow.day
        )
        values, paces = [], self._paces(flow, customers)
        for change in changes:
            change["pace"] = paces.get(change["partner_id"])
            if override := manual.get((flow.company.id, change["partner_id"])):
                values.append(self._manual_vals(change, flow.day, override))
            else:
                values += self._vals(change, flow, passed[change["partner_id"]])
        fresh = self.env["crm.value.transition"]._log(flow.run, "stage", values)
        fresh.filtered(lambda moved: moved.date == flow.day)._take_effect()

    @api.model
    def _store(self, flow):
        self.env["crm.value.transition"]._forget_stages(flow)

    @api.model
    def _log_history(self, flow, changes):
        """Log the stages of whom no change is logged: all lie before its first scoring.

        What was passed since the last scoring is left to the changes found now.
        """
        events, ids = flow.results["lives"].events, self._stage_ids()
        moved = events["before"] != lifecycle.NONE
        partners = flow.scope.days.customers[events["customer"][moved]]
        customers, place = numbered(partners)
        transitions = self.env["crm.value.transition"]
        unlogged = ~np.isin(customers, transitions._with_stage(flow.scope))
        unlogged &= np.isin(customers, flow.partners)
        last = np.where(unlogged, to_day(flow.day), -1)
        changed = np.array([change["partner_id"] for change in changes], int)
        for at, change in zip(positions(customers, changed), changes, strict=True):
            if at >= 0 and unlogged[at]:
                last[at] = to_day(change["as_of"])
        rows = events["day"][moved] <= last[place]
        passed = {
            "partner": partners,
            "day": events["day"][moved],
            "before": ids[events["before"][moved]],
            "after": ids[events["after"][moved]],
        }
        transitions._log_stages(flow.run, {n: c[rows] for n, c in passed.items()})

    @api.model
    def _passed(self, flow, customers):
        """Return {partner id: [(date, stage id before, after), …]} since ever."""
        events, ids = flow.results["lives"].events, self._stage_ids()
        partners = flow.scope.days.customers[events["customer"]]
        rows = np.isin(partners, customers)
        columns = (
            partners,
            events["day"],
            ids[events["before"]],
            ids[events["after"]],
        )
        passed = defaultdict(list)
        for partner, day, before, after in zip(
            *(column[rows].tolist() for column in columns), strict=True
        ):
            passed[partner].append((from_day(day), before, after))
        return passed

    @api.model
    def _paces(self, flow, customers):
        """Return {partner id: what it is expected to buy against what it used to}."""
        forecast = flow.learnt.get("crm.value.step.forecast")
        if not (forecast and forecast.returning):
            return {}
        partners = flow.scope.days.customers
        found = decline.paces(flow.results["lives"].state, forecast.returning)
        rows = np.isin(partners, customers) & ~np.isnan(found)
        return dict(zip(partners[rows].tolist(), found[rows].tolist(), strict=True))

    @api.model
    def _vals(self, change, flow, passed):
        """Return the transitions of one change: as many as stages were entered."""
        policy = flow.run.policy_id
        evidence = {
            name: change[name]
            for name in ("purchase_count", "recency_days", "overdue", "window_trend")
        }
        if change["return_chance"] is None:
            evidence.update(decline_gap=policy.decline_gap, lost_gap=policy.lost_gap)
        else:
            evidence.update(
                return_chance=change["return_chance"],
                lost_below=policy.lost_below,
                pace=change["pace"],
                decline_share=policy.decline_share,
            )
        steps = [s for s in passed if s[0] > change["as_of"]]
        if not steps or steps[-1][2] != change["stage_to_id"]:
            steps = [(flow.day, change["stage_from_id"], change["stage_to_id"])]
        steps[0] = (steps[0][0], change["stage_from_id"], steps[0][2])
        steps[-1] = (flow.day, *steps[-1][1:])
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

    @api.model
    def _manual_vals(self, change, day, override):
        """Return the transition that somebody made by hand."""
        return {
            "partner_id": change["partner_id"],
            "date": day,
            "stage_from_id": change["stage_from_id"],
            "stage_to_id": change["stage_to_id"],
            "user_id": override.user_id.id,
            "evidence": {"reason": override.reason},
        }
