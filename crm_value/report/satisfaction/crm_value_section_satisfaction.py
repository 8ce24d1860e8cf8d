from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ... import words
from .crm_value_answer_measure import MEASURES

SPANS = (30, 90, 365)  # days until the month end, of which the first is taken
ENOUGH = 1000  # with as many answers to questions, else the last
ANSWER = "crm.value.answer"


class CrmValueSectionSatisfaction(models.AbstractModel):
    """How satisfied customers were in the year until a month end."""

    _name = "crm.value.section.satisfaction"
    _inherit = ["crm.value.section"]
    _description = "Satisfaction of the Customers"
    _rank = 50
    _part = "satisfaction"

    @api.model
    def _told(self, month):
        """Tell the measures, each with its interval and of how many answers it is."""
        answers = self.env[ANSWER]
        days, domain, end, rows = self._span(month)
        if not rows:
            return None
        found = answers._measured_figures(rows)
        told = {name: figures[0] for name, figures in found.items()}
        labels = answers._measure_labels()
        leading = next((name for name in MEASURES[::-1] if told[name]["told"]), None)
        return {
            "question": self.env._("How satisfied are they?"),
            "answer": self._say_leading(labels[leading], leading, told[leading])
            if leading
            else self.env._("Too few have answered to tell"),
            "notes": [self._say_span(days, month)],
            "tiles": [
                self._measure(
                    labels[name],
                    name,
                    told[name],
                    self._opens(labels[name], answers._counted(domain, name, end)),
                )
                for name in MEASURES[::-1]
                if told[name]["n"]
            ],
            "links": [
                self._screen(
                    self.env._("Satisfaction"),
                    "crm_value.crm_value_measures_action",
                )
            ],
        }

    @api.model
    def _span(self, month):
        """Return (days, domain, end, sums) of the shortest span with enough answers.

        It is as much about the month as answers allow, and work is bounded by them.
        """
        answers = self.env[ANSWER]
        of_all, last = answers._measured_domain(None, "customer"), month["date_to"]
        for days in SPANS:
            first = last - timedelta(days=days - 1)
            begin, end = self.env.company._value_moments(first, last)
            domain = of_all & Domain("date", ">=", begin) & Domain("date", "<", end)
            rows = answers._measure_rows(domain)
            if sum(row["asked"] for row in rows) >= ENOUGH:
                break
        return days, domain, end, rows

    @api.model
    def _opens(self, label, domain):
        """Return what opens the responses behind a measure."""
        title = self.env._("Responses: %(name)s", name=label)
        return self._rows_of(title, "crm.value.response", domain)

    @api.model
    def _say_leading(self, label, name, figure):
        return self.env._(
            "%(measure)s: %(value)s",
            measure=label,
            value=self.env[ANSWER]._say_measure(name, figure["value"]),
        )

    @api.model
    def _say_span(self, days, month):
        return self.env._(
            "Responses of %(days)s until %(date)s.",
            days=words.days(self.env, days),
            date=format_date(self.env, month["date_to"]),
        )

    @api.model
    def _measure(self, label, name, figure, opens):
        """Return one measure; of too few people, only how many they were."""
        count = self._number(figure["n"])
        if not figure["told"]:
            few = self.env._("too few to tell, n = %s", count)
            return self._tile(label, "–", few, opens)
        value, *edges = (
            figure[edge] is not None
            and self.env[ANSWER]._say_measure(name, figure[edge])
            for edge in ("value", "low", "high")
        )
        if not all(edges):
            return self._tile(label, value, self.env._("n = %s", count), opens)
        span = self.env._(
            "%(low)s to %(high)s, n = %(n)s", low=edges[0], high=edges[1], n=count
        )
        return self._tile(label, value, span, opens)
