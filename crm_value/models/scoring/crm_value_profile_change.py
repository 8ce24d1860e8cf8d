import numpy as np

from odoo import api, models

from .crm_value_step import Flow


class CrmValueProfile(models.Model):
    """Breakdown of the change of the value score since the last month end.

    The customer is scored again with one circumstance changed at a time, from the
    snapshot to today:

    1. documents that were dated before the month end but entered later (new data),
    2. the day moves on, documents stay (passing time),
    3. documents dated since then count (new data),
    4. the policy in force today (new rules),
    5. the scales of today's run: where the other customers have moved to (others).

    Each step is a difference of two scores, so that the four parts sum to the change
    exactly.
    """

    _inherit = "crm.value.profile"

    @api.readonly
    def get_change(self):
        """Return the explained change of the value score, False without a past.

        :return: dict with ``date``, ``before``, ``after``, ``parts`` (label, points)
        """
        self.ensure_one()
        before = self._previous_snapshots().get(
            (self.company_id.id, self.partner_id.id)
        )
        if not before or before.value_score is False or self.value_score is False:
            return False
        then, now = before.run_id, self.run_id
        # Users read no runs' internals.
        learnt = self.env["crm.value.step"]._recall_all(then.sudo())
        late = self._rescore(then, learnt, before.date, before.date)
        aged = self._rescore(then, learnt, self.as_of, before.date)
        bought = self._rescore(then, learnt, self.as_of, self.as_of)
        ruled = self._rescore(now, learnt, self.as_of, self.as_of)
        return {
            "date": before.date.isoformat(),
            "before": before.value_score,
            "after": self.value_score,
            "parts": [
                {
                    "code": "data",
                    "label": self.env._("New or changed documents"),
                    "points": late - before.value_score + bought - aged,
                },
                {
                    "code": "time",
                    "label": self.env._("Passage of time"),
                    "points": aged - late,
                },
                {
                    "code": "rules",
                    "label": self.env._("New rules"),
                    "points": ruled - bought,
                },
                {
                    "code": "others",
                    "label": self.env._("Changes of other customers"),
                    "points": self.value_score - ruled,
                },
            ],
        }

    def _rescore(self, ruling, learnt, as_of, until):
        """Return this customer's value score under other circumstances.

        Where the customer then had no purchase yet, the score counts as zero.
        """
        run = ruling.sudo()  # the gatherers read documents the user may not
        scope = run._scope(as_of, until=until, partner_ids=(self.partner_id.id,))
        flow = Flow(run, scope, learnt=dict(learnt))
        flow.figures = run.env["crm.value.facts"]._gather(scope)
        if not flow.partners.size:
            return 0.0
        run._compute(flow, run.env["crm.value.step"]._giving("value_score"))
        return float(np.nan_to_num(flow.figures["value_score"][0]))
