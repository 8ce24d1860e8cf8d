from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.tools import SQL, date_utils

from ...analytics.equity import restated
from ...const import to_day
from ..scoring.crm_value_step import placing

FORECAST = "crm.value.step.forecast"


class CrmValueStepEquity(models.AbstractModel):
    """Equity step of a scoring: what the last month end's customers are worth anew.

    The same facts, valued by this run's model and policy. Where that month end is
    stored and the policy is the same, its own facts are read: what was entered late
    is no re-estimation.
    """

    _name = "crm.value.step.equity"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Equity"

    _needs = ("clv",)
    _gives = ("clv_restated",)

    @api.model
    def _fit(self, flow):
        """Note which month end is valued again, and by which version."""
        module = self.env["ir.module.module"].sudo()._get("crm_value")
        day = self._month_end_before(flow.run)
        flow.run.write({"restated_at": day, "release": module.latest_version})

    @api.model
    def _compute(self, flow):
        value = np.full(flow.partners.shape, np.nan)
        # A run from before this was measured says nothing of single customers.
        if flow.learnt.get(FORECAST) and flow.run.restated_at:
            value = self._restated(flow, flow.learnt[FORECAST])
        found = {"clv_restated": value}
        gatherer = self.env["crm.value.facts"]
        return gatherer._rounded(found, flow.company.currency_id)

    @api.model
    def _restated(self, flow, forecast):
        """Return what the customers of the month end before are worth anew."""
        run, rules, day = flow.run, flow.scope.rules, flow.run.restated_at
        then, same = self._run_of(run, day), self._will_be_same(run, day)
        # A month end that is made anew comes after this one.
        old = then & run._outdated(run.company_id) if run.is_past else then.browse()
        if not then and same:
            return np.full(flow.partners.shape, np.nan)  # nothing differs
        if old or not then.restated_at or then.policy_id != run.policy_id:
            facts = self._facts_of_documents(flow, day)
            return restated.values(forecast, facts, rules)
        facts = self._stored_facts(flow, day)
        value = facts.pop("clv")
        if (then.fit_id, then.release) == (run.fit_id, run.release):
            return restated.confirmed(value, forecast, facts, rules)
        return restated.values(forecast, facts, rules)

    @api.model
    def _month_end_before(self, run):
        return date_utils.start_of(run.as_of, "month") - timedelta(days=1)

    @api.model
    def _run_of(self, run, day):
        """Return the run that has stored a month end of a run's company."""
        self.env["crm.value.snapshot"].flush_model()
        # Said as the index of month ends says it: a search reads all of them instead.
        found = self.env.execute_query(
            SQL(
                """
                SELECT run_id FROM crm_value_snapshot
                 WHERE company_id = %s AND date = %s AND month_end
              ORDER BY origin_id LIMIT 1
                """,
                run.company_id.id,
                day,
            )
        )
        return run.browse(one for (one,) in found)

    @api.model
    def _will_be_same(self, run, day):
        """Return whether a month end that is not there yet will be valued alike.

        Its own run, to come, finds this very fit.
        """
        policy = self.env["crm.value.policy"]._published(run.company_id, day)
        return policy == run.policy_id and run.fit_id.as_of == day

    @api.model
    def _facts_of_documents(self, flow, day):
        """Return the facts of a day as the documents tell them today."""
        facts = restated.known_at(flow.scope.days, to_day(day), flow.scope.rules)
        facts = self.env["crm.value.facts"]._rounded(facts, flow.company.currency_id)
        return _placed(facts, flow.place)

    @api.model
    def _stored_facts(self, flow, day):
        """Return the facts, and the value, that a month end has stored."""
        within = flow.scope.within(SQL("origin_id"))
        facts = self.env["crm.value.facts"]._at_month_end(flow.company, day, within)
        return _placed(facts, placing(facts.pop("partner_id"), flow.partners))


def _placed(facts, place):
    """Return columns for the customers of a flow; who was none yet never bought."""
    unknown = dict.fromkeys(facts, np.nan) | {"purchase_count": 0.0}
    return {name: place(column, unknown[name]) for name, column in facts.items()}
