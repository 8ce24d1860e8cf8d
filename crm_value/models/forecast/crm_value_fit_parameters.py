from math import floor, log10, sqrt

from odoo import models
from odoo.tools import formatLang

from ... import words
from ...analytics.forecast import clv, fitting
from ...analytics.forecast.forecast import Forecast

SYMBOLS = {"alpha": "α", "beta": "β"}
UNSURE = 1.0  # standard error of a logarithm: the data hardly tell the parameter


class CrmValueFit(models.Model):
    """Model card: the parameters under the papers' names, each explained."""

    _inherit = "crm.value.fit"

    def _card_parameters(self, officer):
        """Return the blocks of parameters: buying, spend, everybody."""
        found = Forecast.from_json(self.parameters)
        blocks = [self._block_buying(found.buying)] if found.buying else []
        spend = self._block_spend(found.spending)
        blocks += [{**spend, "rows": spend["rows"] + self._rows_of_lately(found)}]
        return [*blocks, self._block_everybody(found, officer)]

    # --- how often ---

    def _block_buying(self, params):
        """Return the parameters of the model of buying, with their standard errors."""
        meanings = self._meanings_of_buying(params)
        rows = []
        for at, name in enumerate(clv.NAMES[params.model]):
            number = getattr(params, name)
            spread = sqrt(params.covariance[at][at]) if params.covariance else 0.0
            row = self._plain_row(
                SYMBOLS.get(name, name), self._significant(number), meanings[name]
            )
            rows.append({**row, **self._say_error(number, spread)})
        model = self._card_label("rule", params.model)
        return {
            "code": "buying",
            "title": self.env._("How often, and for how long: %(model)s", model=model),
            "note": self._note_of_buying(),
            "rows": rows,
            "foot": self._likelihood_of(params)
            + [self.env._("Distinct histories: %(count)s", count=params.groups)],
        }

    def _note_of_buying(self):
        return self.env._(
            "While active, each customer buys at its own rate; at some point it "
            "churns unobserved. Times are in weeks."
        )

    def _meanings_of_buying(self, params):
        meanings = {
            "r": self.env._(
                "How similar the customers' purchase rates are: small means very "
                "different, large means similar."
            ),
            "alpha": self.env._(
                "Scale of the rates: r/α = %(rate)s purchases a week, on average, "
                "while a customer.",
                rate=self._significant(params.r / params.alpha),
            ),
        }
        if params.model == "pareto":
            return {**meanings, **self._meanings_of_time(params)}
        return {**meanings, **self._meanings_of_purchase(params)}

    def _meanings_of_time(self, params):
        return {
            "s": self.env._(
                "How similar the customers' churn rates are: small means very "
                "different."
            ),
            "beta": self.env._(
                "Scale of churn: with s and β, %(percent)s have churned within the "
                "first year.",
                percent=self._card_percent(
                    1 - (params.beta / (params.beta + 365 / 7)) ** params.s
                ),
            ),
        }

    def _meanings_of_purchase(self, params):
        share = params.a / (params.a + params.b)
        return {
            "a": self.env._(
                "Churn: a/(a+b) = %(percent)s churn, on average, after a purchase.",
                percent=self._card_percent(share),
            ),
            "b": self.env._(
                "How similar customers are in this: the smaller a + b, the more they "
                "differ."
            ),
        }

    # --- how much ---

    def _block_spend(self, params):
        return {
            "code": "spend",
            "title": self.env._("Amount per purchase: Gamma-Gamma")
            if params.p is not None
            else self.env._(
                "Amount per purchase: the customer's mean and the overall mean"
            ),
            "note": self.env._(
                "Each customer spends around a mean of its own; with few purchases, "
                "it is shrunk towards the overall mean."
            ),
            "rows": self._rows_of_spend(params),
            "foot": self._likelihood_of(params),
        }

    def _rows_of_spend(self, params):
        if params.p is None:
            return self._rows_of_mean(params)
        meanings = {
            "p": self.env._(
                "How even the purchases of one customer are: large means even."
            ),
            "q": self.env._(
                "How similar the customers' means are: large means similar."
            ),
            "v": self.env._(
                "Scale of amounts: p·v/(q−1) = %(mean)s is the mean of all customers.",
                mean=self._card_amount(params.mean),
            ),
        }
        return [
            self._plain_row(name, self._significant(getattr(params, name)), meaning)
            for name, meaning in meanings.items()
        ]

    def _rows_of_mean(self, params):
        known = params.mean == params.mean  # not NaN
        return [
            self._plain_row(
                self.env._("Mean"),
                self._card_amount(params.mean) if known else "",
                self.env._("The average amount of a purchase, over all customers."),
            ),
            self._plain_row(
                self.env._("Weight"),
                self._significant(params.own_weight),
                self.env._(
                    "The overall mean weighs as much as this many of the customer's "
                    "own purchases."
                ),
            ),
            self._plain_row(
                self.env._("First purchase"),
                self._card_percent(params.first),
                self.env._(
                    "How much the first purchase counts beside each later one, by "
                    "what customers spent afterwards."
                ),
            ),
            *self._rows_of_level(params),
        ]

    def _rows_of_level(self, params):
        return [
            self._plain_row(
                self.env._("Level"),
                self._significant(params.level),
                self.env._(
                    "What amounts expected in the last period would have had to be "
                    "multiplied by, within limits; it carries on a trend."
                ),
            ),
            self._plain_row(
                self.env._("Level of young buyers"),
                self._significant(params.level * params.young),
                self.env._(
                    "The same of new customers with two to four purchases; fades into "
                    "the level of all within half a year."
                ),
            ),
        ]

    def _rows_of_lately(self, found):
        """Return the row of the last period's revenue, where it tells amounts."""
        if not found.lately:
            return []
        meaning = self.env._(
            "Of the revenue of the last period, as far as customers buy again; added "
            "to %(share)s of purchases times amount.",
            share=self._card_percent(found.lately.product),
        )
        share = self._card_percent(found.lately.recent)
        return [self._plain_row(self.env._("Last period"), share, meaning)]

    # --- everybody ---

    def _block_everybody(self, found, officer):
        rows = [
            self._row_of_correlation(),
            self._plain_row(
                self.env._("Rate"),
                self._significant(found.rate),
                self.env._("Repeat purchases a week of all customers, on average."),
            ),
            self._plain_row(
                self.env._("Age"),
                formatLang(self.env, found.weeks, digits=0),
                self.env._("Weeks since the first purchase, on average."),
            ),
        ]
        if officer:
            rows.append(
                self._plain_row(
                    self.env._("Margin rate"),
                    self._card_percent(found.margin_rate),
                    self.env._(
                        "Margin on revenue of all customers; that of a single one is "
                        "mixed with it. All rates are cut at -100% and 100%."
                    ),
                )
            )
        return {
            "code": "everybody",
            "title": self.env._("All customers"),
            "note": "",
            "rows": rows,
            "foot": [],
        }

    def _row_of_correlation(self):
        """The model of spend takes frequency and money to be independent."""
        correlation = self.card["correlation"]
        known = correlation is not None
        return {
            **self._plain_row(
                self.env._("Correlation"),
                formatLang(self.env, correlation, digits=2) if known else "",
                self.env._(
                    "Of frequency and amount: the spend model assumes zero; beyond "
                    "±%(limit)s that is too simple.",
                    limit=formatLang(self.env, fitting.CORRELATED, digits=1),
                ),
            ),
            "doubt": self._say_correlated()
            if known and abs(correlation) > fitting.CORRELATED
            else "",
        }

    # --- how they are written ---

    def _plain_row(self, symbol, text, note):
        row = {"symbol": symbol, "text": text, "note": note}
        return {**row, "error": "", "doubt": ""}

    def _likelihood_of(self, params):
        """Return log-likelihood, if there is one, and customers of a fit."""
        foot = [words.customers(self.env, params.n)]
        if params.log_likelihood == params.log_likelihood:  # not NaN
            said = formatLang(self.env, params.log_likelihood, digits=2)
            foot.insert(0, self.env._("Log-likelihood %(number)s", number=said))
        return foot

    def _say_error(self, number, spread):
        """Return ± the standard error: that of the logarithm times the parameter."""
        if not spread:
            return {}
        said = self.env._("± %(error)s", error=self._significant(number * spread))
        doubt = self.env._("The data hardly determine this parameter.")
        return {"error": said, "doubt": doubt if spread > UNSURE else ""}

    def _significant(self, number):
        """Return a number with three digits that count."""
        size = floor(log10(abs(number))) if number else 0
        return formatLang(self.env, number, digits=min(max(2 - size, 0), 6))
