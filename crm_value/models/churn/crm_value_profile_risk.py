from math import exp

import numpy as np

from odoo import api, fields, models
from odoo.tools import formatLang

from ...analytics.churn import churn, fitting

SILENT = ("overdue", "recency")  # two features, one reason
SMALL, TINY = 0.1, 0.005  # log odds: of a reason not told, of a rest left out


class CrmValueProfile(models.Model):
    """How likely the customer is not to buy again in time, and why."""

    _inherit = "crm.value.profile"

    risk = fields.Json(string="Risk in Words", compute="_compute_risk")

    @api.depends_context("lang")
    def _compute_risk(self):
        # What was learnt is closed as a whole; the reasons of a customer are not.
        learnt = {
            run: (run.sudo().fit_id._as_risk(), run.sudo().policy_id._as_rules())
            for run in self.run_id
        }
        for profile in self:
            known = profile.decline_risk is not False and profile.run_id
            profile.risk = (
                profile._describe_risk(*learnt[profile.run_id])
                if known
                else profile._describe_no_risk()
            )

    def _describe_no_risk(self):
        said = self._say_no_risk()
        return {"headline": said, "reasons": []} if said else False

    def _describe_risk(self, risk, rules):
        """Return headline, reasons and what they start from as plain data."""
        base = churn.logistic.probability(risk.intercept)
        return {
            "headline": self.env._(
                "%(percent)s %% likely not to buy within %(days)s days.",
                percent=self._likelihood(self.decline_risk),
                days=rules.of(churn.Limits).days,
            ),
            "state": self.risk_state,
            "note": self._say_simple_rule(risk),
            "base": self.env._(
                "A customer with average figures: %(percent)s %%.",
                percent=self._likelihood(float(base)),
            ),
            "reasons": self._risk_reasons(risk, rules),
        }

    def _say_no_risk(self):
        """Why there is no risk of decline to show."""
        if not self.purchase_count or not self.fit_id:
            return False
        stage = self.stage_id.code
        if stage == "lost":
            return self.env._("Counts as lost, so there is no decline left to expect.")
        return self.env._(
            "Not enough data: it takes %(count)s active customers, some months of "
            "purchases, and %(each)s customers each who left and who stayed to tell "
            "how likely one leaves.",
            count=fitting.MIN_CUSTOMERS,
            each=fitting.MIN_EACH,
        )

    def _say_simple_rule(self, risk):
        if risk.rule == churn.MODEL:
            return False
        return self.env._(
            "Judged by the days since the last purchase alone: no model has proved "
            "better on the past."
        )

    def _risk_reasons(self, risk, rules):
        """Return the reasons, the strongest first; they add up to the log odds."""
        parts = dict(zip(risk.names, self._risk_parts(risk, rules), strict=True))
        silence = [parts.pop(name) for name in SILENT if name in parts]
        if silence:
            parts["silence"] = sum(silence)
        ranked = sorted(parts.items(), key=lambda part: -abs(part[1]))
        told = [part for part in ranked if abs(part[1]) >= SMALL]
        rest = sum(points for _code, points in ranked[len(told) :])
        if abs(rest) >= TINY:
            told.append(("rest", rest))
        return [
            {
                "code": code,
                "text": self._say_reason(code, points > 0),
                "raises": points > 0,
                "points": points,
                "odds": self._say_odds(points),
            }
            for code, points in told
        ]

    def _say_odds(self, points):
        factor = formatLang(self.env, exp(points), digits=2)
        return self.env._("odds × %(factor)s", factor=factor)

    def _risk_parts(self, risk, rules):
        """Return what each feature adds to the log odds."""
        columns = {
            name: np.array([np.nan if self[name] is False else float(self[name])])
            for name in churn.READ
        }
        if np.isnan(columns["slow_ticket_count"]).all():
            columns["ticket_count"] = columns["slow_ticket_count"]
        return churn.contributions(risk, columns, rules)[0].tolist()
