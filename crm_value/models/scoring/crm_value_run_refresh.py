import logging

from odoo import api, models

from .crm_value_step import Flow

_logger = logging.getLogger(__name__)

BATCH = 1000


class CrmValueRun(models.Model):
    """Refresh of the customers whose documents changed."""

    _inherit = "crm.value.run"

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
                    if locked:
                        run._refresh_all()
            except Exception:
                # The lock has rolled back: the customers stay stale, the others go on.
                self.env.invalidate_all()
                _logger.exception("Refresh of company %s failed", company.id)

    @api.model
    def _refresh_now(self, company, partners):
        """Score a few customers in this very transaction, and forget their marks.

        Where a run is working, or none has been yet, the marks stay for the cron.
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
                run._refresh(partners.ids)
                stale._forget(marks.ids)

    def _refresh_all(self):
        """Refresh batch by batch until the queue of the company is empty."""
        stale = self.env["crm.value.stale"]
        while True:
            seen, customers = stale._seen(self.company_id, BATCH)
            if not seen:
                return
            self._refresh(customers)
            stale._forget(seen)
            if not self.env["ir.cron"]._commit_progress(len(customers)):
                return

    def _refresh(self, partner_ids):
        """Score some customers with the policy and the scales of this full run."""
        day = self._today(self.company_id)
        flow = Flow(self, self._scope(day, partner_ids=tuple(partner_ids)))
        steps = self.env["crm.value.step"]._all()
        for step in steps:
            step._prepare(flow)
        self._gather(flow)
        flow.learnt = self.env["crm.value.step"]._recall_all(self)
        self._compute(flow, steps)
        self._decide(flow, steps, self._store(flow, steps))
