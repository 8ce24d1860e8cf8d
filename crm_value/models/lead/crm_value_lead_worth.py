import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ... import bulk, words
from ...analytics.lead import foresight, likeness, newcomers
from ...const import OFFICER, to_day
from ...fields import NullableFloat, NullableMoney
from ..scoring.crm_value_step import placing
from .crm_value_lead_group import KIND_NUMBERS

COLUMNS = dict.fromkeys(("partner", "industry", "kind", "country", "source"), "int4")
KINDS_BY_NUMBER = {number: kind for kind, number in KIND_NUMBERS.items()}


class CrmValueLeadWorth(models.Model):
    """What new customers of a company bring in their first year, and how surely.

    Found anew by each run. Leads that were won look back at it: what they brought
    against what was expected of them.
    """

    _name = "crm.value.lead.worth"
    _description = "What New Customers Bring"
    _is_result = True
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    as_of = fields.Date(string="As of", required=True)
    customer_count = fields.Integer(
        string="Customers",
        aggregator=None,
        help="Customers whose first year is over.",
    )
    group_ids = fields.One2many("crm.value.lead.group", "worth_id", string="Groups")
    # Looking back
    lead_count = fields.Integer(
        string="Won Leads",
        aggregator=None,
        help="Leads of new customers that were won and whose first year is over.",
    )
    actual = NullableMoney(
        string="They Brought",
        aggregator=None,
        groups=OFFICER,
        help="Margin of the first year, on average.",
    )
    expected = NullableMoney(string="Expected of Them", aggregator=None, groups=OFFICER)
    naive = NullableMoney(
        string="Mean of All Customers Then", aggregator=None, groups=OFFICER
    )
    error = NullableMoney(
        string="Usual Error",
        aggregator=None,
        groups=OFFICER,
        help="Root of the mean squared difference between the two.",
    )
    naive_error = NullableMoney(
        string="Usual Error of the Mean of All", aggregator=None, groups=OFFICER
    )
    gain_low = NullableFloat(string="Better by at Least", aggregator=None)
    gain_high = NullableFloat(string="Better by at Most", aggregator=None)
    verdict = fields.Char(compute="_compute_verdict")

    _once = models.UniqueIndex("(company_id)")

    @api.depends("lead_count", "gain_low", "gain_high")
    @api.depends_context("lang")
    def _compute_verdict(self):
        for worth in self:
            worth.verdict = worth._say_verdict()

    def _say_verdict(self):
        """Return what past won leads say of the expected values."""
        number = words.number(self.env, self.lead_count)
        if self.gain_low is False:
            return self.env._(
                "Too few to judge: %(count)s won leads of new customers have their "
                "first year behind them, %(fewest)s are needed.",
                count=number,
                fewest=foresight.FEWEST,
            )
        if self.gain_low > 0:
            return self.env._(
                "Closer to what %(count)s won leads brought than the mean of all "
                "customers was.",
                count=number,
            )
        if self.gain_high < 0:
            return self.env._(
                "Further from what %(count)s won leads brought than the mean of all "
                "customers was: rank leads by something else.",
                count=number,
            )
        return self.env._(
            "For %(count)s won leads neither closer nor further than the mean of all "
            "customers, as far as can be told.",
            count=number,
        )

    # --- what a run learns ---

    @api.model
    def _learn(self, flow):
        """Find what new customers of a run's company bring, and judge past leads."""
        found = newcomers.first_years(flow.scope.days, to_day(flow.day))
        kinds = likeness.Kinds.of(self._traits(flow.scope, found.customer))
        worth = self.search([("company_id", "=", flow.company.id)]) or self.create(
            {"company_id": flow.company.id, "as_of": flow.day}
        )
        trial = self._look_back(flow.scope, found, kinds)
        worth.write(
            {
                "as_of": flow.day,
                "customer_count": found.customer.size,
                **worth._trial_values(trial),
            }
        )
        worth._store_groups(
            *(
                likeness.fit_kinds(kinds, likeness.tame(values)) if values.size else {}
                for values in (found.revenue, found.margin)
            )
        )

    @api.model
    def _traits(self, scope, customers):
        """Return the traits of customers, shape (n, 4), in the order of TRAITS."""
        for model in ("crm.lead", "crm.value.profile", "res.partner", "sale.order"):
            self.env[model].flush_model()
        query = SQL(
            TRAITS_OF_CUSTOMERS,
            company=scope.company.id,
            day=scope.local_day(SQL("said.moment")),
        )
        rows = bulk.read(self.env.cr, query, COLUMNS)
        place = placing(rows["partner"], customers)
        columns = [place(rows[name], likeness.ANY) for name in list(COLUMNS)[1:]]
        return np.stack(columns, axis=1).astype(int)

    @api.model
    def _look_back(self, scope, found, kinds):
        """Return the Trial of past won leads of customers that were new then."""
        query = SQL(
            PAST_LEADS,
            company=scope.company.id,
            day=scope.local_day(SQL("lead.create_date")),
        )
        leads = bulk.read(self.env.cr, query, {**COLUMNS, "month": "date"})
        rows = np.isin(leads["partner"], found.customer)
        leads = {name: column[rows] for name, column in leads.items()}
        of_leads = np.stack([leads[name] for name in list(COLUMNS)[1:]], axis=1)
        expected, naive = foresight.look_back(
            found, kinds, found.margin, (of_leads.astype(int), leads["month"])
        )
        actual = found.margin[np.searchsorted(found.customer, leads["partner"])]
        told = ~np.isnan(expected)
        return foresight.judge(actual[told], expected[told], naive[told])

    def _trial_values(self, trial):
        """Return the fields of a Trial; money is rounded to the currency."""
        money = ("actual", "expected", "naive", "error", "naive_error")
        round_money = self.company_id.currency_id.round
        values = {
            name: None if np.isnan(one := getattr(trial, name)) else round_money(one)
            for name in money
        }
        gains = {"gain_low": trial.low, "gain_high": trial.high}
        values |= {n: None if np.isnan(one) else one for n, one in gains.items()}
        return {"lead_count": trial.count, **values}

    def _forget_groups(self):
        """Delete the groups; Odoo's own way forgets all that a run has read so far."""
        self.group_ids.flush_recordset()
        self.env.cr.execute(
            SQL("DELETE FROM crm_value_lead_group WHERE worth_id = %s", self.id)
        )
        self.group_ids.invalidate_recordset(flush=False)
        self.invalidate_recordset(["group_ids"], flush=False)

    def _store_groups(self, revenue, margin):
        """Replace the groups by those found: {key: Group} of revenue and of margin."""
        self._forget_groups()
        round_money = self.company_id.currency_id.round
        vals_list = []
        for key, group in revenue.items():
            industry, kind, country, source = (
                False if one == likeness.ANY else one for one in key
            )
            vals = {
                "worth_id": self.id,
                "company_id": self.company_id.id,
                "industry_id": industry,
                "kind": kind is not False and KINDS_BY_NUMBER[kind],
                "country_id": country,
                "source_id": source,
                "count": group.count,
            }
            for name, one in (("revenue", group), ("margin", margin[key])):
                low, high = one.interval
                low = max(low, min(one.estimate, 0.0)) if name == "revenue" else low
                vals[f"{name}_mean"] = round_money(one.mean)
                vals[f"{name}_weight"] = one.weight
                vals[name] = round_money(one.estimate)
                vals[f"{name}_low"] = round_money(low)
                vals[f"{name}_high"] = round_money(high)
            vals_list.append(vals)
        self.env["crm.value.lead.group"].create(vals_list)

    @api.model
    def _open(self):
        """Open what is known of the current company's new customers."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_lead_worth_action"
        )
        worth = self.search([("company_id", "=", self.env.company.id)])
        if len(self.env.companies) > 1 or not worth:
            return action
        return {**action, "views": [[False, "form"]], "res_id": worth.id}


# Where a customer came from: the source of the first lead or order that names one and
# is not younger than the first purchase. A later campaign has not brought it.
TRAITS_OF_CUSTOMERS = """
    SELECT partner.id AS partner,
           COALESCE(partner.industry_id, -1) AS industry,
           COALESCE(partner.is_company, FALSE)::int AS kind,
           COALESCE(partner.country_id, -1) AS country,
           COALESCE(came.source, -1) AS source
      FROM crm_value_profile profile
      JOIN res_partner partner ON partner.id = profile.partner_id
 LEFT JOIN (
           SELECT DISTINCT ON (said.customer) said.customer, said.source
             FROM (SELECT contact.commercial_partner_id AS customer,
                          lead.source_id AS source, lead.create_date AS moment
                     FROM crm_lead lead
                     JOIN res_partner contact ON contact.id = lead.partner_id
                LEFT JOIN res_users seller ON seller.id = lead.user_id
                    WHERE lead.source_id IS NOT NULL
                      AND COALESCE(lead.company_id, seller.company_id) = %(company)s
                    UNION ALL
                   SELECT contact.commercial_partner_id, sale.source_id, sale.date_order
                     FROM sale_order sale
                     JOIN res_partner contact ON contact.id = sale.partner_id
                    WHERE sale.source_id IS NOT NULL
                      AND sale.state = 'sale'
                      AND sale.company_id = %(company)s) said
             JOIN crm_value_profile known ON known.partner_id = said.customer
              AND known.company_id = %(company)s
            WHERE %(day)s <= known.first_purchase_date
         ORDER BY said.customer, said.moment, said.source) came
        ON came.customer = partner.id
     WHERE profile.company_id = %(company)s
  ORDER BY partner.id
"""

# The first won lead of each customer that had not bought before it came.
PAST_LEADS = """
    SELECT DISTINCT ON (contact.commercial_partner_id)
           contact.commercial_partner_id AS partner,
           COALESCE(lead.value_industry_id, -1) AS industry,
           COALESCE(customer.is_company, FALSE)::int AS kind,
           COALESCE(lead.country_id, -1) AS country,
           COALESCE(lead.source_id, -1) AS source,
           DATE_TRUNC('month', %(day)s)::date AS month
      FROM crm_lead lead
      JOIN res_partner contact ON contact.id = lead.partner_id
      JOIN res_partner customer ON customer.id = contact.commercial_partner_id
 LEFT JOIN res_users seller ON seller.id = lead.user_id
      JOIN crm_value_profile profile ON profile.partner_id = customer.id
       AND profile.company_id = %(company)s
     WHERE COALESCE(lead.company_id, seller.company_id) = %(company)s
       AND lead.won_status = 'won'
       AND %(day)s <= profile.first_purchase_date
  ORDER BY contact.commercial_partner_id, lead.create_date, lead.id
"""
