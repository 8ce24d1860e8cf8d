import numpy as np

from odoo import api, models

from ...analytics.credit import trial
from ...const import to_day
from ...fields import KeptJson


class CrmValueFit(models.Model):
    """Try of the credit grade on the company's own invoices, kept with the models."""

    _inherit = "crm.value.fit"

    credit_card = KeptJson(
        string="Credit Grade",
        readonly=True,
        groups="crm_value.group_manager",  # it tells a turnover
        help="How the grade did on the past, and what a usual customer buys a year.",
    )

    @api.model
    def _complete(self):
        """Leave out fits of a time when the grade was not tried."""
        return [*super()._complete(), ("credit_card", "!=", False)]

    @api.model
    def _learn_more(self, scope, day, forecast):
        """Try the grade on what was paid until ``day``."""
        ledger = self.env["crm.value.facts"]._credit_ledger(scope)
        return {
            **super()._learn_more(scope, day, forecast),
            "credit_card": trial.run(ledger, to_day(day)),
        }

    def _credit_rule(self):
        """Return which rule says who pays late; a fit of old did not ask."""
        return (self.credit_card or {}).get("rule", trial.UNTRIED)

    def _credit_typical(self):
        """Return a usual turnover of a year, NaN where none is known."""
        typical = (self.credit_card or {}).get("typical")
        return np.nan if typical is None else typical
