from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...analytics.churn import churn, fitting
from ...const import from_day, to_day


class CrmValueFit(models.Model):
    """Churn model fitted to all customers of a company, with its test."""

    _inherit = "crm.value.fit"

    risk_parameters = fields.Json(
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
                "Not enough data to predict who will not buy within %(days)s days: at "
                "least %(count)s active customers on one past date are needed, with "
                "at least %(each)s who churned and as many who stayed. No risk is "
                "shown.",
                count=fitting.MIN_CUSTOMERS,
                each=fitting.MIN_EACH,
                **facts,
            ),
            "untested": self.env._(
                "Churn within %(days)s days is predicted by recency alone (days since "
                "the last purchase): the history is too short to test a model.",
                **facts,
            ),
            "few_for_model": self.env._(
                "Churn within %(days)s days is predicted by recency alone (days since "
                "the last purchase): too few customers churned, or stayed, for a "
                "model.",
                **facts,
            ),
            "not_better": self.env._(
                "Churn within %(days)s days is predicted by recency alone (days since "
                "the last purchase): the model did not rank customers better on past "
                "data, so it is not used.",
                **facts,
            ),
            "better": self.env._(
                "Churn within %(days)s days is predicted by a model: on past data it "
                "ranked customers better than recency (days since the last purchase).",
                **facts,
            ),
        }
        return texts[account["why"]]

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
        """Return how both rules did at the day held out."""
        chosen = test["rules"].get(risk.rule)
        return {
            "sentence": self.env._(
                "Tested on %(date)s, trained on earlier dates only: %(count)s active "
                "customers, of whom %(left)s did not buy in time.",
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
        if found[churn.MODEL]["brier"] <= found[churn.RECENCY]["brier"]:
            return ""
        return self.env._(
            "The model's probabilities themselves were less accurate than those of "
            "the simple rule (Brier score). Use them to rank customers rather than as "
            "exact probabilities."
        )

    # --- the coefficients ---

    def _say_risk_base(self, risk):
        if risk.rule == churn.NONE:
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
