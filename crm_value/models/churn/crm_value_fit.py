from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...analytics.churn import churn, fitting
from ...const import from_day, to_day


class CrmValueFit(models.Model):
    """What was learnt about who does not buy again in time, and how good it is."""

    _inherit = "crm.value.fit"

    risk_parameters = fields.Json(
        string="Churn Risk",
        readonly=True,
        groups="crm_value.group_manager",
        help="What was learnt about who does not buy again in time.",
    )
    risk_card = fields.Json(
        string="Account of the Risk",
        readonly=True,
        groups="crm_value.group_manager",
    )

    @api.model
    def _complete(self):
        """Leave out fits of a time when the risk was not asked."""
        return [*super()._complete(), ("risk_parameters", "!=", False)]

    @api.model
    def _learn_more(self, scope, day, forecast):
        """Learn who does not buy again in time, from the same customers."""
        risk, card = fitting.fit(
            scope.days,
            to_day(day),
            scope.rules,
            forecast.buying,
            self.env["crm.value.facts"]._gather_ticket_days(scope),
            self._gather_measures(scope),
        )
        return {
            **super()._learn_more(scope, day, forecast),
            "risk_parameters": risk.to_json(),
            "risk_card": card,
        }

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
            "headline": self._say_risk_rule(account),
            "data": self._say_risk_data(account),
            "test": account["test"] and self._card_risk_test(account["test"], risk),
            "features": self._card_risk_features(risk),
            "base": self._say_risk_base(risk),
        }

    # --- which rule ---

    def _say_risk_rule(self, account):
        """Which rule is in force and why."""
        facts = {"days": account["length"]}
        texts = {
            "few": self.env._(
                "Not enough data to tell who does not buy within %(days)s days: it "
                "takes %(count)s active customers at one past day, and %(each)s "
                "customers each who left and who stayed. No risk is shown.",
                count=fitting.MIN_CUSTOMERS,
                each=fitting.MIN_EACH,
                **facts,
            ),
            "untested": self.env._(
                "The days since the last purchase alone say who does not buy within "
                "%(days)s days: the past is too short to try a model.",
                **facts,
            ),
            "few_for_model": self.env._(
                "The days since the last purchase alone say who does not buy within "
                "%(days)s days: too few customers left, or stayed, for a model.",
                **facts,
            ),
            "not_better": self.env._(
                "The days since the last purchase alone say who does not buy within "
                "%(days)s days: the model did not put the customers of the past into "
                "a better order, so it is not used.",
                **facts,
            ),
            "better": self.env._(
                "A model says who does not buy within %(days)s days: on the past it "
                "put the customers into a better order than the days since the last "
                "purchase.",
                **facts,
            ),
        }
        return texts[account["why"]]

    def _say_risk_data(self, account):
        if account["rate"] is None:
            return ""
        return self.env._(
            "Learnt from %(days)s past days, %(first)s to %(last)s, with %(count)s "
            "active customers in all, each day counted by itself. Of these, "
            "%(percent)s did not buy again in time.",
            days=len(account["days"]),
            first=format_date(self.env, from_day(account["days"][-1])),
            last=format_date(self.env, from_day(account["days"][0])),
            count=formatLang(self.env, sum(account["customers"]), digits=0),
            percent=self._card_percent(account["rate"]),
        )

    # --- the test on the past ---

    def _card_risk_test(self, test, risk):
        """Return how both rules did at the day held out."""
        chosen = test["rules"].get(risk.rule)
        return {
            "sentence": self.env._(
                "Tried on %(date)s, with what was learnt from earlier days only: "
                "%(count)s active customers, %(left)s of them did not buy in time.",
                date=format_date(self.env, from_day(test["day"])),
                count=formatLang(self.env, test["customers"], digits=0),
                left=formatLang(self.env, test["left"], digits=0),
            ),
            "rules": [
                {
                    "rule": rule,
                    "label": self._risk_label(rule),
                    "chosen": rule == risk.rule,
                    "auc": formatLang(self.env, found["auc"], digits=3),
                    "brier": formatLang(self.env, found["brier"], digits=3),
                }
                for rule, found in sorted(test["rules"].items())
            ],
            "doubt": self._say_risk_doubt(test, risk),
            "tenths": [
                {
                    "customers": part["customers"],
                    "predicted": self._card_percent(part["predicted"]),
                    "actual": self._card_percent(part["actual"]),
                }
                for part in chosen["tenths"]
            ],
        }

    def _risk_label(self, rule):
        if rule == churn.MODEL:
            return self.env._("Model (logistic regression)")
        return self.env._("Days since the last purchase")

    def _say_risk_doubt(self, test, risk):
        """Where the order is better but the probabilities are not, say so."""
        found = test["rules"]
        if risk.rule != churn.MODEL:
            return ""
        if found[churn.MODEL]["brier"] <= found[churn.SILENCE]["brier"]:
            return ""
        return self.env._(
            "The model's probabilities themselves were further off than those of the "
            "simple rule (Brier score). Use them to put customers in order rather than "
            "to count on."
        )

    # --- the coefficients ---

    def _say_risk_base(self, risk):
        if risk.rule == churn.NONE:
            return ""
        chance = float(churn.logistic.probability(risk.intercept))
        return self.env._(
            "A customer with average figures: %(percent)s. Each figure moves the odds "
            "by its coefficient, for each standard deviation it is away from the "
            "average.",
            percent=self._card_percent(chance),
        )

    def _card_risk_features(self, risk):
        """Return the coefficients in words, the strongest first."""
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
            "overdue": self.env._("Silence in units of the customer's own rhythm"),
            "season": self.env._("The same, by how busy this season was a year before"),
            "category": self.env._("A usual category is not bought any more"),
            "trend": self.env._("Revenue of the window has shrunk"),
            "gone": self.env._("Likely to have left, by the model of buying"),
            "recency": self.env._("Days since the last purchase"),
            "few": self.env._("Few purchases so far"),
            "rhythm": self.env._("Much time usually lies between two purchases"),
            "tickets": self.env._("Tickets in the value window"),
            "slow": self.env._("Tickets that took more than a week"),
            "satisfaction": self.env._("Not satisfied, by its answers in surveys"),
        }
