from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...analytics.churn import churn, fitting
from ...const import from_day, to_day
from ...fields import KeptJson

# The chance that of two customers the one who left was called the likelier to: from
# where on an order is to be relied on, and says more than little [D].
SURE, ROUGH = 0.75, 0.6


class CrmValueFit(models.Model):
    """Churn model fitted to all customers of a company, with its test."""

    _inherit = "crm.value.fit"

    risk_parameters = KeptJson(
        string="Churn Risk",
        readonly=True,
        groups="crm_value.group_manager",
        help="What the churn model found in past purchases.",
    )
    risk_card = fields.Json(
        string="Churn Model",
        readonly=True,
        groups="crm_value.group_manager",
    )

    @api.model
    def _complete(self):
        """Leave out fits of a time when the risk was not asked."""
        return [*super()._complete(), ("risk_parameters", "!=", False)]

    def _still_fits(self, run, scope):
        """Return whether it is a fit of today's kind, too."""
        kind = self.sudo().risk_parameters or {}  # closed as a whole
        return "calibrated" in kind and super()._still_fits(run, scope)

    @api.model
    def _learn_more(self, scope, day, forecast):
        """Learn who does not buy again in time, from the same customers."""
        risk, card = fitting.fit(
            scope.days,
            to_day(day),
            scope.rules,
            forecast,
            self.env["crm.value.facts"]._gather_ticket_days(scope),
            self._gather_measures(scope),
            self._risk_before(scope.company, day),
        )
        return {
            **super()._learn_more(scope, day, forecast),
            "risk_parameters": risk.to_json(),
            "risk_card": card,
        }

    @api.model
    def _risk_before(self, company, day):
        """Return the Risk in force until ``day``."""
        return self.search(
            [("company_id", "=", company.id), ("as_of", "<", day)], limit=1
        )._as_risk()

    @api.model
    def _gather_measures(self, scope):
        """Return the function from a past day to more figures of its customers."""
        return lambda _day: {}

    def _as_risk(self):
        """Return what was learnt about who leaves; an earlier fit did not ask."""
        learnt = self and self.risk_parameters
        return churn.Risk.from_json(learnt) if learnt else churn.Risk()

    @api.readonly
    def get_card(self):
        """Add the account of the risk to the card."""
        card = super().get_card()
        # Closed as a whole, for it tells margins; this part of it tells none.
        return card and {**card, "risk": self.sudo()._card_risk()}

    def _card_risk(self):
        """Return the section as plain data, False where nothing was asked."""
        account = self.risk_card
        if not account:
            return False
        risk = self._as_risk()
        return {
            "rule": risk.rule,
            "headline": self._say_risk_rule(account, risk),
            "data": self._say_risk_data(account),
            "doubt": self._say_risk_doubt(risk),
            "test": account["test"] and self._card_risk_test(account["test"], risk),
            "features": self._card_risk_features(risk),
            "base": self._say_risk_base(risk),
        }

    # --- what an owner may rely on ---

    def _conclusions(self):
        return [*super()._conclusions(), self._conclude_risk()]

    def _conclude_risk(self):
        """Say whether who was called the likelier to leave left indeed."""
        test = (self.risk_card or {}).get("test")
        found = test and test["rules"].get(self._as_risk().rule, {}).get("auc")
        if not found:
            return ""
        if found >= SURE:
            return self.env._("Who is the likelier to leave: reliable.")
        if found >= ROUGH:
            return self.env._("Who is the likelier to leave: roughly right.")
        return self.env._("Who is the likelier to leave: hardly better than a guess.")

    # --- which rule ---

    def _say_risk_rule(self, account, risk):
        """Which rule is in force and why."""
        facts = {"days": account["length"], "rule": self._risk_label(risk.rule)}
        if account["why"] == "few":
            return self.env._(
                "Not enough data to predict who will not buy within %(days)s days: at "
                "least %(count)s customers are needed. No risk is shown.",
                count=fitting.MIN_CUSTOMERS,
                **facts,
            )
        if account["why"] == "untested":
            return self.env._(
                "No purchase within %(days)s days is predicted by: %(rule)s. The "
                "history is too short to test it.",
                **facts,
            )
        if account["why"] == "better":
            return self.env._(
                "No purchase within %(days)s days is predicted by: %(rule)s. On past "
                "data it was better than what was used before, beyond chance.",
                **facts,
            )
        return self.env._(
            "No purchase within %(days)s days is predicted by: %(rule)s. No other rule "
            "was better on past data beyond chance.",
            **facts,
        )

    def _say_risk_data(self, account):
        if account["rate"] is None:
            return ""
        return self.env._(
            "Trained on %(days)s past dates, %(first)s to %(last)s, with %(count)s "
            "active customers in total, each date counted separately. Of these, "
            "%(percent)s did not buy again in time.",
            days=len(account["days"]),
            first=format_date(self.env, from_day(account["days"][-1])),
            last=format_date(self.env, from_day(account["days"][0])),
            count=formatLang(self.env, sum(account["customers"]), digits=0),
            percent=self._card_percent(account["rate"]),
        )

    # --- the test on the past ---

    def _card_risk_test(self, test, risk):
        """Return how all rules did at the days held out."""
        chosen = test["rules"].get(risk.rule, {"tenths": []})
        return {
            "sentence": self._say_risk_test(test),
            "rules": [
                {
                    "rule": rule,
                    "label": self._risk_label(rule),
                    "chosen": rule == risk.rule,
                    **{
                        name: self._risk_measure(found.get(name))
                        for name in ("auc", "brier", "log")
                    },
                }
                for rule in churn.RULES
                if (found := test["rules"].get(rule))
            ],
            "tenths": [
                {
                    "customers": part["customers"],
                    "predicted": self._card_percent(part["predicted"]),
                    "actual": self._card_percent(part["actual"]),
                }
                for part in chosen["tenths"]
            ],
        }

    def _risk_measure(self, number):
        """Return a measure in words; earlier cards lack some."""
        return "" if number is None else formatLang(self.env, number, digits=3)

    def _say_risk_test(self, test):
        days = test.get("days", [test["day"]])  # earlier cards held one day out
        return self.env._(
            "Tested on %(days)s past dates, %(first)s to %(last)s, each predicted "
            "by what the other dates teach: %(count)s active customers, each date "
            "counted separately, of whom %(left)s did not buy in time.",
            days=len(days),
            first=format_date(self.env, from_day(days[-1])),
            last=format_date(self.env, from_day(days[0])),
            count=formatLang(self.env, test["customers"], digits=0),
            left=formatLang(self.env, test["left"], digits=0),
        )

    def _risk_label(self, rule):
        return {
            churn.MODEL: self.env._("Model (logistic regression)"),
            churn.BUYING: self.env._("P(no purchase) of the forecast"),
            churn.SEASONAL: self.env._("P(no purchase), by the season ahead"),
            churn.ADJUSTED: self.env._("P(no purchase), corrected by past dates"),
            churn.COUNT: self.env._("Number of purchases"),
            churn.RECENCY: self.env._("Days since the last purchase"),
        }.get(rule, "")

    def _say_risk_doubt(self, risk):
        """Where the probabilities have not proved right, say so."""
        if risk.rule == churn.NONE or risk.calibrated:
            return ""
        return self.env._(
            "For the order only: the probabilities have not proved right on past data, "
            "or there is too little of it. Screens show the risk as high, medium or "
            "low, without percent, and no value at risk that would be made of it."
        )

    # --- the coefficients ---

    def _say_risk_base(self, risk):
        if risk.rule == churn.NONE or risk.rule in fitting.AS_SAID:
            return ""
        chance = float(churn.logistic.probability(risk.intercept))
        return self.env._(
            "A customer with average figures: %(percent)s. Each figure changes the "
            "log-odds by its coefficient for every standard deviation from the "
            "average.",
            percent=self._card_percent(chance),
        )

    def _card_risk_features(self, risk):
        """Return the coefficients in words, the strongest first."""
        if risk.rule in fitting.AS_SAID:
            return []  # it is taken as it is
        labels = self._risk_features()
        pairs = zip(risk.names, risk.coefficients, strict=True)
        rows = sorted(pairs, key=lambda pair: -abs(pair[1]))
        return [
            {
                "code": name,
                "label": labels[name],
                "coefficient": formatLang(self.env, coefficient, digits=3),
            }
            for name, coefficient in rows
        ]

    def _risk_features(self):
        return {
            "none": self.env._("Probability of no purchase, by the purchase model"),
            "foretold": self.env._("Probability of no purchase, by the forecast"),
            "seasonal": self.env._(
                "Probability of no purchase, by the forecast and the season ahead"
            ),
            "overdue": self.env._(
                "Overdue ratio: days since the last purchase in purchase cycles"
            ),
            "season": self.env._("Overdue ratio, adjusted for the season"),
            "category": self.env._("A regular category is no longer bought"),
            "trend": self.env._("Revenue of the window has shrunk"),
            "gone": self.env._("Probability of having churned, by the purchase model"),
            "recency": self.env._("Days since the last purchase"),
            "few": self.env._("Few purchases so far"),
            "rhythm": self.env._("Long purchase cycle"),
            "tickets": self.env._("Tickets in the value window"),
            "slow": self.env._("Tickets that took more than a week"),
            "satisfaction": self.env._("Low satisfaction in surveys"),
        }
