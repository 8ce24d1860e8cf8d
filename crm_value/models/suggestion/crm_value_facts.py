from odoo import api, models
from odoo.tools import SQL

from ... import bulk

PAIRS = {
    "partner": "int4",
    "product": "int4",
    "times": "int4",
    "margin": "float8",
}


class CrmValueFacts(models.AbstractModel):
    """Which customers buy which products, for what they have in common."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_pairs(self, company, today):
        """Return PAIRS of all customers: days of purchase with a margin, and its sum.

        Contacts that stand for many customers, and our own companies, teach nothing.
        """
        query = SQL(
            """
            SELECT partner, product,
                   COUNT(DISTINCT day) FILTER (WHERE margin IS NOT NULL) AS times,
                   COALESCE(SUM(margin), 0) AS margin
              FROM (%s) item WHERE partner <> ALL(%s) GROUP BY 1, 2
            """,
            self._items(company, today, None),
            [
                *self.env["res.partner"]._value_crowd_ids(),
                *company._value_own_partners(),
            ],
        )
        return bulk.read(self.env.cr, query, PAIRS)
