import numpy as np
from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.loyalty import loyalty
from ...const import to_day

ANSWER_COLUMNS = {"partner": "int4", "day": "date", "attitude": "float8"}
# What is paid with is no reward.
PAYMENT_PROGRAMS = ["gift_card", "ewallet"]


class CrmValueFacts(models.AbstractModel):
    """Gathers the facts about loyalty: rewards used and attitude surveyed."""

    _inherit = "crm.value.facts"

    @api.model
    def _sources(self):
        return [*super()._sources(), "_gather_rewards"]

    @api.model
    def _attitude_sources(self):
        """Return the methods that read answers about attitude.

        Each takes a Scope and returns ANSWER_COLUMNS, one row per answer: the
        commercial partner, the day, and the attitude from 0 to 100. None is known here;
        a survey adds its own.
        """
        return []

    @api.model
    def _gather(self, scope):
        """Add the attitude of those who are customers."""
        facts = super()._gather(scope)
        partners, attitude, day = self._gather_attitude(scope)
        known = np.isin(partners, facts["partner_id"])
        rows = np.searchsorted(facts["partner_id"], partners[known])
        facts["loyalty_attitude"][rows] = attitude[known]
        facts["attitude_date"][rows] = day[known]
        return facts

    @api.model
    def _gather_attitude(self, scope):
        """Return (partner, attitude, day) of the newest answers of all sources."""
        parts = [getattr(self, name)(scope) for name in self._attitude_sources()]
        answers = {
            name: np.concatenate([part[name] for part in parts] or [[]])
            for name in ANSWER_COLUMNS
        }
        months = relativedelta(months=scope.rules.of(loyalty.Limits).attitude_months)
        return loyalty.latest(answers, to_day(scope.as_of - months))

    @api.model
    def _gather_rewards(self, scope):
        """Count confirmed orders of the value window that had a reward."""
        for model in ("sale.order", "sale.order.line", "loyalty.program"):
            self.env[model].flush_model()
        query = SQL(
            """
            SELECT customer.commercial_partner_id AS partner,
                   COUNT(DISTINCT sale_order.id) AS reward_count
              FROM sale_order
              JOIN res_partner customer ON customer.id = sale_order.partner_id
              JOIN sale_order_line line ON line.order_id = sale_order.id
              JOIN loyalty_reward reward ON reward.id = line.reward_id
              JOIN loyalty_program program ON program.id = reward.program_id
             WHERE sale_order.company_id = %(company)s
               AND sale_order.state = 'sale'
               AND program.program_type <> ALL(%(payments)s)
               AND %(day)s <= %(until)s
               AND %(day)s > %(since)s
               AND %(mine)s AND %(only)s
          GROUP BY customer.commercial_partner_id
            """,
            day=self._order_day(scope),
            company=scope.company.id,
            payments=PAYMENT_PROGRAMS,
            until=scope.until,
            since=scope.window_start,
            mine=scope.of_contacts(SQL("sale_order.partner_id")),
            only=scope.only(SQL("customer.commercial_partner_id")),
        )
        columns = {"partner": "int4", "reward_count": "int4"}
        return bulk.read(self.env.cr, query, columns)
