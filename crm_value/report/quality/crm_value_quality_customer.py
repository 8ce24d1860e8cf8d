from odoo import api, fields, models
from odoo.tools import SQL

from ... import words
from ...const import OFFICER
from ...fields import NullableFloat
from ...models.quality.const import OF_CUSTOMERS, OLD_YEARS

# Shares of money: added up, each customer counts by its revenue.
PARTS = (
    "score",
    "part_cost",
    "part_reach",
    "part_user",
    "part_place",
    "part_new",
    "part_single",
    "part_named",
)


class CrmValueQualityCustomer(models.Model):
    """Customers with revenue in the value window, and what is missing of each.

    The score of some customers is the share of their money whose records are complete
    and whose cost is known.
    """

    _name = "crm.value.quality.customer"
    _inherit = ["crm.value.summed"]
    _description = "Completeness of a Customer"
    _auto = False
    _order = "revenue_rank, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.value.profile": [
            "company_id",
            "partner_id",
            "revenue",
            "cost_known_share",
            "last_purchase_date",
            "as_of",
            "pareto_rank",
        ],
        "crm.value.quality.double": ["company_id", "partner_id", "accepted_by_id"],
        "mail.blacklist": ["active", "email"],
        "res.partner": [
            "active",
            "commercial_partner_id",
            "country_id",
            "email",
            "email_normalized",
            "message_bounce",
            "phone",
            "user_id",
            "value_is_crowd",
        ],
    }

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    last_purchase_date = fields.Date(string="Last Purchase", readonly=True)
    changed_on = fields.Date(
        string="Contact Changed", readonly=True, help="When anybody last changed it."
    )
    revenue_rank = fields.Integer(
        readonly=True, aggregator=None, help="Of all-time revenue, the first is best."
    )
    gaps = fields.Char(string="Missing", compute="_compute_gaps")
    # Each 0 or 1: they count in groups.
    customers = fields.Integer(readonly=True)
    unreachable = fields.Integer(
        readonly=True,
        help="No contact of it has a phone, or a mail address that takes mails.",
    )
    unattended = fields.Integer(string="No Salesperson", readonly=True)
    placeless = fields.Integer(string="No Country", readonly=True)
    old = fields.Integer(
        string="Not Changed for Two Years",
        readonly=True,
        help="Nobody has changed the contact for two years, though it buys.",
    )
    crowd = fields.Integer(string="Stands for Many", readonly=True)
    doubled = fields.Integer(string="Looks Like Another", readonly=True)
    complete = fields.Float(
        string="Complete (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the customers of whom nothing is missing; costs are not asked.",
    )
    # Money
    revenue = fields.Monetary(readonly=True, groups=OFFICER)
    clear = fields.Monetary(
        string="Clear Revenue",
        readonly=True,
        groups=OFFICER,
        help="Revenue with a known cost of customers of whom nothing is missing.",
    )
    score = NullableFloat(
        string="Data Score",
        readonly=True,
        groups=OFFICER,
        aggregator="avg",
        help="0 to 100: the share of money whose records are complete and whose cost "
        "is known.",
    )
    part_cost = NullableFloat(
        string="Cost Known (%)", readonly=True, groups=OFFICER, aggregator="avg"
    )
    part_reach = NullableFloat(
        string="Reachable (%)", readonly=True, groups=OFFICER, aggregator="avg"
    )
    part_user = NullableFloat(
        string="With a Salesperson (%)", readonly=True, groups=OFFICER, aggregator="avg"
    )
    part_place = NullableFloat(
        string="With a Country (%)", readonly=True, groups=OFFICER, aggregator="avg"
    )
    part_new = NullableFloat(
        string="Changed Within Two Years (%)",
        readonly=True,
        groups=OFFICER,
        aggregator="avg",
    )
    part_single = NullableFloat(
        string="Without a Double (%)", readonly=True, groups=OFFICER, aggregator="avg"
    )
    part_named = NullableFloat(
        string="By Name (%)", readonly=True, groups=OFFICER, aggregator="avg"
    )

    @property
    def _table_query(self):
        """Look at the customers as they are now; figures are of the last run."""
        return SQL(CUSTOMERS, years=OLD_YEARS)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Weigh shares by the money they are shares of."""
        name = aggregate_spec.removesuffix(":avg")
        plain = super()._read_group_select(aggregate_spec, query)
        if name not in PARTS:
            return plain
        share = self._field_to_sql(self._table, name, query)
        revenue = SQL.identifier(self._table, "revenue")
        return SQL("SUM(%s * %s) / SUM(%s)", share, revenue, revenue)

    @api.depends("partner_id")
    @api.depends_context("uid", "lang")
    def _compute_gaps(self):
        asks_cost = self._has_field_access(self._fields["part_cost"], "read")
        for customer in self:
            said = [
                self._fields[name]._description_string(self.env)
                for name in (*OF_CUSTOMERS, "doubled")
                if customer[name]
            ]
            if asks_cost and customer.part_cost < 99.95:  # else it rounds to nothing
                share = words.percent(self.env, 1 - customer.part_cost / 100, 1)
                said.append(self.env._("Cost unknown of %s of revenue", share))
            customer.gaps = ", ".join(said)

    def action_open_customer(self):
        """Open the contact, where what is missing is entered."""
        self.check_access("read")
        self.ensure_one()
        return self.partner_id._get_records_action()


# A contact that stands for many has no address, country or salesperson, rightly.
CUSTOMERS = """
SELECT gap.*, profile.id, profile.company_id, profile.partner_id,
       partner.user_id, partner.country_id, profile.last_purchase_date,
       NULLIF(profile.pareto_rank, 0) AS revenue_rank,
       partner.write_date::date AS changed_on, profile.revenue, 1 AS customers,
       100::float8 * (gap.missing = 0)::int AS complete,
       profile.revenue * (gap.missing = 0)::int * gap.costed AS clear,
       100::float8 * (gap.missing = 0)::int * gap.costed AS score,
       100::float8 * gap.costed AS part_cost,
       100::float8 * (1 - gap.unreachable) AS part_reach,
       100::float8 * (1 - gap.unattended) AS part_user,
       100::float8 * (1 - gap.placeless) AS part_place,
       100::float8 * (1 - gap.old) AS part_new,
       100::float8 * (1 - gap.doubled) AS part_single,
       100::float8 * (1 - gap.crowd) AS part_named
  FROM crm_value_profile profile
  JOIN res_partner partner ON partner.id = profile.partner_id
  LEFT JOIN (
    SELECT DISTINCT company_id, partner_id FROM crm_value_quality_double
     WHERE accepted_by_id IS NULL
  ) other ON other.company_id = profile.company_id
         AND other.partner_id = profile.partner_id
 CROSS JOIN LATERAL (
    SELECT flag.*, COALESCE(profile.cost_known_share, 1) AS costed,
           flag.unreachable + flag.unattended + flag.placeless + flag.old
           + flag.crowd + flag.doubled AS missing
      FROM (
        SELECT (person.here AND NOT person.called AND NOT EXISTS (
                   SELECT FROM res_partner contact
                    WHERE contact.commercial_partner_id = partner.id
                      AND contact.active
                      AND (contact.phone <> ''
                           OR contact.email <> ''
                           AND COALESCE(contact.message_bounce, 0) = 0
                           AND NOT EXISTS (
                               SELECT FROM mail_blacklist
                                WHERE email = contact.email_normalized AND active)))
               )::int AS unreachable,
               (person.here AND partner.user_id IS NULL)::int AS unattended,
               (person.here AND partner.country_id IS NULL)::int AS placeless,
               (person.here AND partner.write_date
                   < profile.as_of - MAKE_INTERVAL(years => %(years)s))::int AS old,
               (NOT person.here)::int AS crowd,
               (other.partner_id IS NOT NULL)::int AS doubled
          FROM (SELECT partner.value_is_crowd IS NOT TRUE AS here,
                       (partner.phone <> ''
                        AND partner.commercial_partner_id = partner.id) IS TRUE
                           AS called) person
        OFFSET 0  -- each is looked up once, however often it is named
      ) flag
 ) gap
 WHERE profile.revenue > 0
   AND partner.active
"""
