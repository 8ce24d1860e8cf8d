from collections import defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.scenario import contacts, hours
from .const import CAP, RESPONSE, TICKET_DAYS, YEAR_DAYS

KINDS = {
    "ticket": "int4",
    "team": "int4",
    "opened": "float8",
    "ended": "float8",
    "is_over": "int4",
    "was_late": "int4",
}


class CrmValueScenario(models.Model):
    """What other promises, caps and budgets would have done to the past."""

    _inherit = "crm.value.scenario"

    # --- contacts ---

    @api.model
    def _told_contacts(self, ground, line):
        """Return how many contacts of the last year would not have been sent."""
        company, day = ground.run.company_id, ground.run.as_of
        self.env["crm.value.contact"].flush_model()
        query = SQL(
            """
            SELECT origin_id AS customer, date AS day FROM crm_value_contact
             WHERE company_id = %s AND state = 'sent' AND date > %s AND date <= %s
          ORDER BY date, id
            """,
            company.id,
            day - timedelta(days=YEAR_DAYS),
            day,
        )
        kinds = {"customer": "int4", "day": "date"}
        customer, days = bulk.read(self.env.cr, query, kinds).values()
        if line.parameter == CAP:
            period = ground.run.policy_id.contact_days
            sent = contacts.within_cap(customer, days, int(line.amount), period)
        else:
            affordable = int(line.amount / line.scenario_id.contact_cost)
            sent = contacts.within_budget(days, affordable)
        out, unreached = contacts.left_out(customer, sent)
        return {"contacts": int(sent.size), "out": out, "unreached": unreached}

    # --- the service desk ---

    @api.model
    def _told_service(self, ground, line):
        """Return how many of the last tickets were late, and would have been."""
        company, day = ground.run.company_id, ground.run.as_of
        since = day - timedelta(days=TICKET_DAYS)
        first, last = company._value_moments(since, day)
        rows = self._tickets(company, first, last, line.parameter == RESPONSE)
        waited = self._waited(company, rows, first)
        late, judged = hours.late(waited, rows["is_over"] > 0, line.amount)
        return {
            "tickets": judged,
            "late": late,
            "late_now": int(rows["was_late"].sum()),
        }

    @api.model
    def _tickets(self, company, first, last, is_response):
        """Return KINDS of the tickets opened between two moments."""
        self.env["helpdesk.ticket"].flush_model()
        ended = SQL("value_responded_at") if is_response else SQL("value_resolved_at")
        due = SQL("value_response_due") if is_response else SQL("value_resolution_due")
        return bulk.read(
            self.env.cr,
            SQL(
                TICKETS,
                ended=ended,
                due=due,
                company=company.id,
                first=first,
                last=last,
            ),
            KINDS,
        )

    @api.model
    def _waited(self, company, rows, first):
        """Return the working hours each ticket took, less what waited for the customer.

        In whose working hours its team serves; one calendar is asked once.
        """
        waited, pauses = np.zeros(rows["ticket"].size), self._pauses(rows)
        for calendar, teams in self._calendars(company, rows["team"]).items():
            at = np.flatnonzero(np.isin(rows["team"], teams))
            clock = self._clock(calendar, first, rows["ended"])
            waited[at] = clock(rows["ended"][at]) - clock(rows["opened"][at])
            kept = np.isin(pauses["at"], at)
            lost = clock(pauses["until"][kept]) - clock(pauses["since"][kept])
            waited -= np.bincount(pauses["at"][kept], lost, waited.size)
        return waited

    @api.model
    def _calendars(self, company, teams):
        """Return {calendar: ids of the teams that serve by it}, 0 for no team."""
        found = defaultdict(list)
        found[company.resource_calendar_id].append(0)
        ids = np.unique(teams[teams > 0]).tolist()
        for team in self.env["helpdesk.ticket.team"].sudo().browse(ids):
            found[team.value_calendar_id or company.resource_calendar_id].append(
                team.id
            )
        return found

    @api.model
    def _clock(self, calendar, first, ended):
        """Return a function from moments to working hours gone by since a first one."""
        if not calendar.attendance_ids:
            return lambda moments: moments / 3600
        last = datetime.fromtimestamp(float(ended.max(initial=0)), UTC)
        begin = first.replace(tzinfo=UTC)
        pieces = calendar._work_intervals_batch(begin, max(begin, last))[False]
        moments = [
            (since.timestamp(), until.timestamp()) for since, until, _r in pieces
        ]
        starts, ends = np.array(moments, dtype=float).reshape(-1, 2).T
        return lambda moments: hours.worked(moments, starts, ends)

    @api.model
    def _pauses(self, rows):
        """Return the times that tickets waited for the customer, up to their end."""
        query = SQL(
            """
            SELECT ticket.id AS ticket,
                   EXTRACT(EPOCH FROM (pause.value ->> 0)::timestamp) AS since,
                   EXTRACT(EPOCH FROM (pause.value ->> 1)::timestamp) AS until
              FROM helpdesk_ticket ticket,
                   jsonb_array_elements(ticket.value_pauses) AS pause (value)
             WHERE ticket.id = ANY(%s)
               AND jsonb_typeof(ticket.value_pauses) = 'array'
            """,
            rows["ticket"].tolist(),
        )
        kinds = {"ticket": "int4", "since": "float8", "until": "float8"}
        found = bulk.read(self.env.cr, query, kinds)
        at = np.searchsorted(rows["ticket"], found["ticket"])
        end = rows["ended"][at]
        return {
            "at": at,
            "since": np.minimum(found["since"], end),
            "until": np.minimum(found["until"], end),
        }


# Who still waits for us has waited until the last moment.
TICKETS = """
SELECT id AS ticket, COALESCE(team_id, 0) AS team,
       EXTRACT(EPOCH FROM create_date) AS opened,
       EXTRACT(EPOCH FROM LEAST(
           COALESCE(%(ended)s, value_waiting_since, %(last)s), %(last)s)) AS ended,
       (%(ended)s IS NOT NULL)::int AS is_over,
       COALESCE(%(due)s < LEAST(COALESCE(%(ended)s, %(last)s), %(last)s), FALSE)::int
           AS was_late
  FROM helpdesk_ticket
 WHERE company_id = %(company)s AND create_date >= %(first)s AND create_date < %(last)s
 ORDER BY id
"""
