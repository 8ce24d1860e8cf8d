from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from operator import itemgetter

import numpy as np
import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.satisfaction.benchmark import past, priority
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
    :param given: how many surveys these people answered in the period
    :param places: of the choices on their scales, 0–1 as offered, NaN not answered
    :param seconds: that each person needed, NaN not known, shape (people,)
    :param survey: that each person answered, shape (people,)
    """

    constructs: object
    items: list
    data: np.ndarray
    structure: Structure
    is_staff: bool
    given: int
    places: np.ndarray
    seconds: np.ndarray
    survey: np.ndarray

    def without(self, people):
        """Return the sheet without some people, True to leave out."""
        kept = ~people
        names = ("data", "places", "seconds", "survey")
        return replace(self, **{name: getattr(self, name)[kept] for name in names})


class CrmValueIndexResult(models.Model):
    """What goes into a result, the responses of a period, and what its screen shows."""

    _inherit = "crm.value.index.result"

    def _bounds(self):
        """Return the first moment of the period and the first one after it, in UTC."""
        zone = pytz.timezone(self.company_id._value_timezone())
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
        items = sorted({(place[row[1]], row[2] or "") for row in rows})
        column = {key: at for at, key in enumerate(items)}
        people = {
            person: at for at, person in enumerate(dict.fromkeys(map(FIRST, rows)))
        }
        data, places = np.full((2, len(people), len(items)), np.nan)
        seconds, survey = np.full((2, len(people)), np.nan)
        for person, construct, item, score, chosen, survey_id, needed, *_all in rows:
            at = people[person], column[place[construct], item or ""]
            data[at], places[at] = score, chosen
            seconds[at[0]] = np.nan if needed is None else needed
            survey[at[0]] = survey_id
        return Sheet(
            constructs=constructs,
            items=[(constructs[at].id, item) for at, item in items],
            data=data,
            structure=self._links(items, pairs, place),
            is_staff=any(row[-1] == "staff" for row in rows),
            given=rows[0][-2] if rows else 0,
            places=places,
            seconds=seconds,
            survey=survey,
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
        """Return the SQL of (participation, construct, item, score, place of the
        choice, survey, seconds, participations of all, audience).

        Whoever answered twice counts once; whom nobody knows counts each time.
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
                SELECT DISTINCT ON (person) user_input_id
                  FROM given
              ORDER BY person, date DESC, user_input_id DESC
            )
            SELECT user_input_id, construct_id, item, score,
                   (value - scale_min) / (scale_max - scale_min), given.survey_id,
                   EXTRACT(EPOCH FROM end_datetime - start_datetime)::float8,
                   (SELECT COUNT(DISTINCT user_input_id) FROM given), audience
              FROM given
              JOIN survey_user_input input ON input.id = user_input_id
             WHERE user_input_id IN (SELECT user_input_id FROM newest)
          ORDER BY user_input_id, given.id
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

    # --- a result as plain data for the dashboard ---

    def _describe_short(self):
        """Return one point of the line over time."""
        self.ensure_one()
        return {
            "id": self.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "state": self.state,
            "progress": self.progress,
            "message": self.message or "",
            "answer_count": self.answer_count,
            "given_count": self.given_count,
            "value": self.value,
            "low": self.low if self.has_interval else None,
            "high": self.high if self.has_interval else None,
            "automatic": self.automatic,
        }

    def _describe(self):
        """Return everything a reader may ask for of one result."""
        rules = dict(self._fields["rule"]._description_selection(self.env))
        titles = self._item_titles()
        return {
            **self._describe_short(),
            **self._describe_constructs(),
            "rule": rules[self.rule],
            "has_model": self.has_model,
            "times": self.times,
            "left_out_count": self.left_out_count,
            "filled_count": self.filled_count,
            "domain": self._readable_domain(),
            "target_id": self.index_id.target_id.id,
            "items": [
                {
                    "construct_id": item.construct_id.id,
                    "item": item.item,
                    "title": titles.get(item.item, ""),
                    "mean": _plain(item.mean),
                    "share": _plain(item.share),
                    "loading": _plain(item.loading),
                    "n": item.answer_count,
                }
                for item in self.item_ids
            ],
            "paths": [
                {
                    "cause_id": path.cause_id.id,
                    "effect_id": path.effect_id.id,
                    "coefficient": _plain(path.coefficient),
                    "low": _plain(path.low),
                    "high": _plain(path.high),
                    "significant": path.significant,
                }
                for path in self.path_ids
            ],
        }

    def _describe_constructs(self):
        """Return the constructs, and which of them to improve first."""
        constructs = [self._describe_construct(one) for one in self.construct_ids]
        # Results of earlier versions know effects in standard deviations only.
        in_points = all(
            one["points"] is not None for one in constructs if one["total"] is not None
        )
        for one in constructs:
            one["importance"] = one["points" if in_points else "total"]
        found = priority(
            *([one[name] for one in constructs] for name in ("importance", "value"))
        )
        for one, urgent in zip(constructs, found.urgent.tolist(), strict=True):
            one["urgent"] = urgent
        return {
            "constructs": constructs,
            "in_points": in_points,
            "means": not np.isnan(found.mean_total)
            and {"total": found.mean_total, "value": found.mean_value},
            "first": constructs[found.first] if found.first is not None else False,
        }

    def _compared(self, others):
        """Return what the company's own history tells beside this result.

        Only periods of one length compare; what was asked for in between does not.

        :param others: done results of the index, oldest first
        :return: dict of mean and best, False without other results
        """
        others = others.filtered("automatic") - self
        found = past(others.mapped("value"))
        return found is not None and {
            "mean": found.mean,
            "best": others[found.best]._describe_short(),
        }

    def _item_titles(self):
        """Return {item code: its question, in the words of the first survey}."""
        surveys = self.index_id.sudo().survey_ids  # what is asked is no secret
        questions = surveys.question_ids.filtered("value_item").sorted(
            "id", reverse=True
        )
        return {question.value_item: question.title for question in questions}

    def _readable_domain(self, *constructs):
        """Return the domain of the answers, False if nobody may see single ones."""
        return not self.is_staff and list(self._answer_domain(*constructs))

    def _describe_construct(self, one):
        return {
            "id": one.construct_id.id,
            "name": one.construct_id.name,
            "less_is_better": one.construct_id.less_is_better,
            "value": _plain(one.value),
            "low": _plain(one.low),
            "high": _plain(one.high),
            "r2": _plain(one.r2),
            "total": _plain(one.total),
            "points": _plain(one.points),
            "total_low": _plain(one.total_low),
            "total_high": _plain(one.total_high),
            "domain": self._readable_domain(one.construct_id),
        }


def _plain(number):
    return None if number is False else number
