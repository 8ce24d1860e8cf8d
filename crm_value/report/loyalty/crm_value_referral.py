from odoo import api, fields, models
from odoo.tools import SQL

from ...const import OFFICER
from ...models.forecast.const import CONFIDENCES

SHIFT = 1 << 20  # more companies than anybody has


class CrmValueReferral(models.Model):
    """Referral report: referred customers, and the revenue and margin they brought.

    It shows in each company that one of the two is a customer of, once; where neither
    is one yet, without a company. What the referred have referred in turn counts for
    them, not for the first one.
    """

    _name = "crm.value.referral"
    _inherit = ["crm.value.foretold"]
    _description = "Customer Referred"
    _auto = False
    _order = "revenue_total DESC, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.value.profile": [
            "clv",
            "clv_confidence",
            "company_id",
            "first_purchase_date",
            "margin_total",
            "partner_id",
            "purchase_count",
            "revenue",
            "revenue_total",
        ],
        "res.company": ["currency_id"],
        "res.partner": [
            "commercial_partner_id",
            "company_id",
            "user_id",
            "value_referrer_id",
        ],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    referrer_id = fields.Many2one("res.partner", string="Referred by", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    referred_count = fields.Integer(string="Referred", readonly=True)
    buyer_count = fields.Integer(string="Has Purchased", readonly=True)
    first_purchase_date = fields.Date(string="First Purchase", readonly=True)
    revenue = fields.Monetary(readonly=True, help="Net, in the value window.")
    revenue_total = fields.Monetary(string="Total Revenue", readonly=True)
    margin_total = fields.Monetary(string="Total Margin", readonly=True, groups=OFFICER)
    clv = fields.Monetary(string="Lifetime Value", readonly=True, groups=OFFICER)
    clv_words = fields.Char(related="profile_id.clv_words", groups=OFFICER)
    clv_confidence = fields.Selection(CONFIDENCES, string="Confidence", readonly=True)
    profile_id = fields.Many2one(
        "crm.value.profile", string="Customer Value", readonly=True
    )

    @api.model
    def _foretold_sums(self):
        return ["clv"]

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT referred.partner_id * %(shift)s::bigint
                       + COALESCE(place.company_id, 0) AS id,
                   place.company_id, company.currency_id, referred.referrer_id,
                   referred.partner_id, customer.user_id,
                   1 AS referred_count,
                   (profile.purchase_count > 0)::int AS buyer_count,
                   profile.first_purchase_date, profile.revenue,
                   profile.revenue_total, profile.margin_total, profile.clv,
                   profile.clv_confidence, profile.id AS profile_id
              FROM (%(referred)s) referred
              JOIN res_partner customer ON customer.id = referred.partner_id
         LEFT JOIN LATERAL (
                   SELECT DISTINCT known.company_id FROM crm_value_profile known
                    WHERE known.partner_id IN (referred.partner_id,
                                               referred.referrer_id)
                   ) known ON TRUE
        CROSS JOIN LATERAL (
                   SELECT COALESCE(known.company_id, customer.company_id) AS company_id
                   ) place
         LEFT JOIN res_company company ON company.id = place.company_id
         LEFT JOIN crm_value_profile profile
                ON profile.partner_id = referred.partner_id
               AND profile.company_id = place.company_id
            """,
            shift=SHIFT,
            referred=self._referred(),
        )

    @api.model
    def _referred(self):
        """Return the SQL of each customer and who brought it.

        A contact stands for its company. What is noted on the company itself goes
        before what is noted on one of its contacts.
        """
        return SQL(
            """
            SELECT DISTINCT ON (named.commercial_partner_id)
                   named.commercial_partner_id AS partner_id,
                   referrer.commercial_partner_id AS referrer_id
              FROM res_partner named
              JOIN res_partner referrer ON referrer.id = named.value_referrer_id
             WHERE referrer.commercial_partner_id <> named.commercial_partner_id
          ORDER BY named.commercial_partner_id,
                   named.id <> named.commercial_partner_id, named.id
            """
        )
