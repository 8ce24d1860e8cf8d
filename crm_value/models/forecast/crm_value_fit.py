from datetime import timedelta
from math import floor, log10, sqrt

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils, formatLang

from ...analytics.forecast import clv, fitting, past
from ...analytics.forecast.forecast import Forecast
from ...const import to_day
from .const import CONFIDENCES, FORECAST_RULES

ONE_DAY = timedelta(days=1)
MOVED = 0.1  # share of the customers that may come or go before a fit is out of date
SYMBOLS = {"alpha": "α", "beta": "β"}
UNSURE = 1.0  # standard error of a logarithm: the data hardly tell the parameter


class CrmValueFit(models.Model):
    """Forecast model fitted to all customers of a company, with its back-test.

    Runs predict by it: the same fit for a whole month, so that from one night to the
    next a customer's figures change by what the customer does. It learns from the
    documents up to the last month end; asked for by hand, up to the day of the run.
    """

    _name = "crm.value.fit"
    _inherit = ["crm.value.guarded"]
    _description = "Model Card"
    _order = "as_of DESC, id DESC"
    _rec_name = "as_of"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    policy_id = fields.Many2one(
        "crm.value.policy", required=True, readonly=True, ondelete="restrict"
    )
    as_of = fields.Date(
        string="Trained on Data until",
        required=True,
        readonly=True,
        help="Documents after this day were not used.",
    )
    rule = fields.Selection(FORECAST_RULES, string="Prediction Rule", readonly=True)
    confidence = fields.Selection(CONFIDENCES, readonly=True)
    customer_count = fields.Integer(string="Customers", readonly=True)
    repeater_count = fields.Integer(string="Repeat Customers", readonly=True)
    parameters = fields.Json(
        readonly=True,
        groups="crm_value.group_manager",  # they tell margins
    )
    card = fields.Json(
        readonly=True,
        groups="crm_value.group_manager",
        help="The data used and the results of the back-test.",
    )
    run_ids = fields.One2many("crm.value.run", "fit_id", string="Runs", readonly=True)

    _company_idx = models.Index("(company_id, policy_id, as_of DESC, id DESC)")

    @api.depends("as_of", "company_id")
    def _compute_display_name(self):
        for fit in self:
            day = fields.Date.to_string(fit.as_of) if fit.as_of else ""
            fit.display_name = f"{fit.company_id.name} {day}"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.env["crm.value.run"].search_count(
            [("fit_id", "in", self.ids)], limit=1
        ):
            raise UserError(
                self.env._(
                    "Runs use this model for their forecast. It cannot be deleted."
                )
            )

    def action_fit_again(self):
        """Ask for a run that learns again, from all documents up to today."""
        self.ensure_one()
        run = self.env["crm.value.run"]._request(self.company_id)
        run._note({"refit": True, "fit_id": False})
        return run._get_records_action(name=self.env._("Run"))

    @api.model
    def _for_run(self, run, scope):
        """Return the fit that a run predicts by: a usable one, or a new one.

        :param scope: its Scope with the days read
        """
        last_month_end = date_utils.start_of(run.as_of + ONE_DAY, "month") - ONE_DAY
        known = self._known_at(scope, last_month_end)
        day = last_month_end if known >= past.MIN_CUSTOMERS else run.as_of
        if run.refit:  # what it has learnt before it was interrupted stays learnt
            fit = run.fit_id.filtered(lambda fit: fit.policy_id == run.policy_id)
        else:
            fit = self._usable(run, last_month_end, scope)
        return fit or self._learn(run, scope, run.as_of if run.refit else day)

    @api.model
    def _known_at(self, scope, day):
        """Return how many customers had bought by the end of ``day``."""
        occasions = scope.days.occasions()
        return np.unique(occasions.customer[occasions.day <= to_day(day)]).size

    @api.model
    def _usable(self, run, since, scope):
        """Return the latest fit since the last month end that still fits the data."""
        candidates = self.search(
            [
                ("company_id", "=", run.company_id.id),
                ("policy_id", "=", run.policy_id.id),
                ("as_of", ">=", since),
                ("as_of", "<=", run.as_of),
                *self._complete(),
            ]
        )
        return next((f for f in candidates if f._still_fits(run, scope)), self.browse())

    @api.model
    def _complete(self):
        """Return the domain of fits that have all that is learnt today."""
        return []

    def _still_fits(self, run, scope):
        """Return whether about as many customers are known as when this was learnt."""
        if not self._is_current():
            return False
        # Few customers: each new one is news. Many: only what came in between is.
        few = self.customer_count < past.MIN_CUSTOMERS
        known = self._known_at(scope, run.as_of if few else self.as_of)
        return abs(known - self.customer_count) <= MOVED * self.customer_count

    def _is_current(self):
        """Return whether this was learnt as it is learnt today."""
        parameters = self.sudo().parameters or {}
        return self.rule == "shrunken" or bool(parameters.get("returning"))

    @api.model
    def _learn(self, run, scope, day):
        """Fit the customers' purchases until ``day`` and keep the account of it."""
        before = self._in_force(run, day)._as_forecast()
        forecast, card = fitting.fit(scope.days, to_day(day), scope.rules, before)
        return self.create(
            {
                "company_id": run.company_id.id,
                "policy_id": run.policy_id.id,
                "as_of": day,
                "rule": forecast.rule,
                "confidence": CONFIDENCES[forecast.confidence][0],
                "customer_count": card["data"]["customers"],
                "repeater_count": card["data"]["repeaters"],
                "parameters": forecast.to_json(),
                "card": card,
                **self._learn_more(scope, day, forecast),
            }
        )

    @api.model
    def _in_force(self, run, day):
        """Return the latest fit before ``day``: its rule stays unless another wins."""
        earlier = [("company_id", "=", run.company_id.id), ("as_of", "<", day)]
        return self.sudo().search(earlier, limit=1)

    @api.model
    def _learn_more(self, scope, day, forecast):
        """Return the values of what else is learnt from these customers until ``day``.

        :param forecast: what was learnt about buying
        """
        return {}

    def _as_forecast(self):
        """Return the fit as the analytics see it, None if there is none."""
        return Forecast.from_json(self.parameters) if self else None

    # --- parameters under the papers' names, each explained ---

    def _card_parameters(self, officer):
        """Return the blocks of parameters: buying, spend, everybody."""
        found = Forecast.from_json(self.parameters)
        blocks = [self._block_buying(found.buying)] if found.buying else []
        blocks += [self._block_spend(found.spending)]
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
            "note": self._note_of_buying(params),
            "rows": rows,
            "foot": self._likelihood_of(params)
            + [self.env._("%(count)s distinct histories", count=params.groups)],
        }

    def _note_of_buying(self, params):
        if self.rule in clv.MODELS or self.rule == "stacked":
            return self.env._(
                "While active, each customer buys at its own rate; at some point it "
                "churns unobserved. Times are in weeks."
            )
        return self.env._(
            "Not used to predict purchases here: it only estimates how likely each "
            "customer is still active. Times are in weeks."
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
        ]

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
                        "Margin on revenue of all customers; used where a customer has "
                        "none of its own. All rates are cut at −100 % and 100 %."
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
        foot = [self.env._("%(count)s customers", count=params.n)]
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
