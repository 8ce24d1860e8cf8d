from dataclasses import replace
from datetime import timedelta

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from ...analytics.forecast import fitting, past
from ...analytics.forecast.forecast import Forecast
from ...analytics.forecast.spend import Params
from ...const import to_day
from ...fields import KeptJson
from .const import CONFIDENCES, FORECAST_RULES

ONE_DAY = timedelta(days=1)
MOVED = 0.1  # share of the customers that may come or go before a fit is out of date


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
    customer_count = fields.Integer(aggregator=None, string="Customers", readonly=True)
    repeater_count = fields.Integer(
        aggregator=None, string="Repeat Customers", readonly=True
    )
    parameters = KeptJson(
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
        buyers = occasions.customer[occasions.day <= to_day(day)]
        return np.count_nonzero(np.bincount(buyers))  # np.unique would hash millions

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
        closed = self.sudo()
        return "verdict" in (closed.card or {})  # None without a back-test

    @api.model
    def _learn(self, run, scope, day):
        """Fit the customers' purchases until ``day`` and keep the account of it."""
        before = self._in_force(run, day)
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
        """Return the Forecast whose rule stays unless another wins; None without one.

        It is the one before ``day``. The history of a company is filled in from its
        end: there it is the rule that came to be used, and nothing else of it.
        """
        known = [("company_id", "=", run.company_id.id)]
        if earlier := self.sudo().search([*known, ("as_of", "<", day)], limit=1):
            return earlier._as_forecast()
        known += [("as_of", ">", day), ("rule", "!=", "shrunken")]
        later = self.sudo().search(known, order="as_of, id", limit=1)._as_forecast()
        return later and replace(later, returning=None, weights=None, spending=Params())

    @api.model
    def _learn_more(self, scope, day, forecast):
        """Return the values of what else is learnt from these customers until ``day``.

        :param forecast: what was learnt about buying
        """
        return {}

    def _as_forecast(self):
        """Return the fit as the analytics see it, None if there is none."""
        return Forecast.from_json(self.parameters) if self else None
