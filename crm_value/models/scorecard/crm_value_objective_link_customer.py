import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...analytics.scorecard import customers, verdict
from .const import SIGN
from .sources import BY_KEY

ASKED = ("response", "complaint_response")  # hours, which tickets know


class CrmValueObjectiveLink(models.Model):
    """Arrows by customer: who had more of the cause, and what became of them."""

    _inherit = "crm.value.objective.link"

    def _by_customer(self):
        """Return the verdict of customers at the two latest month ends that fit."""
        if why := self._why_no_customers():
            return verdict.Verdict(verdict.UNTESTABLE, why=why)
        cause, after, before = self._customers()
        return customers.customer_verdict(cause, after, before, SIGN[self.sign])

    def _why_no_customers(self):
        """Return why an arrow cannot be tested by customers at all."""
        if not self.lag:
            return "same"
        return "" if all(self._columns()) else "whole"

    def _columns(self):
        """Return the columns of snapshots that say the same of each customer."""
        ends = self.cause_id._main_measure(), self.effect_id._main_measure()
        return [BY_KEY[end.source].customer if end.source else "" for end in ends]

    def _customers(self):
        """Return (cause, outcome after the lag, outcome before), better is more."""
        cause, effect = self._columns()
        self.env["crm.value.snapshot"].flush_model()
        rows = self.env.execute_query(
            SQL(
                CUSTOMERS,
                company=self.company_id.id,
                lag=self.lag,
                cause=self._number("past", cause),
                after=self._number("now", effect),
                before=self._number("past", effect),
                answered=self._answered(),
                answers=SQL(ANSWERS if {cause, effect} & {*ASKED} else ""),
            )
        )
        found = np.array(rows, float).reshape(-1, 3)
        up = [
            1 if end._main_measure().direction == "up" else -1
            for end in (self.cause_id, self.effect_id)
        ]
        return found[:, 0] * up[0], found[:, 1] * up[1], found[:, 2] * up[1]

    @api.model
    def _number(self, table, name):
        """Return the SQL of a figure as a number: who still buys is one, else zero."""
        if name in ASKED:
            return SQL("%s::float", SQL.identifier(f"{table}_answer", name))
        column = SQL.identifier(table, name)
        if name == "relation":
            return SQL("(%s = 'active')::int", column)
        return SQL("%s::float", column)

    def _answered(self):
        """Return the SQL of how long customers had waited, by both month ends."""
        company = self.company_id.sudo()  # its zone is no secret
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        return SQL(
            ANSWERED,
            company=company.id,
            opened=company._value_local_day(SQL("ticket.opened")),
            answered=company._value_local_day(SQL("ticket.value_responded_at")),
            tickets=self.env["crm.value.ticketing"]._source(
                "value_complaint", "value_responded_at"
            ),
        )


CUSTOMERS = """
WITH fits AS (
    SELECT now.date AS day, past.date AS past
      FROM (SELECT DISTINCT date FROM crm_value_snapshot
             WHERE company_id = %(company)s AND month_end) now
      JOIN (SELECT DISTINCT date FROM crm_value_snapshot
             WHERE company_id = %(company)s AND month_end) past
        ON past.date = (date_trunc('month', now.date) - %(lag)s * INTERVAL '1 month'
                        + INTERVAL '1 month' - INTERVAL '1 day')::date
  ORDER BY now.date DESC
     LIMIT 1),
     answer AS (%(answered)s)
SELECT %(cause)s, %(after)s, %(before)s
  FROM fits
  JOIN crm_value_snapshot past
    ON past.company_id = %(company)s AND past.month_end AND past.date = fits.past
  JOIN crm_value_snapshot now
    ON now.company_id = %(company)s AND now.month_end AND now.date = fits.day
   AND now.origin_id = past.origin_id
   %(answers)s
 ORDER BY past.origin_id
"""

# Read only where it is asked for.
ANSWERED = """
    SELECT ending.day, ticket.customer_id,
           AVG(EXTRACT(EPOCH FROM value_responded_at - opened))
               FILTER (WHERE value_complaint IS NOT TRUE) / 3600 AS response,
           AVG(EXTRACT(EPOCH FROM value_responded_at - opened))
               FILTER (WHERE value_complaint) / 3600 AS complaint_response
      FROM fits
     CROSS JOIN LATERAL (VALUES (fits.past), (fits.day)) AS ending (day)
      JOIN (%(tickets)s) ticket
        ON ticket.company_id = %(company)s AND value_responded_at >= opened
       AND %(opened)s > ending.day - INTERVAL '12 months'
       AND %(opened)s <= ending.day AND %(answered)s <= ending.day
     GROUP BY ending.day, ticket.customer_id
"""

ANSWERS = """
  LEFT JOIN answer past_answer
    ON past_answer.day = fits.past AND past_answer.customer_id = past.partner_id
  LEFT JOIN answer now_answer
    ON now_answer.day = fits.day AND now_answer.customer_id = now.partner_id
"""
