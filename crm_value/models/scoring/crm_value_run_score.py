from dataclasses import replace
from time import perf_counter

import numpy as np

from odoo import api, fields, models

from ...analytics.scoring import pareto, scoring
from ..purchases.crm_value_facts import Scope


class CrmValueRun(models.Model):
    """The one flow: gather, compute, store, decide."""

    _inherit = "crm.value.run"

    def _score(self):
        """Score all customers of the run's company as of its date."""
        start = perf_counter()
        scope = self._scope()
        with self._step("gather"), self._booked(scope), self._reading() as env:
            seen, _customers = env["crm.value.stale"]._seen(self.company_id)
            scope = replace(scope, days=env["crm.value.facts"]._gather_days(scope))
            facts = env["crm.value.facts"]._gather(scope)
        self._commit()
        with self._step("fit"):
            self.fit_id = self.env["crm.value.fit"]._for_run(self, scope)
        self._commit()
        with self._step("compute"):
            facts, bad = self._set_aside_bad(facts)
            found = self._find(scope, facts)
        self._commit()
        with self._step("store"):
            changes = self._store(self.as_of, found.figures, bad)
        with self._step("decide"):
            if not self.is_past:
                self._keep_periods(self.as_of, found)
            self._decide(self.as_of, changes, bad, found.cuts, found.moves)
            if not self.is_past:
                self.env["crm.value.stale"]._forget(seen)
        self._finish(found.figures, found.kept, perf_counter() - start)
        self._commit()
        self.env.ref(
            "crm_value.ir_cron_refresh"
        ).sudo()._trigger()  # what came meanwhile

    def _scope(self, as_of=None, **options):
        """Return the Scope of this run, or of another day under its policy."""
        day = as_of or self.as_of
        return Scope(
            company=self.company_id,
            rules=self.policy_id._as_rules(),
            basis=self.policy_id.basis,
            as_of=day,
            until=options.pop("until", day),
            **options,
        )

    @api.model
    def _set_aside_bad(self, facts):
        """Split off customers with a figure that is no number.

        :return: (facts without them, {partner id: names of the bad figures})
        """
        counted = self.env["crm.value.facts"]._counted()
        broken = {
            name: ~np.isfinite(column) if name in counted else np.isinf(column)
            for name, column in facts.items()
        }
        any_broken = np.logical_or.reduce(list(broken.values()))
        if not any_broken.any():
            return facts, {}
        bad = {
            int(facts["partner_id"][at]): [
                n for n, marks in broken.items() if marks[at]
            ]
            for at in np.flatnonzero(any_broken)
        }
        return {name: column[~any_broken] for name, column in facts.items()}, bad

    def _figures(self, facts, cuts=None, forecast=None):
        """Return (all columns to store, cuts) of gathered facts."""
        rules = self.policy_id._as_rules()
        scores, cuts = scoring.score(facts, rules, cuts, forecast)
        figures = {**facts, **scores, "quadrant_computed": scores["quadrant"]}
        figures = self.env["crm.value.facts"]._rounded(
            figures, self.company_id.currency_id
        )
        buyer = facts["purchase_count"] > 0
        rank = np.zeros(buyer.size, dtype=np.int64)
        rank[buyer] = pareto.ranks(facts["revenue_total"][buyer])
        return {**figures, "pareto_rank": rank}, cuts

    def _store(self, day, figures, bad, partner_ids=None):
        """Write the figures; return what they change: quadrants, stages, tiers."""
        store = self.env["crm.value.store"]
        store._stage(self, day, figures)
        if self.is_past:
            store._store_snapshots(self)
            return [], [], []
        changes = (
            store._quadrant_changes(self),
            store._stage_changes(self),
            store._tier_changes(self),
        )
        store._store_profiles(self, day)
        store._delete_vanished(self, list(bad), partner_ids)
        return changes

    def _decide(self, day, changes, bad, cuts, moves):
        """Log, through the ORM, the few customers that changed or were left out."""
        if bad:
            self.env["crm.value.run.issue"]._log_bad_figures(self, bad)
        quadrants, stages, tiers = changes
        if quadrants:
            self._log_quadrants(day, quadrants, cuts)
        if stages:
            self._log_stages(day, stages, moves)
        if tiers:
            self._log_tiers(day, tiers)
        if not self.is_past:
            self._warn_tiers(day)

    def _log_quadrants(self, day, changes, cuts):
        limits = cuts.to_json()["quadrant"]
        manual = self.env["crm.value.override"]._active_by_customer(
            self.company_id,
            self.env["res.partner"].browse(
                [change["partner_id"] for change in changes]
            ),
            "quadrant",
            day,
        )
        values = [self._transition_vals(c, day, limits, manual) for c in changes]
        self.env["crm.value.transition"]._log(self, "quadrant", values)

    def _transition_vals(self, change, day, limits, manual):
        """Return the transition of one change, with its figures or its author."""
        override = manual.get((self.company_id.id, change["partner_id"]))
        return {
            "partner_id": change["partner_id"],
            "date": day,
            "quadrant_from": change["quadrant_from"],
            "quadrant_to": change["quadrant_to"],
            "user_id": override.user_id.id if override else False,
            "evidence": {
                "current": change["current"],
                "potential": change["potential"],
                "current_cut": limits[0],
                "potential_cut": limits[1],
                "reason": override.reason if override else None,
            },
        }

    def _finish(self, figures, cuts, seconds):
        """Write what the run found on the run; ``cuts`` as plain data."""
        buyer = figures["purchase_count"] > 0
        self.write(
            {
                "state": "done",
                "ended_at": fields.Datetime.now(),
                "seconds": seconds,
                "cuts": cuts,
                "customer_count": buyer.size,
                "buyer_count": int(buyer.sum()),
                "revenue_total": float(figures["revenue_total"].sum()),
                "pareto_count": int((figures["pareto_class"] == 0).sum()),
            }
        )
