from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

PRICELISTS = "product.group_product_pricelist"


class CrmValueTier(models.Model):
    """Benefits of a tier; none is active until somebody sets it."""

    _inherit = "crm.value.tier"

    currency_id = fields.Many2one(related="company_id.currency_id")
    pricelist_id = fields.Many2one(
        "product.pricelist",
        check_company=True,
        ondelete="restrict",
        help="Used for new quotations. A pricelist set on the customer or the "
        "quotation takes precedence.",
    )
    pricelist_for_all = fields.Boolean(
        compute="_compute_pricelist_for_all",
        help="Odoo uses the first pricelist for customers without one of their own.",
    )
    points_rate = fields.Float(
        default=1.0,
        help="Points a member earns for each point other customers would earn.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Payment Terms",
        check_company=True,
        ondelete="restrict",
        help="A suggestion shown on customers and quotations; never applied "
        "automatically.",
    )
    credit_limit = fields.Monetary(
        help="A suggestion shown on customers and quotations; never applied "
        "automatically. Zero: none."
    )
    contact_user_id = fields.Many2one(
        "res.users",
        string="Dedicated Contact",
        check_company=True,
        domain="[('share', '=', False)]",
        ondelete="set null",
        help="Contact person for members; shown on their documents and in the portal.",
    )
    program_ids = fields.Many2many(
        "loyalty.program",
        "crm_value_program_tier_rel",
        "tier_id",
        "program_id",
        string="Member-Only Programs",
        copy=False,
        help="Discounts and rewards, such as free delivery, limited to certain tiers.",
    )

    _points_rate_positive = models.Constraint(
        "CHECK (points_rate >= 0)", "A points rate cannot be negative."
    )
    _credit_limit_positive = models.Constraint(
        "CHECK (credit_limit >= 0)", "A credit limit cannot be negative."
    )

    @api.depends("pricelist_id", "company_id")
    def _compute_pricelist_for_all(self):
        for company, tiers in self.grouped("company_id").items():
            lists = self.env["product.pricelist"].with_company(
                company or self.env.company
            )
            usual = lists._get_country_pricelist_multi([])[False]
            for tier in tiers:
                tier.pricelist_for_all = usual and tier.pricelist_id == usual

    @api.constrains("program_ids", "company_id")
    def _check_program_ids(self):
        self.program_ids._check_value_tier_ids()

    @api.constrains("company_id", "pricelist_id", "payment_term_id", "contact_user_id")
    def _check_company_of_benefits(self):
        """What new companies start from belongs to none: no more can its benefits."""
        for tier in self:
            owned = tier.pricelist_id.company_id | tier.payment_term_id.company_id
            if not tier.company_id and owned:
                raise ValidationError(
                    self.env._(
                        "Templates for new companies are shared by all companies"
                    )
                )

    def _pricelist_for(self, partner):
        """Return the pricelist of a new quotation, empty if another one comes first."""
        pricelist = self.pricelist_id.filtered("active")
        if not pricelist or self._why_not_priced(partner):
            return pricelist.browse()
        return pricelist

    def _why_not_priced(self, partner):
        """Return why a customer does not get the tier's pricelist, empty if it does."""
        if not self.env["res.groups"]._is_feature_enabled(PRICELISTS):
            return self.env._("Pricelists are disabled in the Sales settings.")
        if not self.pricelist_id.active:
            return self.env._("The pricelist is archived.")
        own = partner.with_company(self.company_id).specific_property_product_pricelist
        if own.active:
            return self.env._(
                "The customer's own pricelist takes precedence: %(name)s",
                name=own.name,
            )
        return ""

    # --- What a tier's benefits cost, by what its members received ---

    def _yearly_cost(self):
        """Return what the benefits of the last twelve months cost, by id of tier."""
        costs = super()._yearly_cost()
        found = {row[0]: row[1:] for row in self.env.execute_query(self._cost_query())}
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
