from odoo import api, fields, models
from odoo.tools import SQL

from ...analytics.equity import retention
from ...fields import NullableFloat
from ...models.solution.const import OUTCOMES


class CrmValueNeedReport(models.Model):
    """Of each need: how often offers for it were won, and how often nothing met it."""

    _name = "crm.value.need.report"
    _description = "Needs and Offers"
    _auto = False
    _rec_name = "need_id"
    _order = "unmet DESC, decided DESC, id"
    _depends = {
        "crm.lead": ["company_id", "prorated_revenue", "won_status"],
        "crm.value.need.line": [
            "amount",
            "company_id",
            "lead_id",
            "need_id",
            "order_id",
            "unmet_on",
        ],
        "helpdesk.ticket": ["company_id", "value_complaint", "value_need_ids"],
        "sale.order": ["company_id", "opportunity_id", "state", "validity_date"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    need_id = fields.Many2one("crm.value.need", readonly=True)
    measure = fields.Char(related="need_id.measure")
    offers = fields.Integer(string="Quotations", readonly=True)
    decided = fields.Integer(
        string="Quotations Decided",
        readonly=True,
        help="Won, cancelled, expired after they were sent, or of a lost lead.",
    )
    won = fields.Integer(string="Quotations Won", readonly=True)
    rate = NullableFloat(
        string="Win Rate",
        compute="_compute_rate",
        help="Quotations won of those that are decided.",
    )
    rate_low = NullableFloat(
        string="From",
        compute="_compute_rate",
        help="In 95 of 100 cases the rate that stands behind it is in this range "
        "(Wilson's interval).",
    )
    rate_high = NullableFloat(string="To", compute="_compute_rate")
    unmet = fields.Integer(string="Times Unmet", readonly=True)
    unmet_offers = fields.Integer(
        string="Unmet by Offers",
        readonly=True,
        help="Leads, customers and quotations for which nothing of ours met it.",
    )
    unmet_complaints = fields.Integer(string="Unmet in Complaints", readonly=True)
    unmet_amount = fields.Float(
        string="Amount Unmet", readonly=True, help="As far as offers say it."
    )
    expected = fields.Monetary(
        string="Expected of Leads",
        readonly=True,
        help="Expected revenue times probability of the leads whose need stays unmet. "
        "A lead counts for each of its needs.",
    )
    last_on = fields.Date(string="Last Unmet", readonly=True)

    @property
    def _table_query(self):
        """Put offers and complaints side by side."""
        today = fields.Date.context_today(self)
        return SQL(NEEDS, outcomes=SQL(OUTCOMES, today=today))

    @api.depends("won", "decided")
    def _compute_rate(self):
        self.rate = self.rate_low = self.rate_high = False
        for row in self.filtered("decided"):
            low, high = retention.wilson(row.won, row.decided)
            row.rate = row.won / row.decided
            row.rate_low, row.rate_high = float(low), float(high)

    def action_open_lines(self):
        """Open where the need stays unmet by what we offer."""
        self.check_access("read")
        self.ensure_one()
        domain = [
            ("need_id", "=", self.need_id.id),
            ("company_id", "=", self.company_id.id),
            ("unmet_on", "!=", False),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.need_id.display_name,
            "res_model": "crm.value.need.line",
            "views": [[False, "list"]],
            "domain": domain,
        }


NEEDS = """
    WITH outcome AS (%(outcomes)s), told AS (
        SELECT line.company_id, line.need_id, 1 AS offers,
               (outcome.won IS NOT NULL)::int AS decided, outcome.won,
               0 AS unmet_offers, 0 AS unmet_complaints, 0.0 AS unmet_amount,
               0.0 AS expected, NULL::date AS last_on
          FROM crm_value_need_line line
          JOIN outcome ON outcome.id = line.order_id
         UNION ALL
        SELECT line.company_id, line.need_id, 0, 0, 0, 1, 0, line.amount,
               lead.prorated_revenue, line.unmet_on
          FROM crm_value_need_line line
     LEFT JOIN crm_lead lead ON lead.id = line.lead_id
         WHERE line.unmet_on IS NOT NULL
         UNION ALL
        SELECT ticket.company_id, rel.crm_value_need_id, 0, 0, 0, 0, 1, 0, 0,
               ticket.create_date::date
          FROM crm_value_need_helpdesk_ticket_rel rel
          JOIN helpdesk_ticket ticket ON ticket.id = rel.helpdesk_ticket_id
         WHERE ticket.value_complaint AND ticket.active
    )
    SELECT ROW_NUMBER() OVER (ORDER BY need_id, company_id)::int AS id,
           company_id, need_id, SUM(offers)::int AS offers,
           SUM(decided)::int AS decided, COALESCE(SUM(won), 0)::int AS won,
           SUM(unmet_offers)::int AS unmet_offers,
           SUM(unmet_complaints)::int AS unmet_complaints,
           SUM(unmet_offers + unmet_complaints)::int AS unmet,
           SUM(unmet_amount) AS unmet_amount, COALESCE(SUM(expected), 0) AS expected,
           MAX(last_on) AS last_on
      FROM told
  GROUP BY company_id, need_id
"""
