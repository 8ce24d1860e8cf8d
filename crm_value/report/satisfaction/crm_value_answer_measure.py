from datetime import timedelta

import numpy as np
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils

from ... import words
from ...analytics.satisfaction import satisfaction
from ...analytics.satisfaction.benchmark import past

GROUPINGS = (
    "rfm_segment",
    "quadrant",
    "stage_id",
    "tier_id",
    "category",
    "user_id",
    "survey_id",
    "company_id",
)
PERIODS = (30, 90, 365, 0)  # days; 0: since ever
AUDIENCES = ("customer", "dealer", "staff")
FEW = 5  # answers below which no figure is told
MEASURES = ("csat", "nps", "csi")
HISTORY = 13  # months
ENOUGH = 3  # months that are told, to compare with
LEADING = ("csi", "nps")  # what is said first, if it is told


class CrmValueAnswer(models.Model):
    """CSAT, net promoter score and satisfaction index by group, with n and interval."""

    _inherit = "crm.value.answer"

    @api.model
    @api.readonly
    def get_measures(self, grouping="stage_id", days=365, audience="customer"):
        """Return the measures of all answers and of each group.

        Each group and each figure comes with the domain that finds exactly the
        responses it counts.
        """
        grouping, days, audience = self._asked(grouping, days, audience)
        domain = self._measured_domain(grouping, audience)
        since, _before = self._measured_since(days)
        period = Domain("date", ">=", since) if since else Domain.TRUE
        found = self._readable(audience)._measure_rows(domain & period, grouping)
        whole = [row for row in found if row["whole"]]
        rows = [row for row in found if not row["whole"]]
        [total] = self._measured_groups(whole, None, domain, since, audience) or [None]
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "grouping": grouping,
            "groupings": self._groupings(),
            "audience": audience,
            "audiences": self._audiences(),
            "days": days,
            "periods": list(PERIODS),
            "few": FEW,
            "total": total,
            **self._measured_headline(total),
            "groups": self._measured_groups(rows, grouping, domain, since, audience),
            "may_see_surveys": self.env.user.has_group("survey.group_survey_user"),
        }

    @api.model
    @api.readonly
    def get_measures_before(self, grouping="stage_id", days=365, audience="customer"):
        """Return the measures of the period before, to tell a change by.

        Asked apart, so that nobody waits for twice as many answers.
        """
        grouping, days, audience = self._asked(grouping, days, audience)
        found = {"before": {}, "total_before": None}
        since, before = self._measured_since(days)
        if not since:
            return found
        period = Domain("date", ">=", before) & Domain("date", "<", since)
        domain = self._measured_domain(grouping, audience) & period
        rows = self._readable(audience)._measure_rows(domain, grouping)
        figures = self._measured_figures(rows)
        for at, row in enumerate(rows):
            told = {name: figures[name][at] for name in MEASURES}
            if row["whole"]:
                found["total_before"] = told
            else:
                found["before"][row["key"]] = told
        return found

    @api.model
    def _asked(self, grouping, days, audience):
        """Return what is asked for, or what is told instead of the unheard-of."""
        return (
            grouping if grouping in GROUPINGS else GROUPINGS[0],
            days if days in PERIODS else PERIODS[-1],
            audience if audience in AUDIENCES else AUDIENCES[0],
        )

    @api.model
    @api.readonly
    def get_measures_by_month(self, grouping="stage_id", audience="customer"):
        """Return the measures of the last months, and what the past was of each."""
        audience = audience if audience in AUDIENCES else AUDIENCES[0]
        domain = self._measured_domain(grouping, audience)
        history = self._measured_history(domain, audience)
        past = {name: self._measured_past(history, name) for name in MEASURES}
        return {"history": history, "past": past}

    @api.model
    def _measure_labels(self):
        return {
            "csi": self.env._("Satisfaction index"),
            "csat": self.env._("CSAT"),
            "nps": self.env._("Net promoter score"),
        }

    @api.model
    def _say_measure(self, name, value):
        """Return a measure as it is written: a share, a balance with its sign."""
        if name == "csat":
            return words.percent(self.env, value / 100)
        said = words.number(self.env, value)
        return f"+{said}" if name == "nps" and round(value) > 0 else said

    @api.model
    def _measured_headline(self, total):
        """Return which measure is said first, and which the chart shows at first."""
        told = [name for name in LEADING if total and total[name]["told"]]
        asked = [name for name in (*LEADING, "csat") if total and total[name]["n"]]
        return {"headline": told[0] if told else None, "shown": (asked or LEADING)[0]}

    @api.model
    def _measured_past(self, history, name):
        """Return what the company's own history tells of a measure, None: too little.

        :param history: months, oldest first
        :return: dict of mean, and of the best and the worst month
        """
        months = [month for month in history if month[name]["told"]]
        found = past([month[name]["value"] for month in months], at_least=ENOUGH)
        return found and {
            "mean": found.mean,
            **{
                which: {"key": months[at]["key"], "value": months[at][name]["value"]}
                for which, at in (("best", found.best), ("worst", found.worst))
            },
        }

    @api.model
    def _readable(self, audience):
        """Return where to count: single answers of staff are nobody's to read.

        Managers are told figures, which are of whole rounds of five people and more.
        """
        boss = self.env.user.has_group("crm_value.group_manager")
        return self.sudo() if boss and audience == "staff" else self

    @api.model
    def _groupings(self):
        names = list(GROUPINGS)
        if not self.env.user.has_group("crm_value.group_part_loyalty"):
            names.remove("tier_id")
        labels = {"category": self.env._("Product Category")}
        return {
            name: labels.get(name) or self._fields[name]._description_string(self.env)
            for name in names
        }

    @api.model
    def _audiences(self):
        """Return {code: label} of who answered; of staff for managers only."""
        found = dict(self._fields["audience"]._description_selection(self.env))
        if not self.env.user.has_group("crm_value.group_manager"):
            del found["staff"]
        return found

    @api.model
    def _measured_domain(self, grouping, audience):
        """Return which responses count: colleagues are no customers, strangers may."""
        companies = self.env.companies if grouping == "company_id" else self.env.company
        domain = Domain("company_id", "in", companies.ids)
        domain &= Domain("audience", "=", audience)
        return (
            domain
            if audience == "staff"
            else domain & Domain("origin", "!=", "internal")
        )

    @api.model
    def _measured_since(self, days):
        """Return (begin of the period, begin of the one before); None: ever."""
        if not days:
            return None, None
        now = fields.Datetime.now()
        return now - timedelta(days=days), now - timedelta(days=2 * days)

    @api.model
    def _measured_history(self, domain, audience):
        """Return the measures of the last months, oldest first."""
        begin = date_utils.start_of(fields.Date.today(), "month")
        begin -= relativedelta(months=HISTORY - 1, days=1)  # in whichever time zone
        recent = domain & Domain("date", ">=", fields.Datetime.to_datetime(begin))
        found = self._readable(audience)._measure_rows(recent, "month")
        rows = [row for row in found if not row["whole"]]
        groups = self._measured_groups(rows, "month", domain, None, audience)
        return sorted(groups, key=lambda group: group["key"] or "")[-HISTORY:]

    @api.model
    def _measured_groups(self, rows, grouping, domain, since, audience):
        """Return the groups as plain data, those of most people first."""
        figures = self._measured_figures(rows)
        labels = self._group_labels(grouping, [row["key"] for row in rows])
        responses = self._response_rates(grouping, since, audience) or {}
        opened = [
            audience != "staff"
            and list(domain & self._group_domain(grouping, row, since))
            for row in rows
        ]
        groups = [
            {
                "key": row["key"],
                "label": labels[row["key"]][1],
                "place": labels[row["key"]][0],
                "people": row["people"],
                "answers": row["answers"],
                "age": row["age"],
                "response": responses.get(row["key"]),
                "domain": opened[at],
                **{
                    name: {
                        **figures[name][at],
                        "domain": opened[at] and self._counted(opened[at], name),
                    }
                    for name in MEASURES
                },
            }
            for at, row in enumerate(rows)
        ]
        return sorted(groups, key=lambda group: (group["place"], -group["people"]))

    @api.model
    def _counted(self, domain, name, before=False):
        """Return the domain of the responses that a measure counts.

        Of one person's responses to a survey the newest one counts, if it was asked.

        :param before: end of the period, False: now
        """
        newest = ("newest_before", "<" if before else "=", before)
        return [*domain, newest, (name, "!=", False)]

    @api.model
    def _measured_figures(self, rows):
        """Return {measure: dicts of value, low, high and n}, None where not known."""

        def column(name, unknown=0.0):
            found = (row.get(name) for row in rows)
            return np.array([unknown if x is None else x for x in found], dtype=float)

        nan = np.nan
        found = {
            "csat": satisfaction.satisfied_share(column("satisfied"), column("csat_n")),
            "nps": satisfaction.net_share(
                column("promoters"), column("detractors"), column("nps_n")
            ),
            "csi": satisfaction.mean_index(
                column("csi", nan), column("csi_deviation", nan), column("csi_n")
            ),
        }
        return {
            name: [
                {
                    **dict(
                        zip(("value", "low", "high"), map(_known, three), strict=True)
                    ),
                    "n": int(n),
                    "told": bool(n >= FEW),
                }
                for *three, n in zip(*columns, column(f"{name}_n"), strict=True)
            ]
            for name, columns in found.items()
        }

    @api.model
    def _response_rates(self, grouping, since, audience):
        """Return {group: share of the invited who answered}, None: nobody is invited.

        Whoever invites extends this.

        :param grouping: one of the groupings, "month", or None for all
        :param since: begin of the period, None: ever
        :param audience: who was invited
        """
        return None


def _known(number):
    return None if np.isnan(number) else float(number)
