from odoo import api, models
from odoo.tools import format_date

from ... import words

SIGNS = {"good": "✓", "warn": "▲", "bad": "✗", "none": "–"}


class ReportCrmValueStrategy(models.AbstractModel):
    """Closing report of a strategy, to print."""

    _name = "report.crm_value.report_strategy_closing"
    _description = "Closing Report of a Strategy, Printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        questions = self.env["crm.value.strategy.closing"].browse(docids)
        questions.check_access("read")
        return {
            "doc_ids": docids,
            "doc_model": questions._name,
            "docs": questions,
            "pages": {question: self._page(question) for question in questions},
        }

    @api.model
    def _page(self, question):
        """Return all that is printed for one question."""
        statement = self.env["crm.value.strategy.statement"]
        return {
            "company": question.strategy_id.company_id or self.env.company,
            "period": self._period(question),
            "versions": statement._statement(
                question.strategy_id, question.date_from, question.date_to
            ),
            "value": self._value,
            "score": self._score,
            "label": self._label,
            "light": self._light,
            "lag": self._lag,
            "worst": self._worst,
            "missing": self._missing,
        }

    @api.model
    def _period(self, question):
        return self.env._(
            "%(from)s to %(until)s",
            **{
                "from": format_date(self.env, question.date_from),
                "until": format_date(self.env, question.date_to),
            },
        )

    @api.model
    def _value(self, measure, value):
        return "" if value is None else measure._say_value(value)

    @api.model
    def _score(self, score):
        return "" if score is None else words.number(self.env, score, 1)

    @api.model
    def _label(self, record, name):
        """Return the label of what is chosen in a field, empty where nothing is."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

    @api.model
    def _light(self, light):
        """Return a signal as a sign and a word."""
        field = self.env["crm.value.measure"]._fields["light"]
        return f"{SIGNS[light]} {dict(field._description_selection(self.env))[light]}"

    @api.model
    def _worst(self, told):
        """Return the lowest of the measures of an objective."""
        return self.env._(
            "Lowest: %(name)s %(score)s",
            name=told["worst"]["measure"].name,
            score=self._score(told["worst"]["score"]),
        )

    @api.model
    def _missing(self, told):
        return self.env._(
            "Without a value: %(measures)s",
            measures=words.measures(self.env, told["missing"]),
        )

    @api.model
    def _lag(self, link):
        if not link.lag:
            return self.env._("same month")
        return words.months(self.env, link.lag)
