from odoo import models
from odoo.tools import formatLang

from ...analytics.forecast import fitting, past
from ...words import whole_money
from .certainty import write


class CrmValueFit(models.Model):
    """Model card in words: which rule is used and why, and its caveats."""

    _inherit = "crm.value.fit"

    # --- the headline ---

    def _say_headline(self):
        """Which rule predicts, and what speaks for it."""
        if self.rule == "shrunken":
            return self.env._(
                "Too few customers for a model (%(count)s, %(needed)s are needed): "
                "each customer's own purchase rate is used, shrunk towards the "
                "overall rate. That one in five leaves after a purchase is assumed, as "
                "far as the purchases do not say otherwise. Where customers leave, every "
                "second total of so few was off by two fifths or more.",
                count=self.customer_count,
                needed=past.MIN_CUSTOMERS,
            )
        rule = self._card_label("rule", self.rule)
        if not self.card["folds"]:
            return self.env._(
                "%(rule)s is used: the history is too short to compare it with other "
                "rules.",
                rule=rule,
            )
        return self._say_rule(rule)

    def _say_rule(self, rule):
        own, naive = self._missed_by(self.rule, "naive")
        facts = {"rule": rule, "own": own, "naive": naive}
        cutoffs = len(self.card["folds"])
        if cutoffs == 1:
            return self.env._(
                "%(rule)s is used: at one cutoff its error per customer was %(own)s "
                "purchases, against %(naive)s for buying as in the period before.",
                **facts,
            )
        return self.env._(
            "%(rule)s is used: over %(cuts)s cutoffs its error per customer was "
            "%(own)s purchases, against %(naive)s for buying as in the period before.",
            cuts=cutoffs,
            **facts,
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
            "Error: the root mean squared error per customer (RMSE). The rule in "
            "force stays unless another one was better in purchases and amounts, by "
            "more than chance."
        )
        more = self._say_other_measure(), self._say_money_measure()
        return " ".join(filter(None, (said, *more)))

    def _say_money_measure(self):
        """What the error in amounts was, beside going on as before, and who tells them.

        Earlier cards have none.
        """
        pooled = {one["rule"]: one.get("money_rmse") for one in self._pooled()}
        own, naive = pooled[self.rule], pooled["naive"]
        if own is None or naive is None:
            return ""
        said = self.env._(
            "In amounts the error per customer was %(own)s, against %(naive)s for the "
            "same revenue as in the period before.",
            **self._amounts_apart(own=own, naive=naive),
        )
        if not self.parameters.get("lately"):
            return said
        going_on = self.env._(
            "Amounts follow the revenue of the last period: that was closer than "
            "purchases times the amount of each, by more than chance."
        )
        return f"{said} {going_on}"

    def _amounts_apart(self, **amounts):
        """Return amounts in words, whole ones where two digits make them the same."""
        said = {n: write(self.env, one, self.currency_id) for n, one in amounts.items()}
        if len(set(said.values())) == len(said):
            return said
        currency = self.currency_id
        return {n: whole_money(self.env, one, currency) for n, one in amounts.items()}

    def _say_other_measure(self):
        """Where the plain mean error favours going on as before, say so."""
        mae = {measure["rule"]: measure["mae"] for measure in self._pooled()}
        if mae[self.rule] <= mae["naive"]:
            return ""
        return self.env._(
            "By the mean error alone, buying as in the period before was closer "
            "(%(naive)s against %(own)s): its usual errors are smaller, its large "
            "ones larger.",
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
                    "Customers to learn from: %(count)s of %(needed)s needed. A model "
                    "would fit chance. Use the figures to rank customers, not to "
                    "plan; a model is tried as soon as there are enough.",
                    needed=past.MIN_CUSTOMERS,
                    **facts,
                ),
            ),
            "low": (
                self.env._("Few customers"),
                self.env._(
                    "%(count)s customers are enough to try a model, but below "
                    "%(enough)s the figures of a single customer remain rough. "
                    "Compare groups of customers rather than single ones.",
                    enough=fitting.ENOUGH,
                    **facts,
                ),
            ),
            "no_backtest": (
                self.env._("Not back-tested"),
                self.env._(
                    "The history is too short to hold out a part of it, so the "
                    "accuracy of the figures is not yet known. Import older "
                    "purchases, or wait some months before planning with them."
                ),
            ),
        }

    def _warnings_of_fit(self):
        return {
            "no_dropout": (
                self.env._("No churn in the data"),
                self.env._(
                    "The purchases show no lasting churn. The probability of staying "
                    "is therefore not known."
                ),
            ),
            "not_converged": (
                self.env._("The parameter search did not converge"),
                self.env._(
                    "The parameters may not be the best ones. Trust the figures only "
                    "as far as the back-test below is good, and retrain when there "
                    "are more purchases."
                ),
            ),
            "correlated": (
                self.env._("Amount depends on frequency"),
                self._say_correlated(),
            ),
        }

    def _say_correlated(self):
        correlation = self.card["correlation"] or 0.0
        facts = {"correlation": formatLang(self.env, correlation, digits=2)}
        if correlation < 0:
            return self.env._(
                "Customers who buy more often spend less each time (correlation "
                "%(correlation)s); the spend model does not account for that. "
                "Lifetime values tend to be too low for rare buyers and too high for "
                "frequent ones.",
                **facts,
            )
        return self.env._(
            "Customers who buy more often spend more each time (correlation "
            "%(correlation)s); the spend model does not account for that. Lifetime "
            "values tend to be too high for rare buyers and too low for frequent ones.",
            **facts,
        )
