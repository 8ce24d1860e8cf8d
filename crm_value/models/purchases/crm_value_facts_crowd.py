import numpy as np

from odoo import api, models

from ...analytics.purchases import purchases
from ...analytics.statistics.meanwhile import meanwhile
from ...const import to_day

MONEY = (
    "revenue",
    "revenue_previous",
    "revenue_total",
    "refund_total",
    "return_rate",
    "discount_rate",
    "margin",
    "margin_total",
    "cost_known_share",
    "product_count",
)


class CrmValueFacts(models.AbstractModel):
    """Facts of contacts that stand for many people, such as walk-in customers.

    Their money counts in every total. But they are no person: how often they buy says
    nothing, so nobody's scale, model or forecast knows them, and they have none.
    """

    _inherit = "crm.value.facts"

    @api.model
    def _sources(self):
        return [*super()._sources(), "_gather_crowds"]

    @api.model
    def _split_crowds(self, lines):
        """Return the lines of persons, and those of contacts that are many."""
        crowds = self.env["res.partner"]._value_crowd_ids()
        many = np.isin(lines["partner"], crowds)
        if not many.any():
            return lines, None
        return (
            {name: column[~many] for name, column in lines.items()},
            {name: column[many] for name, column in lines.items()},
        )

    @api.model
    def _gather_crowds(self, scope):
        """Sum up the money of contacts that are many, and nothing else."""
        return scope.coming and meanwhile(_sums, scope)

    @api.model
    def _forget_crowds(self, facts):
        """Return the facts without those of contacts that are many, except money."""
        many = np.isin(facts["partner_id"], self.env["res.partner"]._value_crowd_ids())
        if not many.any():
            return facts
        nothing = {
            **dict.fromkeys(self._counted(), 0),
            **dict.fromkeys(self._unknown(), np.nan),
            **dict.fromkeys(self._unnamed(), -1),
        }
        for name in nothing.keys() & facts.keys() - set(MONEY):
            facts[name] = np.where(many, nothing[name], facts[name])
        return facts


def _sums(scope):
    """Return the money of the contacts of a scope that are many, None without any."""
    crowds = scope.days.crowds
    if not crowds:
        return None
    sums = purchases.money(crowds, to_day(scope.as_of), scope.rules)
    return {"partner": crowds.customers, **{name: sums[name] for name in MONEY}}
