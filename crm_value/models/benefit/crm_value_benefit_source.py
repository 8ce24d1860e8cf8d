from odoo import api, models
from odoo.tools import SQL

# What is paid with is no benefit.
PAYMENT_PROGRAMS = ["gift_card", "ewallet"]


class CrmValueBenefit(models.Model):
    """One SQL query per kind of benefit, on the documents that grant it.

    Each selects, for a scope of customers, the columns of ``_columns``.
    """

    _inherit = "crm.value.benefit"

    @api.model
    def _columns(self):
        """Return the columns that a source selects, in their order."""
        return [
            "partner_id",
            "date",
            "kind",
            "source_key",
            "tier_id",
            "quantity",
            "amount",
            "shown_amount",
            "order_id",
            "order_line_id",
            "ticket_id",
            "history_id",
            "program_id",
        ]

    @api.model
    def _sources(self, scope):
        """Return the SQL of each kind of benefit; another add-on may add one."""
        return [
            self._source_pricelists(scope),
            self._source_rewards(scope),
            self._source_points(scope),
            self._source_services(scope),
        ]

    @api.model
    def _source_pricelists(self, scope):
        """Member prices: discounts of lines by the pricelist of a tier.

        Only the part due to it: where a further discount was given, the price of the
        tier counts, and where more was charged, what was charged.
        """
        return SQL(
            """
            SELECT saved.partner, saved.day, 'pricelist', 'line:' || saved.id,
                   saved.value_quoted_tier_id, saved.quantity, saved.amount,
                   LEAST(saved.amount, saved.discount), saved.order_id, saved.id,
                   NULL::int4, NULL::int4, NULL::int4
              FROM (%(saved)s) saved
             WHERE saved.amount <> 0
            """,
            saved=self._saved_lines(scope),
        )

    @api.model
    def _saved_lines(self, scope):
        return SQL(
            """
            SELECT line.id, line.order_id, sale_order.value_quoted_tier_id,
                   %(day)s AS day, customer.commercial_partner_id AS partner,
                   line.product_uom_qty AS quantity,
                   ROUND((GREATEST(line.value_regular_price
                           - GREATEST(line.value_tier_price, charged.price), 0)
                       * line.product_uom_qty * charged.untaxed
                       / NULLIF(sale_order.currency_rate, 0))::numeric, %(digits)s)
                       AS amount,
                   ROUND((line.price_unit - charged.price) * line.product_uom_qty
                       * charged.untaxed / NULLIF(sale_order.currency_rate, 0),
                       %(digits)s) AS discount
              FROM sale_order_line line
              JOIN sale_order ON sale_order.id = line.order_id
                   AND sale_order.pricelist_id = sale_order.value_tier_pricelist_id
              JOIN res_partner customer ON customer.id = sale_order.partner_id
        CROSS JOIN LATERAL (
                   SELECT (line.price_unit * (1 - line.discount / 100))::numeric
                              AS price,
                          COALESCE(line.price_subtotal / NULLIF(line.price_unit
                              * (1 - line.discount / 100) * line.product_uom_qty, 0),
                              1)::numeric AS untaxed) charged
             WHERE line.value_tier_price IS NOT NULL
               AND sale_order.company_id = %(company)s
               AND sale_order.state = 'sale'
               AND %(only)s
            """,
            day=self.env["crm.value.facts"]._order_day(scope),
            digits=scope.company.currency_id.decimal_places,
            company=scope.company.id,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )

    @api.model
    def _source_rewards(self, scope):
        """Discounts, free products and free deliveries that programs gave.

        A reward of the points ledger was granted when its points were earned; it does
        not count once more when they are spent. All of it is discount granted, too.
        """
        return SQL(
            """
            SELECT customer.commercial_partner_id, %(day)s, 'reward',
                   'reward:' || line.id, sale_order.value_confirmed_tier_id,
                   line.product_uom_qty, saved.amount, saved.amount,
                   line.order_id, line.id, NULL::int4, NULL::int4, program.id
              FROM sale_order_line line
              JOIN sale_order ON sale_order.id = line.order_id
              JOIN res_partner customer ON customer.id = sale_order.partner_id
              JOIN loyalty_reward reward ON reward.id = line.reward_id
              JOIN loyalty_program program ON program.id = reward.program_id
        CROSS JOIN LATERAL (
                   SELECT ROUND((CASE reward.reward_type
                       WHEN 'product' THEN line.price_unit * line.product_uom_qty
                       ELSE -line.price_subtotal END
                       / NULLIF(sale_order.currency_rate, 0))::numeric, %(digits)s)
                       AS amount) saved
             WHERE line.reward_id IS NOT NULL
               AND sale_order.company_id = %(company)s
               AND sale_order.state = 'sale'
               AND program.program_type <> ALL(%(payments)s)
               AND program.value_ledger IS NOT TRUE
               AND %(only)s
            """,
            day=self.env["crm.value.facts"]._order_day(scope),
            digits=scope.company.currency_id.decimal_places,
            company=scope.company.id,
            payments=PAYMENT_PROGRAMS,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )

    @api.model
    def _source_points(self, scope):
        """Points earned by invoices, less those clawed back, at their cost."""
        ids, worths = self._point_worths(scope.company)
        return SQL(
            """
            SELECT customer.commercial_partner_id, line.value_day, 'points',
                   'points:' || line.id,
                   COALESCE(sale_order.value_confirmed_tier_id, profile.tier_id),
                   points.moved,
                   ROUND((points.moved * worth.money)::numeric, %(digits)s), 0,
                   earning.order_id, NULL::int4, NULL::int4, line.id, card.program_id
              FROM loyalty_history line
              JOIN loyalty_card card ON card.id = line.card_id
              JOIN res_partner customer ON customer.id = card.partner_id
              JOIN unnest(%(programs)s::int4[], %(worths)s::float8[])
                   AS worth (program_id, money) ON worth.program_id = card.program_id
        CROSS JOIN LATERAL (SELECT line.issued - line.used
                   - COALESCE(line.value_unclaimed, 0) AS moved) points
              JOIN crm_value_earning earning ON earning.id = line.value_earning_id
         LEFT JOIN sale_order ON sale_order.id = earning.order_id
         LEFT JOIN crm_value_profile profile ON profile.company_id = card.company_id
                   AND profile.partner_id = customer.commercial_partner_id
             WHERE line.value_kind IN ('earned', 'returned')
               AND points.moved <> 0
               AND %(only)s
            """,
            programs=ids,
            worths=worths,
            digits=scope.company.currency_id.decimal_places,
            only=scope.only(SQL("customer.commercial_partner_id")),
        )

    @api.model
    def _point_worths(self, company):
        """Return (ids, money of a point) of the company's ledgers, closed ones too."""
        programs = (
            self.env["loyalty.program"]
            .with_context(active_test=False)
            .search([("value_ledger", "=", True), ("company_id", "=", company.id)])
        )
        worths = programs.mapped("value_point_worth")
        return programs.ids, [None if worth is False else worth for worth in worths]

    @api.model
    def _source_services(self, scope):
        """Tickets whose priority was raised: counted, since nobody knows their worth.

        What helping costs is in the cost to serve already.
        """
        return SQL(
            """
            SELECT ticket.customer_id,
                   (ticket.opened AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
                   'service', 'ticket:' || ticket.id, ticket.value_opened_tier_id, 1,
                   NULL::numeric, NULL::numeric, NULL::int4, NULL::int4, ticket.id,
                   NULL::int4, NULL::int4
              FROM (%(tickets)s) ticket
             WHERE ticket.company_id = %(company)s
               AND ticket.customer_id IS NOT NULL
               AND ticket.value_priority_before IS NOT NULL
               AND %(only)s
            """,
            tickets=self.env["crm.value.ticketing"]._source(
                "value_opened_tier_id", "value_priority_before"
            ),
            zone=scope.timezone,
            company=scope.company.id,
            only=scope.only(SQL("ticket.customer_id")),
        )
