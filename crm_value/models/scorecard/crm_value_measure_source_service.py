from odoo import api, models
from odoo.tools import SQL

from ..satisfaction.const import FEWEST_STAFF


class CrmValueMeasureSource(models.AbstractModel):
    """Figures of service, deliveries, opinions and of who uses the system."""

    _inherit = "crm.value.measure.source"

    # --- tickets ---

    @api.model
    def _source_response(self, company, months):
        """Hours by the clock until our first answer to what is no complaint."""
        return self._answered(company, months, SQL("value_complaint IS NOT TRUE"))

    @api.model
    def _source_complaint_response(self, company, months):
        """Hours by the clock until our first answer to a complaint."""
        return self._answered(company, months, SQL("value_complaint"))

    @api.model
    def _answered(self, company, months, which):
        """Return {month of the ticket: (mean hours, tickets)} of what is answered."""
        begins, ends = company._value_moments(*self._span(months))
        tickets = self.env["crm.value.ticketing"]._source(
            "value_complaint", "value_responded_at"
        )
        rows = self.env.execute_query(
            SQL(
                ANSWERED,
                tickets=tickets,
                company=company.id,
                day=company._value_local_day(SQL("opened")),
                begins=begins,
                ends=ends,
                which=which,
            )
        )
        return {month: (float(hours), n) for month, hours, n in rows}

    # --- deliveries ---

    @api.model
    def _source_delivery(self, company, months):
        """Deliveries to customers that were done by their deadline."""
        self.env["stock.picking"].flush_model()
        begins, ends = company._value_moments(*self._span(months))
        rows = self.env.execute_query(
            SQL(
                DELIVERED,
                company=company.id,
                day=company._value_local_day(SQL("picking.date_done")),
                begins=begins,
                ends=ends,
            )
        )
        return {month: (100 * kept / n, n) for month, kept, n in rows}

    # --- opinions ---

    @api.model
    def _source_satisfaction(self, company, months):
        """Satisfaction index of what customers said."""
        return self._said(company, months, "customer")

    @api.model
    def _source_dealer_satisfaction(self, company, months):
        """Satisfaction index of what dealers said."""
        return self._said(company, months, "dealer")

    @api.model
    def _said(self, company, months, audience):
        found = self._asked(
            company,
            months,
            "crm.value.response",
            ["csi:avg", "csi:count"],
            ("audience", "=", audience),
            ("origin", "!=", "internal"),
        )
        return {month: (mean, n) for month, (mean, n) in found.items() if n}

    @api.model
    def _source_staff_satisfaction(self, company, months):
        """Mean of what employees answered, by rounds; never of fewer than five."""
        found = self._asked(
            company,
            months,
            "crm.value.answer",
            ["score:avg", "user_input_id:count_distinct"],
            ("audience", "=", "staff"),
            ("less_is_better", "!=", True),
            ("role", "!=", "reason"),
        )
        return {
            month: (mean, n) for month, (mean, n) in found.items() if n >= FEWEST_STAFF
        }

    @api.model
    def _asked(self, company, months, model, aggregates, *domain):
        """Return {month: aggregates} of responses, by the days of the company."""
        begins, ends = company._value_moments(*self._span(months))
        self.env["crm.value.response.sum"]._flush()
        zoned = self.with_context(tz=company._value_timezone())
        return zoned._by_month(
            model,
            [
                ("company_id", "=", company.id),
                ("date", ">=", begins),
                ("date", "<", ends),
                *domain,
            ],
            aggregates,
        )

    # --- the system ---

    @api.model
    def _source_system_use(self, company, months):
        """Employees with a login who left a message or a logged change behind."""
        for model in ("mail.message", "res.users"):
            self.env[model].flush_model()
        begins, ends = company._value_moments(*self._span(months))
        rows = self.env.execute_query(
            SQL(
                USED,
                company=company.id,
                day=company._value_local_day(SQL("message.date")),
                months=months,
                begins=begins,
                ends=ends,
                robot=self.env.ref("base.user_root").id,
            )
        )
        return {month: (100 * active / n, n) for month, active, n in rows}


ANSWERED = """
SELECT date_trunc('month', %(day)s)::date,
       AVG(EXTRACT(EPOCH FROM value_responded_at - opened)) / 3600, COUNT(*)
  FROM (%(tickets)s) ticket
 WHERE company_id = %(company)s AND opened >= %(begins)s AND opened < %(ends)s
   AND value_responded_at >= opened AND %(which)s
 GROUP BY 1
"""

DELIVERED = """
SELECT date_trunc('month', %(day)s)::date,
       COUNT(*) FILTER (WHERE picking.date_done <= picking.date_deadline), COUNT(*)
  FROM stock_picking picking
  JOIN stock_picking_type type ON type.id = picking.picking_type_id
 WHERE picking.company_id = %(company)s AND picking.state = 'done'
   AND type.code = 'outgoing' AND picking.date_deadline IS NOT NULL
   AND picking.date_done >= %(begins)s AND picking.date_done < %(ends)s
 GROUP BY 1
"""

# Of an archived user nobody knows since when: it counts in no month.
USED = """
WITH staff AS (
    SELECT users.id, users.partner_id, users.create_date
      FROM res_users users
      JOIN res_company_users_rel works ON works.user_id = users.id
     WHERE works.cid = %(company)s AND users.active AND users.share IS NOT TRUE
       AND users.id <> %(robot)s),
     seen AS (
    SELECT DISTINCT date_trunc('month', %(day)s)::date AS month, staff.id
      FROM mail_message message
      JOIN staff ON staff.partner_id = message.author_id
     WHERE message.date >= %(begins)s AND message.date < %(ends)s)
SELECT asked.month::date, COUNT(seen.id), COUNT(staff.id)
  FROM UNNEST(%(months)s::date[]) AS asked (month)
  JOIN staff ON staff.create_date < asked.month + INTERVAL '1 month'
  LEFT JOIN seen ON seen.month = asked.month AND seen.id = staff.id
 GROUP BY asked.month
"""
