import numpy as np

from odoo import api, fields, models

from ...analytics.scorecard import arrows, verdict
from .const import SIGN


class CrmValueObjective(models.Model):
    """The figure that stands for an objective where arrows are tested."""

    _inherit = "crm.value.objective"

    def _main_measure(self):
        """Return the measure that weighs most, the first of several."""
        self.ensure_one()
        measures = self.measure_ids.sorted(lambda one: (-one.weight, one.sequence))
        return measures[:1]


class CrmValueObjectiveLink(models.Model):
    """What the company's own data say of its arrows, all judged together."""

    _inherit = "crm.value.objective.link"

    def _judge(self):
        """Give each arrow its verdict; the same data give the same ones."""
        series, start = self._series()
        by_month = self.filtered(lambda link: link.level == "month")
        found = dict(
            zip(
                by_month,
                arrows.verdicts([link._arrow(series, start) for link in by_month]),
                strict=True,
            )
        )
        for link in self - by_month:
            found[link] = link._by_customer()
        judged = verdict.together([found[link] for link in self])
        today = fields.Date.context_today(self)
        for link, one in zip(self, judged, strict=True):
            link._ours().write({"tested_on": today, **link._as_vals(one)})

    @api.model
    def _as_vals(self, found):
        def known(number):
            return False if np.isnan(number) else float(number)

        return {
            "verdict": found.verdict,
            "effect_size": known(found.effect),
            "p_value": known(found.p),
            "p_adjusted": known(found.adjusted),
            "n": found.n,
            "power": known(found.power),
            "why": found.why,
        }

    # --- by month ---

    def _series(self):
        """Return ({measure: closed values, better is more}, their first month)."""
        ends = self.cause_id | self.effect_id
        measures = ends.measure_ids.browse().union(
            *(objective._main_measure() for objective in ends)
        )
        months = self.env["crm.value.measure.month"].search(
            [
                ("measure_id", "in", measures.ids),
                ("closed", "=", True),
                ("value", "!=", False),
            ]
        )
        if not months:
            return {}, None
        start, end = min(months.mapped("month")), max(months.mapped("month"))
        length = _apart(start, end) + 1
        series = {measure: np.full(length, np.nan) for measure in measures}
        for one in months:
            better = 1 if one.measure_id.direction == "up" else -1
            series[one.measure_id][_apart(start, one.month)] = better * one.value
        return series, start

    def _arrow(self, series, start):
        """Return the arrow as the analytics take it; an end without data is empty."""
        nothing = np.full(len(next(iter(series.values()), ())), np.nan)
        return arrows.Arrow(
            series.get(self.cause_id._main_measure(), nothing),
            series.get(self.effect_id._main_measure(), nothing),
            self.lag,
            SIGN[self.sign],
            start.month if start else 1,
        )


def _apart(start, day):
    return 12 * (day.year - start.year) + day.month - start.month
