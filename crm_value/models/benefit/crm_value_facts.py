import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk

COLUMNS = {"partner": "int4", "amount": "float8", "hidden": "float8"}


class CrmValueFacts(models.AbstractModel):
    """Gathers the benefits customers received beyond discounts."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather(self, scope):
        """Add the benefits of the window; unknown where the company grants none."""
        facts = super()._gather(scope)
        granted = self._gather_benefits(scope)
        at = np.isin(granted["partner"], facts["partner_id"])
        rows = np.searchsorted(facts["partner_id"], granted["partner"][at])
        facts["benefit_amount"][rows] = granted["amount"][at]
        hidden = np.zeros(facts["partner_id"].size)
        hidden[rows] = granted["hidden"][at]
        known = (facts["revenue"] > 0) & self._grants_benefits(scope)
        share = np.full(hidden.size, np.nan)
        np.divide(hidden, facts["revenue"], out=share, where=known)
        facts["benefit_share"] = np.round(share, 9)
        return facts

    @api.model
    def _gather_benefits(self, scope):
        """Sum up the money granted in the window, all of it and what no discount shows.

        Money that is not known counts as none here; the rows say so.
        """
        self.env["crm.value.benefit"].flush_model()
        query = SQL(
            """
            SELECT benefit.partner_id AS partner,
                   COALESCE(SUM(benefit.amount), 0) AS amount,
                   COALESCE(SUM(benefit.amount - benefit.shown_amount), 0) AS hidden
              FROM crm_value_benefit benefit
             WHERE benefit.company_id = %(company)s
               AND benefit.date <= %(until)s
               AND benefit.date > %(since)s
               AND %(only)s
          GROUP BY benefit.partner_id
            """,
            company=scope.company.id,
            until=scope.until,
            since=scope.window_start,
            only=scope.only(SQL("benefit.partner_id")),
        )
        return bulk.read(self.env.cr, query, COLUMNS)

    @api.model
    def _grants_benefits(self, scope):
        """Return whether the company had granted anything by then."""
        query = SQL(
            "SELECT FROM crm_value_benefit "
            "WHERE company_id = %s AND date <= %s AND amount <> 0 LIMIT 1",
            scope.company.id,
            scope.until,
        )
        return bool(self.env.execute_query(query))
