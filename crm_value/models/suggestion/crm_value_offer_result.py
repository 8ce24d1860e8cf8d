from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.suggestion import outcomes
from .const import ADDED, IGNORED, OPEN, WINDOW_DAYS

AT_ONCE = 1000  # customers
ASKED = {"offer": "int4", "partner": "int4", "product": "int4"}
ASKED |= {"day": "date", "until": "date"}
FOUND = {"offer": "int4", "revenue": "float8", "margin": "float8", "bought": "int4"}
LINES = ("partner", "product", "day")


class CrmValueOffer(models.Model):
    """Finds out what became of suggestions: kept, ignored, bought, and for how much.

    What is bought counts as the policy counts purchases, on the invoice or the order,
    less what came back, with the policy's margin where a cost is not known. It counts
    once: for the last suggestion of the product before it.
    """

    _inherit = "crm.value.offer"

    @api.model
    def _settle(self, company):
        """Bring the suggestions of a company up to date."""
        today = self.env["crm.value.run"]._today(company)
        over = today - timedelta(days=WINDOW_DAYS)
        self.flush_model()
        self.env["sale.order"].flush_model(["state"])
        self.env["sale.order.line"].flush_model(["product_id", "product_uom_qty"])
        for statement in (KEPT, IGNORE):
            self.env.cr.execute(
                SQL(
                    statement,
                    company=company.id,
                    added=ADDED,
                    open=OPEN,
                    ignored=IGNORED,
                    over=over,
                )
            )
        run = self.env["crm.value.run"]._current(company)
        if run:
            self._settle_bought(run, today, over)
        self.invalidate_model()

    @api.model
    def _settle_bought(self, run, today, over):
        """Add up what was bought of those whose time is over."""
        query = SQL(
            """
            SELECT id AS offer, partner_id AS partner, product_id AS product,
                   date AS day, LEAST(date + %(window)s, next - 1) AS until
              FROM (SELECT id, partner_id, product_id, date, is_settled,
                           LEAD(date) OVER (PARTITION BY partner_id, product_id
                                            ORDER BY date, id) AS next
                      FROM crm_value_offer WHERE company_id = %(company)s) offer
             WHERE is_settled IS NOT TRUE AND date < %(over)s
            """,
            window=WINDOW_DAYS,
            company=run.company_id.id,
            over=over,
        )
        asked = bulk.read(self.env.cr, query, ASKED)
        customers = np.unique(asked["partner"])
        for at in range(0, customers.size, AT_ONCE):
            some = customers[at : at + AT_ONCE]
            rows = np.isin(asked["partner"], some)
            scope = run._scope(today, partner_ids=tuple(some.tolist()))
            self._store_bought(
                scope, {name: column[rows] for name, column in asked.items()}
            )

    @api.model
    def _store_bought(self, scope, asked):
        """Store what was bought of some suggestions."""
        facts = self.env["crm.value.facts"]
        lines = getattr(facts, facts._line_sources(scope.basis)[0])(scope)
        unknown = lines["amount"] - lines["costed"]
        margin = lines["costed"] - lines["cost"]
        margin += unknown * scope.rules.default_margin_rate
        sums = {"revenue": lines["amount"], "margin": margin}
        sums["bought"] = (lines["bought"] > 0).astype(float)
        found = outcomes.within(
            asked, {**{name: lines[name] for name in LINES}, **sums}
        )
        digits = scope.company.currency_id.decimal_places
        found = {name: np.round(column, digits) for name, column in found.items()}
        bulk.stage(
            self.env.cr,
            "crm_value_offer_incoming",
            {"offer": asked["offer"], **found},
            FOUND,
        )
        self.env.cr.execute(SQL(BOUGHT))


KEPT = """
    UPDATE crm_value_offer offer SET is_kept = EXISTS (
               SELECT FROM sale_order_line line
                 JOIN sale_order ON sale_order.id = line.order_id
                WHERE line.order_id = offer.order_id AND sale_order.state = 'sale'
                  AND line.product_id = offer.product_id AND line.product_uom_qty > 0)
     WHERE company_id = %(company)s AND outcome = %(added)s AND is_settled IS NOT TRUE
"""
IGNORE = """
    UPDATE crm_value_offer offer SET outcome = %(ignored)s
     WHERE company_id = %(company)s AND outcome = %(open)s AND is_held_out IS NOT TRUE
       AND (date < %(over)s OR EXISTS (
           SELECT FROM sale_order
            WHERE sale_order.id = offer.order_id
              AND sale_order.state IN ('sale', 'cancel')))
"""
BOUGHT = """
    UPDATE crm_value_offer offer
       SET is_settled = TRUE, is_bought = incoming.bought > 0,
           revenue = incoming.revenue, margin = incoming.margin
      FROM crm_value_offer_incoming incoming WHERE incoming.offer = offer.id
"""
