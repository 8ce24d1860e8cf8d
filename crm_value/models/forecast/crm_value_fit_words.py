from odoo import models
from odoo.tools import format_date, formatLang

from ...analytics.forecast import backtest, calibration, clv, fitting, prediction
from ...const import from_day


class CrmValueFit(models.Model):
    """The model card in words: which rule predicts and why, what to be warned of."""

    _inherit = "crm.value.fit"

    # --- the headline ---

    def _say_headline(self):
        """Which rule predicts, and what speaks for it."""
        if self.rule == "shrunken":
            return self.env._(
                "Too few customers for a model (%(count)s, %(needed)s are needed): "
                "each customer's own rate, drawn towards everybody's.",
                count=self.customer_count,
                needed=backtest.MIN_CUSTOMERS,
            )
        rule = self._card_label("rule", self.rule)
        if not self.card["folds"]:
            return self.env._(
                "%(rule)s predicts: the past is too short to compare it with other "
                "rules.",
                rule=rule,
            )
        if self.rule in clv.MODELS:
            return self._say_model_wins(rule)
        return self._say_no_model_wins(rule)

    def _say_model_wins(self, rule):
        own, naive = self._missed_by(self.rule, "naive")
        facts = {"rule": rule, "own": own, "naive": naive}
        cuts = len(self.card["folds"])
        if cuts == 1:
            return self.env._(
                "%(rule)s predicts: at one cut of the past it missed a customer by "
                "%(own)s purchases, going on as before by %(naive)s.",
                **facts,
            )
        return self.env._(
            "%(rule)s predicts: over %(cuts)s cuts of the past it missed a customer by "
            "%(own)s purchases, going on as before by %(naive)s.",
            cuts=cuts,
            **facts,
        )

    def _say_no_model_wins(self, rule):
        pooled = {measure["rule"]: measure["rmse"] for measure in self._pooled()}
        best = min(clv.MODELS, key=pooled.get)
        own, model = self._missed_by(self.rule, best)
        return self.env._(
            "%(rule)s: this predicts, for no model was better on the past. It missed a "
            "customer by %(own)s purchases, the best model (%(model)s) by %(other)s.",
            rule=rule,
            own=own,
            model=self._card_label("rule", best),
            other=model,
        )

    def _missed_by(self, *rules):
        """Return the pooled errors of two rules, with the digits that tell them apart.

        By the measure that the rule was chosen by: another one may favour another rule.
        """
        pooled = {measure["rule"]: measure["rmse"] for measure in self._pooled()}
        for digits in (1, 2, 3):
            texts = [formatLang(self.env, pooled[r], digits=digits) for r in rules]
            if len(set(texts)) == len(texts):
                break
        return texts

    def _say_measure(self):
        """What "missed by" means; nothing without a back-test."""
        if not self.card["folds"]:
            return ""
        said = self.env._(
            "Missed by: the root of the mean squared error per customer (RMSE). The "
            "rule with the smallest one over all cuts predicts."
        )
        return " ".join(filter(None, (said, self._say_other_measure())))

    def _say_other_measure(self):
        """Where the plain mean error favours going on as before, say so."""
        mae = {measure["rule"]: measure["mae"] for measure in self._pooled()}
        if mae[self.rule] <= mae["naive"]:
            return ""
        return self.env._(
            "By the mean error alone, going on as before was closer (%(naive)s against "
            "%(own)s): its usual miss is smaller, its large ones are larger.",
            naive=formatLang(self.env, mae["naive"], digits=2),
            own=formatLang(self.env, mae[self.rule], digits=2),
        )

    # --- warnings ---

    def _card_warnings(self):
        """Return title and text of each warning, in the order of the card."""
        texts = {**self._warnings_of_data(), **self._warnings_of_fit()}
        texts.update(self._warnings_of_backtest())
        return [
            {"code": code, "title": texts[code][0], "text": texts[code][1]}
            for code in self.card["warnings"]
            if code in texts
        ]

    def _warnings_of_data(self):
        facts = {"count": self.customer_count}
        return {
            "few": (
                self.env._("Too few customers"),
                self.env._(
                    "From %(count)s customers instead of %(needed)s a model would "
                    "learn chance. Use the figures to put customers in order, not to "
                    "plan; a model is tried as soon as there are enough.",
                    needed=backtest.MIN_CUSTOMERS,
                    **facts,
                ),
            ),
            "low": (
                self.env._("Few customers"),
                self.env._(
                    "%(count)s customers are enough to try a model, but below "
                    "%(enough)s the figures of a single customer stay rough. Compare "
                    "groups of customers rather than single ones.",
                    enough=fitting.ENOUGH,
                    **facts,
                ),
            ),
            "no_backtest": (
                self.env._("Not checked on the past"),
                self.env._(
                    "The past is too short to hold a part of it back, so nobody knows "
                    "yet how far the figures are off. Import older purchases, or wait "
                    "some months before planning with them."
                ),
            ),
            "no_spend_model": (
                self.env._("No model of spend"),
                self.env._(
                    "Too few customers came back, or what they spend is too alike or "
                    "too unlike for the model. Money per purchase is the customer's "
                    "own mean, drawn towards everybody's."
                ),
            ),
        }

    def _warnings_of_fit(self):
        return {
            "naive_wins": (
                self.env._("No model was better"),
                self.env._(
                    "A simple rule predicted the past at least as well as the models. "
                    "It goes on from what each customer did; a model only tells how "
                    "likely somebody still is a customer."
                ),
            ),
            "no_dropout": (
                self.env._("Nobody can be seen to leave"),
                self.env._(
                    "The purchases do not show that customers leave for good. How "
                    "likely one is to stay is not known; who has not bought for "
                    "%(days)s days counts as lost.",
                    days=prediction.LONG_SILENT,
                ),
            ),
            "not_converged": (
                self.env._("The search for parameters did not end"),
                self.env._(
                    "The parameters may not be the best ones. Trust the figures as far "
                    "as the back-test below is good, and learn again when more "
                    "purchases are there."
                ),
            ),
            "correlated": (
                self.env._("Money depends on frequency"),
                self._say_correlated(),
            ),
        }

    def _say_correlated(self):
        correlation = self.card["correlation"] or 0.0
        facts = {"correlation": formatLang(self.env, correlation, digits=2)}
        if correlation < 0:
            return self.env._(
                "Who buys more often spends less each time (correlation "
                "%(correlation)s); the model of spend knows nothing of that. Lifetime "
                "values are rather too low for rare buyers and too high for frequent "
                "ones.",
                **facts,
            )
        return self.env._(
            "Who buys more often spends more each time (correlation %(correlation)s); "
            "the model of spend knows nothing of that. Lifetime values are rather too "
            "high for rare buyers and too low for frequent ones.",
            **facts,
        )

    def _warnings_of_backtest(self):
        if not self.card["folds"]:
            return {}
        return {
            "off": (
                self.env._("The total was off"),
                self._say_off(self.card["folds"][0]),
            ),
            "interval": (
                self.env._("Intervals do not hold what they say"),
                self._say_interval(self.card["folds"][0]),
            ),
        }

    def _say_off(self, fold):
        """By how much all purchases were missed in the latest cut, and how to read it.

        A total of nothing at all has no percentage.
        """
        measure = next(m for m in fold["rules"] if m["rule"] == self.rule)
        bias = measure["bias"] or 0.0
        facts = {
            "percent": self._card_percent(abs(bias)),
            "predicted": formatLang(self.env, measure["predicted"], digits=0),
            "actual": formatLang(self.env, measure["actual"], digits=0),
            "date": format_date(self.env, from_day(fold["day"])),
            "days": fold["length"],
        }
        if bias > 0:
            return self.env._(
                "In the %(days)s days after %(date)s, %(predicted)s purchases were "
                "predicted and %(actual)s came: %(percent)s too many. The forecast "
                "knows no season, campaign or trend. Sums over all customers may be "
                "as far off; the order of the customers is not touched by that.",
                **facts,
            )
        return self.env._(
            "In the %(days)s days after %(date)s, %(predicted)s purchases were "
            "predicted and %(actual)s came: %(percent)s too few. The forecast knows no "
            "season, campaign or trend. Sums over all customers may be as far off; the "
            "order of the customers is not touched by that.",
            **facts,
        )

    def _say_interval(self, fold):
        facts = {
            "inside": self._card_percent(fold["inside"]),
            "target": self._card_percent(calibration.TARGET),
        }
        if fold["inside"] < calibration.TARGET:
            return self.env._(
                "In the latest cut %(inside)s of customers ended inside their "
                "interval, %(target)s were meant to. Take the intervals as narrower "
                "than they should be.",
                **facts,
            )
        return self.env._(
            "In the latest cut %(inside)s of customers ended inside their interval, "
            "%(target)s were meant to. Take the intervals as wider than they need to "
            "be.",
            **facts,
        )
