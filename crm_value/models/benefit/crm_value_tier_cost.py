from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL


class CrmValueTier(models.Model):
    """What a tier's benefits cost, by what its members received."""

    _inherit = "crm.value.tier"

    def _yearly_cost(self):
        """Return what the benefits of the last twelve months cost, by id of the tier.

        :return: {tier id: (cost for each unit of revenue, orders)}; the cost is None
            where no order was confirmed in the tier
        """
        found = {row[0]: row[1:] for row in self.env.execute_query(self._cost_query())}
        costs = {}
        for tier in self:
            revenue, orders, granted = found.get(tier.id, (0.0, 0, 0.0))
            costs[tier.id] = (granted / revenue if revenue > 0 else None, orders)
        return costs

    def _cost_query(self):
        """Return the SQL of (tier, revenue, orders, money granted) of the year."""
        for model in ("crm.value.benefit", "sale.order"):
            self.env[model].flush_model()
        today = self.env["crm.value.run"]._today(
            self.company_id[:1] or self.env.company
        )
        return SQL(
            """
            SELECT sold.tier_id, sold.revenue, sold.orders,
                   COALESCE(granted.amount, 0)::float8
              FROM (SELECT value_confirmed_tier_id AS tier_id, COUNT(*) AS orders,
                           SUM(amount_untaxed / NULLIF(currency_rate, 0))::float8
                               AS revenue
                      FROM sale_order
                     WHERE value_confirmed_tier_id = ANY(%(tiers)s)
                       AND state = 'sale'
                       AND date_order >= %(since)s
                  GROUP BY value_confirmed_tier_id) sold
         LEFT JOIN (SELECT tier_id, SUM(amount) AS amount
                      FROM crm_value_benefit
                     WHERE tier_id = ANY(%(tiers)s) AND date >= %(since)s
                  GROUP BY tier_id) granted ON granted.tier_id = sold.tier_id
            """,
            tiers=self.ids,
            since=today - relativedelta(years=1),
        )
