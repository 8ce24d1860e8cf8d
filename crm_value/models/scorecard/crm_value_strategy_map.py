import numpy as np

from odoo import api, fields, models
from odoo.tools import date_utils, formatLang

from ... import words
from ...analytics.scorecard import scorecard
from .const import LIVE, PERSPECTIVES

TREND = 13  # months: the last one beside the same a year ago


class CrmValueStrategy(models.Model):
    """The map: objectives in four bands with their scores, and the arrows' verdicts."""

    _inherit = "crm.value.strategy"

    @api.model
    @api.readonly
    def get_map(self, month=None):
        """Return the strategy of the current company as the screen shows it.

        :param month: ISO day of the month to show, default: the last one that is known
        """
        self.check_access("read")
        strategy = self._current(self.env.company)
        if not strategy:
            return self._no_map()
        months = strategy._months_known()
        asked = [one for one in months if fields.Date.to_string(one) == month]
        shown = (asked or months[-1:] or [False])[0]
        scores = strategy._scores(shown)
        return {
            "strategy": strategy._head(),
            "month": shown and fields.Date.to_string(shown),
            "months": [fields.Date.to_string(one) for one in months],
            "perspectives": strategy._bands(scores),
            "links": strategy.link_ids._drawn(),
            "power_sentence": strategy.link_ids._say_power(),
            "can_edit": strategy.has_access("write") and strategy.state != "superseded",
        }

    @api.model
    def _current(self, company):
        """Return the strategy in force, else the latest draft."""
        mine = [("company_id", "=", company.id)]
        live = self.search([*mine, ("state", "in", LIVE)], limit=1)
        return live or self.search([*mine, ("state", "=", "draft")], limit=1)

    @api.model
    def _no_map(self):
        return {
            "strategy": False,
            "month": False,
            "months": [],
            "perspectives": [],
            "links": [],
            "power_sentence": "",
            "can_edit": self.has_access("create"),
        }

    def _head(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        offers = dict(self._fields["proposition"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.name,
            "version": self.version,
            "state": self.state,
            "state_name": labels[self.state],
            "proposition_name": offers[self.proposition],
            "mission": self.mission or "",
            "trouble": self.trouble or "",
        }

    def _months_known(self):
        """Return the months of which anything is known, the earliest first."""
        found = self.env["crm.value.measure.month"]._read_group(
            [("strategy_id", "=", self.id), ("value", "!=", False)], ["month:month"]
        )
        return sorted(fields.Date.to_date(month) for (month,) in found)

    def _scores(self, shown):
        """Return {measure: (scores of thirteen months, the month that is shown)}."""
        none = self.env["crm.value.measure.month"]
        measures = self.objective_ids.measure_ids
        found = {one: [np.full(TREND, np.nan), none] for one in measures}
        if not shown:
            return found
        span = [
            date_utils.subtract(shown, months=TREND - 1 - at) for at in range(TREND)
        ]
        for one in none.search(
            [("measure_id", "in", measures.ids), ("month", "in", span)]
        ):
            if one.score is not False:
                found[one.measure_id][0][span.index(one.month)] = one.score
            if one.month == shown:
                found[one.measure_id][1] = one
        return found

    # --- the bands ---

    def _bands(self, scores):
        labels = self.objective_ids._fields["perspective"]._description_selection(
            self.env
        )
        return [
            {
                "key": key,
                "name": label,
                "objectives": [
                    objective._card(scores)
                    for objective in self.objective_ids
                    if objective.perspective == key
                ],
            }
            for (key, _label), (_key, label) in zip(PERSPECTIVES, labels, strict=True)
        ]


class CrmValueObjective(models.Model):
    """An objective as a card: its score, the worst of its measures, its year."""

    _inherit = "crm.value.objective"

    def _card(self, scores):
        """Return the card of an objective.

        :param scores: {measure: (scores of thirteen months, the month shown)}
        """
        measures = self.measure_ids
        table = np.array([scores[one][0] for one in measures]).reshape(-1, TREND)
        found = scorecard.rollup(table.T, np.array(measures.mapped("weight"), float))
        lights = scorecard.light(table[:, -1]).tolist()
        at = int(found.worst[-1])
        worst = measures[at] if at >= 0 else measures.browse()
        return {
            "id": self.id,
            "name": self.name,
            "theme": self.theme or "",
            "owner": self.owner_id.sudo().name or "",  # a colleague's name
            "weight": self.weight,
            "score": _known(found.score[-1]),
            "light": str(scorecard.light(found.score[-1:])[0]),
            "worst": worst._as_worst(table[at, -1]) if worst else None,
            "missing": int(found.missing[-1]),
            "trend": [_known(score) for score in found.score],
            "year_ago": _known(found.score[0]),
            "measures": [
                measure._line(scores[measure], light)
                for measure, light in zip(measures, lights, strict=True)
            ],
        }


class CrmValueMeasure(models.Model):
    """A measure as a line of its objective's card."""

    _inherit = "crm.value.measure"

    def _as_worst(self, score):
        return {"id": self.id, "name": self.name, "score": _known(score)}

    def _line(self, scored, light):
        scores, month = scored
        return {
            "id": self.id,
            "name": self.name,
            "value_text": self._say_value(month.value if month else False),
            "goal_text": self._say_value(month.goal if month else False),
            "score": _known(scores[-1]),
            "light": light,
            "n": month.n,
            "actions": self.initiative_count,
            "off_target": self.off_target,
        }

    def _say_value(self, value):
        """Return a value in its unit, nothing where it is not known."""
        if value is False:
            return ""
        if self.unit == "money":
            currency = self.company_id.sudo().currency_id
            return words.whole_money(self.env, value, currency)
        if self.unit == "percent":
            return words.percent(self.env, value / 100, 1)
        if self.unit == "days":
            return words.days(self.env, value)
        if self.unit == "hours":
            return self.env._(
                "%(hours)s h", hours=formatLang(self.env, value, digits=1)
            )
        return formatLang(self.env, value, digits=1)


def _known(score):
    return None if np.isnan(score) else float(score)
