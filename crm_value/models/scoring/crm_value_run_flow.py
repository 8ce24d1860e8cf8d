import logging
from dataclasses import replace
from time import perf_counter

import numpy as np

from odoo import api, fields, models

from ..purchases.crm_value_facts import Scope
from .crm_value_step import Flow

_logger = logging.getLogger(__name__)
BATCH = 1000
NEW_SHARE = 0.1  # of customers unknown to the scales, up to which these are used


class CrmValueRun(models.Model):
    """The one flow: gather, compute, store, decide; each step takes its part."""

    _inherit = "crm.value.run"

    def _score(self):
        """Score all customers of the run's company as of its date."""
        start = perf_counter()
        flow = Flow(self, self._scope())
        steps = self.env["crm.value.step"]._all()
        with self._step("gather"):
            for step in steps:
                step._prepare(flow)
            with self._reading() as env:
                seen, flow.marked = env["crm.value.stale"]._seen(self.company_id)
                self._gather(flow, env)
        self._commit()
        with self._step("fit"):
            flow.learnt = {
                step._name: learnt
                for step in steps
                if (learnt := step._fit(flow)) is not None
            }
        self._commit()
        with self._step("compute"):
            self._compute(flow, steps)
        self._commit()
        with self._step("store"):
            self._store(flow, steps)
        with self._step("decide"):
            self._decide(flow, steps)
            if not self.is_past:
                self.env["crm.value.stale"]._forget(seen)
        self._finish(flow, perf_counter() - start)
        self._commit()
        # What came meanwhile.
        self.env.ref("crm_value.ir_cron_refresh").sudo()._trigger()

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
    def _gather(self, flow, env=None):
        """Read the purchases and the facts of the flow's customers."""
        gatherer = (env or self.env)["crm.value.facts"]
        coming = gatherer._start_days(replace(flow.scope, paying=True))
        flow.scope = replace(flow.scope, coming=coming)
        facts = gatherer._forget_crowds(gatherer._gather(flow.scope))
        flow.figures, flow.bad = self._set_aside_bad(facts)

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

    @api.model
    def _compute(self, flow, steps):
        """Add the figures of each step."""
        known = self.env["crm.value.figures"]._fields
        for step in steps:
            found = step._compute(flow)
            if unknown := sorted(found.keys() - known.keys()):
                raise ValueError(
                    f"{step._name} gives {unknown}: no fields of crm.value.figures."
                )
            flow.figures.update(found)

    def _store(self, flow, steps):
        """Write the figures, and note what they change."""
        store = self.env["crm.value.store"]
        store._load(flow.figures)
        for step in steps:
            step._override(flow)
        if self.is_past:
            store._store_snapshots(self)
            self.env["crm.value.transition"]._log_month_ends(self)
            for step in steps:
                step._store_month(self)
            return
        store._compare(flow, steps)
        for step in steps:
            step._before_store(flow)
        store._store_profiles(self, flow.day)
        store._delete_vanished(flow)
        for step in steps:
            step._store(flow)

    def _decide(self, flow, steps):
        """Log, through the ORM, the few customers that changed or were left out."""
        if flow.bad:
            self.env["crm.value.run.issue"]._log_bad_figures(self, flow.bad)
        if not self.is_past:
            for step in steps:
                step._decide(flow, flow.changes[step._name])

    def _finish(self, flow, seconds):
        """Write what the run found on the run."""
        figures = flow.figures
        buyer = figures["purchase_count"] > 0
        self.write(
            {
                "state": "done",
                "ended_at": fields.Datetime.now(),
                "seconds": seconds,
                "cuts": self.env["crm.value.step"]._kept_all(flow),
                "customer_count": buyer.size,
                "buyer_count": int(buyer.sum()),
                "revenue_total": float(figures["revenue_total"].sum()),
                "pareto_count": int((figures["pareto_class"] == 0).sum()),
            }
        )

    # --- refresh of the customers whose documents changed ---

    @api.model
    def _cron_refresh(self):
        """Score the stale customers of every company; safe to start at any time."""
        stale = self.env["crm.value.stale"]
        groups = stale._read_group([], ["company_id"])
        for (company,) in groups:
            run = self._current(company)
            if not run:
                self._request(company)
                continue
            try:
                with self._company_lock(company) as locked:
                    # A run that works right now starts this cron again when it ends.
                    if locked and not run._refresh_all():
                        self._request(company)
            except Exception:
                # The lock has rolled back: the customers stay stale, the others go on.
                self.env.invalidate_all()
                _logger.exception("Refresh of company %s failed", company.id)

    @api.model
    def _refresh_now(self, company, partners):
        """Score a few customers in this very transaction, and forget their marks.

        Where a run is working, none has been yet, or its scales do not fit, the marks
        stay for the cron. The few that buy for the first time are not counted on the
        run: two users who set something at a time would wait for each other.
        """
        run = self._current(company)
        with self._company_lock(company) as locked:
            if run and locked:
                stale = self.env["crm.value.stale"]
                marks = stale.search(
                    [
                        ("company_id", "=", company.id),
                        ("partner_id", "in", partners.ids),
                    ]
                )
                if run._refresh(partners.ids):
                    stale._forget(marks.ids)

    def _refresh_all(self):
        """Refresh batch by batch until the queue of the company is empty.

        :return: False if the scales no longer fit: what is left is for a full run
        """
        stale = self.env["crm.value.stale"]
        while True:
            seen, customers = stale._seen(self.company_id, BATCH)
            if not seen:
                return True
            flow = self._refresh(customers)
            if not flow:
                return False
            if shift := flow.results["buyer_shift"]:
                self.buyer_shift += shift
            stale._forget(seen)
            if not self.env["ir.cron"]._commit_progress(len(customers)):
                return True

    def _refresh(self, partner_ids):
        """Score some customers with the policy and the scales of this full run.

        :return: the Flow; None, and nothing is scored, if these scales do not fit
        """
        day = self._today(self.company_id)
        scope = self._scope(day, partner_ids=tuple(partner_ids))
        flow = Flow(self, scope, marked=list(partner_ids))
        steps = self.env["crm.value.step"]._all()
        for step in steps:
            step._prepare(flow)
        self._gather(flow)
        if not self._knows_enough(flow):
            return None
        flow.learnt = self.env["crm.value.step"]._recall_all(self)
        self._compute(flow, steps)
        self._store(flow, steps)
        self._decide(flow, steps)
        return flow

    def _knows_enough(self, flow):
        """Return whether this full run knew enough of those who have bought by now.

        Where a share of customers is new to a scale, a percentile read from it is
        wrong by up to that share; the same where customers are gone. Those refreshed
        before are counted on the run as they come and go: counting all anew would take
        the longer, the more customers there are.
        """
        buyers = flow.partners[flow.figures["purchase_count"] > 0].tolist()
        bought = [("company_id", "=", self.company_id.id), ("purchase_count", ">", 0)]
        profiles = self.env["crm.value.profile"]
        held = profiles.search_fetch(
            [*bought, ("partner_id", "in", [*flow.scope.partner_ids])], ["partner_id"]
        )
        before = set(held.partner_id.ids) - set(flow.bad)
        flow.results["buyer_shift"] = len(buyers) - len(before)
        if before == set(buyers):
            return True
        shift = self.buyer_shift + flow.results["buyer_shift"]
        return abs(shift) <= NEW_SHARE * self.buyer_count
