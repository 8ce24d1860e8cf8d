from datetime import date
from math import exp

import numpy as np

from odoo import api, fields, models
from odoo.tools import formatLang

from ... import words
from ...analytics.churn import churn, fitting
from ...const import to_day
from .const import PATTERNS

RECENCY = ("overdue", "recency")  # two features, one reason
SMALL, TINY = 0.1, 0.005  # log odds: of a reason not told, of a rest left out


class CrmValueProfile(models.Model):
    """Churn risk of a customer with its reasons, and the end of a lost one."""

    _inherit = "crm.value.profile"

    ending_id = fields.Many2one(
        "crm.value.ending", string="Churned Relationship", compute="_compute_ending_id"
    )
    ending_pattern = fields.Selection(
        PATTERNS, string="Churn Pattern", compute="_compute_ending_id"
    )
    ending_words = fields.Char(string="How It Ended", compute="_compute_ending_words")
    exit_reason_id = fields.Many2one(
        "crm.value.exit.reason", compute="_compute_ending_id"
    )

    risk = fields.Json(string="Risk in Words", compute="_compute_risk")

    def _compute_ending_id(self):
        endings = self.env["crm.value.ending"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("returned_on", "=", False),
            ],
            order="ended_on, id",
        )
        latest = {(e.company_id, e.partner_id): e for e in endings}
        for profile in self:
            key = (profile.company_id, profile.partner_id)
            ending = latest.get(key, endings.browse())
            profile.ending_id = ending
            profile.ending_pattern = ending.pattern
            profile.exit_reason_id = ending.reason_id

    @api.depends("ending_id")
    @api.depends_context("lang")
    def _compute_ending_words(self):
        for profile in self:
            ending = profile.ending_id
            profile.ending_words = ending._say_ended() if ending else False

    @api.depends_context("lang")
    def _compute_risk(self):
        # What was learnt is closed as a whole; the reasons of a customer are not.
        learnt = {
            run: (run.sudo().fit_id._as_risk(), run.sudo().policy_id._as_rules())
            for run in self.run_id
        }
        for profile in self:
            known = profile.risk_state and profile.run_id
            profile.risk = (
                profile._describe_risk(*learnt[profile.run_id])
                if known
                else profile._describe_no_risk()
            )

    def action_open_ending(self):
        """Open the churned relationship, where the reason can be given."""
        self.ensure_one()
        return self.ending_id._get_records_action(
            name=self.env._("Churned Relationship")
        )

    # --- churn risk ---

    def _describe_no_risk(self):
        said = self._say_no_risk()
        return {"headline": said, "reasons": []} if said else False

    def _describe_risk(self, risk, rules):
        """Return headline, reasons and what they start from as plain data."""
        certain = self.decline_risk is not False
        return {
            "headline": self._say_headline(rules.of(churn.Limits).days),
            "state": self.risk_state,
            "note": " ".join(
                filter(
                    None,
                    (
                        self._say_not_late(),
                        self._say_long_silence(risk, rules),
                        self._say_simple_rule(risk),
                    ),
                )
            ),
            "base": certain and self._say_base(risk),
            "reasons": self._risk_reasons(risk, rules, certain),
        }

    def _say_headline(self, days):
        """The risk: in percent where these have proved right, else its level."""
        days = words.days(self.env, days)
        if self.decline_risk is not False:
            return self.env._(
                "%(percent)s likely not to buy within %(days)s.",
                percent=self._likelihood(self.decline_risk),
                days=days,
            )
        if self.risk_level == "low" and self._is_in_time():
            return self.env._(
                "Low churn risk: its usual time between two purchases is not over yet."
            )
        if self.risk_level == "high":
            return self.env._("High risk of no purchase within %(days)s.", days=days)
        if self.risk_level == "medium":
            return self.env._("Medium risk of no purchase within %(days)s.", days=days)
        return self.env._("Low risk of no purchase within %(days)s.", days=days)

    def _say_base(self, risk):
        base = float(churn.logistic.probability(risk.intercept))
        return self.env._(
            "A customer with average figures: %(percent)s.",
            percent=self._likelihood(base),
        )

    def _say_no_risk(self):
        """Why there is no churn risk to show."""
        if not self.purchase_count or not self.fit_id:
            return False
        stage = self.stage_id.code
        if stage == "lost":
            return self.env._(
                "The customer already counts as lost, so no churn risk is computed."
            )
        return self.env._(
            "Not enough data: predicting churn takes %(count)s customers.",
            count=fitting.MIN_CUSTOMERS,
        )

    def _is_in_time(self):
        """Return whether the customer's own purchase cycle is not over."""
        return self.overdue is not False and self.overdue < 1

    def _say_not_late(self):
        """Why a high probability is no reason to worry: it is usual here."""
        likely = self.decline_risk or 0.0
        return (
            self._is_in_time()
            and likely >= self.policy_id.risk_limit
            and self.env._("Not at risk: its purchase cycle is not over yet.")
        )

    def _say_simple_rule(self, risk):
        if self.decline_risk is False and risk.calibrated:
            return False  # the silence alone is why there is none
        if self.decline_risk is False:
            return self.env._(
                "Percentages of this risk have not proved right on past data yet: its "
                "level tells the order only."
            )
        if risk.rule == churn.SEASONAL:
            return self.env._(
                "Predicted by the purchase model and the season: how busy the days "
                "ahead were a year before."
            )
        if risk.rule in (churn.BUYING, churn.ADJUSTED):
            return self.env._(
                "Predicted by the purchase model alone: nothing has proved better on "
                "past data."
            )
        return False

    def _risk_reasons(self, risk, rules, certain=True):
        """Return the reasons, the strongest first; they add up to the log odds."""
        parts = dict(zip(risk.names, self._risk_parts(risk, rules), strict=True))
        inactivity = [parts.pop(name) for name in RECENCY if name in parts]
        if inactivity:
            parts["inactivity"] = sum(inactivity)
        ranked = sorted(parts.items(), key=lambda part: -abs(part[1]))
        told = [part for part in ranked if abs(part[1]) >= SMALL]
        rest = sum(points for _code, points in ranked[len(told) :])
        if certain:
            rest += self._beyond(risk.intercept + sum(parts.values()))
        if abs(rest) >= TINY:
            told.append(("rest", rest))
        return [
            {
                "code": code,
                "text": self._say_reason(code, points > 0),
                "raises": points > 0,
                "points": points,
                "odds": certain and self._say_odds(points),
            }
            for code, points in told
        ]

    def _beyond(self, odds):
        """Return what the chance of a year adds to the log odds of the reasons.

        Mostly nothing: a part of the year is never surer than the whole of it.
        """
        beyond = float(churn.log_odds(self.decline_risk)) - odds
        return beyond if beyond >= TINY else 0.0

    def _say_odds(self, points):
        factor = formatLang(self.env, exp(points), digits=2)
        return self.env._("odds × %(factor)s", factor=factor)

    def _risk_parts(self, risk, rules):
        """Return what each feature adds to the log odds."""
        columns = {
            name: np.array([self._as_number(self[name])])
            for name in churn.READ
            if name in self._fields
        }
        columns = churn.completed(risk, columns, rules)
        if np.isnan(columns["slow_ticket_count"]).all():
            columns["ticket_count"] = columns["slow_ticket_count"]
        return churn.contributions(risk, columns, rules)[0].tolist()

    @staticmethod
    def _as_number(figure):
        if isinstance(figure, date):
            return float(to_day(figure))
        return np.nan if figure is False else float(figure)

    # --- at a glance ---

    def _signs(self):
        signs = super()._signs()
        for profile in self.filtered("risk_state"):
            signs[profile].append(profile._risk_sign())
        return signs

    def _risk_sign(self):
        level = self._chart_labels("risk_level").get(self.risk_level)
        if self.decline_risk is not False:
            said = self._likelihood(self.decline_risk)
            level = f"{level} · {said}" if level else said
        days = self.policy_id.risk_days
        return self._sign(
            30,
            "risk",
            self.env._("Churn risk"),
            level or self._chart_labels("risk_state")[self.risk_state],
            self._say_headline(days),
            "danger" if self.risk_state == "at_risk" else "",
        )

    @api.model
    def _told_figures(self):
        return [*super()._told_figures(), "risk_level"]
