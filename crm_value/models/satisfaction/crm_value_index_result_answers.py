from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter

import numpy as np
import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.satisfaction.pls import Structure

ONE_DAY = timedelta(days=1)
FIRST = itemgetter(0)
YEARS = 3  # looked back on


@dataclass(frozen=True, slots=True)
class Sheet:
    """The responses of a period as a table: people by items.

    :param constructs: crm.value.construct records, causes first
    :param items: [(construct id, item code)], one for each column
    :param data: scores 0–100, NaN not answered, shape (people, items)
    :param structure: pls.Structure
    :param is_staff: whether staff answered
    """

    constructs: object
    items: list
    data: np.ndarray
    structure: Structure
    is_staff: bool


class CrmValueIndexResult(models.Model):
    """Reads the responses of a period for the estimation."""

    _inherit = "crm.value.index.result"

    def _bounds(self):
        """Return the first moment of the period and the first one after it, in UTC."""
        zone = pytz.timezone(self.company_id.partner_id.tz or "UTC")
        return tuple(
            zone.localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (self.date_from, self.date_to + ONE_DAY)
        )

    def _answer_domain(self, *constructs):
        """Return the domain of the answers of the period."""
        since, until = map(fields.Datetime.to_string, self._bounds())
        domain = (
            Domain("index_id", "=", self.index_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("date", ">=", since)
            & Domain("date", "<", until)
            & (Domain("audience", "=", "staff") | Domain("origin", "!=", "internal"))
        )
        if constructs:
            domain &= Domain("construct_id", "in", [one.id for one in constructs])
        return domain

    def _sheet(self):
        """Read the answers of the period: of each person the newest ones."""
        constructs, pairs = self.index_id._structure()
        rows = self.env.execute_query(self._newest_answers(constructs))
        place = {construct.id: at for at, construct in enumerate(constructs)}
        items = sorted(
            {(place[construct], item or "") for _p, construct, item, _s, _a in rows}
        )
        column = {key: at for at, key in enumerate(items)}
        people = {
            person: at for at, person in enumerate(dict.fromkeys(map(FIRST, rows)))
        }
        data = np.full((len(people), len(items)), np.nan)
        for person, construct, item, score, _audience in rows:
            data[people[person], column[place[construct], item or ""]] = score
        return Sheet(
            constructs=constructs,
            items=[(constructs[at].id, item) for at, item in items],
            data=data,
            structure=self._links(items, pairs, place),
            is_staff=any(row[-1] == "staff" for row in rows),
        )

    @api.model
    def _links(self, items, pairs, place):
        """Return the pls.Structure of items and of pairs of constructs."""
        blocks = np.zeros((len(items), len(place)), dtype=bool)
        for at, (construct, _item) in enumerate(items):
            blocks[at, construct] = True
        paths = np.zeros((len(place), len(place)), dtype=bool)
        for cause, effect in pairs:
            paths[place[cause.id], place[effect.id]] = True
        return Structure(blocks, paths)

    def _newest_answers(self, constructs):
        """Return the SQL of (participation, construct, item, score, audience).

        Somebody who answered twice counts once; whom nobody knows counts each time.
        """
        answers = self.env["crm.value.answer"]
        for model in answers._depends:
            self.env[model].flush_model()
        since, until = self._bounds()
        return SQL(
            """
            WITH given AS MATERIALIZED (
                SELECT answer.*
                  FROM (%(answers)s) answer
                 WHERE answer.index_id = %(index)s
                   AND answer.company_id = %(company)s
                   AND answer.construct_id = ANY(%(constructs)s)
                   AND answer.role <> 'reason'
                   AND (answer.audience = 'staff' OR answer.origin <> 'internal')
                   AND answer.date >= %(since)s AND answer.date < %(until)s
            ), newest AS (
                SELECT DISTINCT ON (COALESCE(partner_id, -user_input_id)) user_input_id
                  FROM given
              ORDER BY COALESCE(partner_id, -user_input_id), date DESC,
                       user_input_id DESC
            )
            SELECT user_input_id, construct_id, item, score, audience
              FROM given
             WHERE user_input_id IN (SELECT user_input_id FROM newest)
          ORDER BY user_input_id, id
            """,
            answers=answers._table_query,
            index=self.index_id.id,
            company=self.company_id.id,
            constructs=constructs.ids,
            since=since,
            until=until,
        )

    # --- The periods that the cron asks for by itself ---

    @api.model
    def _request_periods(self):
        """Ask for each period that is over, has answers and has no result yet."""
        indices = self.env["crm.value.index"].search([("period_months", ">", 0)])
        companies = self.env["res.company"]._value_all_scored()
        months = self.env["crm.value.answer"]._read_group(
            Domain("index_id", "in", indices.ids)
            & Domain("company_id", "in", companies.ids)
            & Domain("role", "!=", "reason")
            & (Domain("audience", "=", "staff") | Domain("origin", "!=", "internal")),
            ["index_id", "company_id", "date:month"],
            ["user_input_id:count_distinct"],
        )
        wanted = {
            (index, company, *self._period_of(index, month.date()))
            for index, company, month, _count in months
        }
        known = {
            (one.index_id, one.company_id, one.date_from, one.date_to)
            for one in self.search_fetch(
                [("automatic", "=", True)],
                ["index_id", "company_id", "date_from", "date_to"],
            )
        }
        self.create(
            [
                {
                    "index_id": index.id,
                    "company_id": company.id,
                    "date_from": since,
                    "date_to": until,
                    "automatic": True,
                }
                for index, company, since, until in sorted(
                    wanted - known, key=lambda one: (one[3], one[0].id, one[1].id)
                )
                if self._is_over(company, until)
            ]
        )

    @api.model
    def _period_of(self, index, day):
        """Return the first and the last day of the period around ``day``."""
        length = index.period_months
        month = 12 * day.year + day.month - 1
        first = month - month % length
        since = date(first // 12, first % 12 + 1, 1)
        return since, since + relativedelta(months=length, days=-1)

    @api.model
    def _is_over(self, company, until):
        today = self.env["crm.value.run"]._today(company)
        return today - relativedelta(years=YEARS) < until < today
