import numpy as np

from odoo import api, models

from ... import words
from ...analytics.scorecard import arrows
from ...analytics.statistics.regression import basis, left_over
from .crm_value_objective_link_customer import ASKED

LEAST = 0.001  # p that is told
MOST = 400  # points that a screen draws
SEEN = {"month": 0.5, "customer": 0.1}  # sizes that power is told of


class CrmValueObjectiveLink(models.Model):
    """What is behind a verdict: both series, the sentence, and what it cannot show."""

    _inherit = "crm.value.objective.link"

    def _drawn(self):
        """Return the arrows as the map draws them."""
        labels = dict(self._fields["verdict"]._description_selection(self.env))
        return [
            {
                "id": link.id,
                "cause": link.cause_id.id,
                "effect": link.effect_id.id,
                "sign": link.sign,
                "lag": link.lag,
                "level": link.level,
                "verdict": link.verdict or "untestable",
                "verdict_name": labels[link.verdict or "untestable"],
                "sentence": link._sentence(),
            }
            for link in self
        ]

    @api.model
    def _say_power(self):
        """Return how often an effect would be seen at all, of arrows by month."""
        tested = self.filtered(
            lambda link: link.level == "month" and link.power is not False
        )
        if not tested:
            return self.env._(
                "Arrows are tested by month from %(months)s on.",
                months=words.months(self.env, arrows.MONTHS),
            )
        weakest = min(tested, key=lambda link: link.power)
        return self.env._(
            "With %(months)s, a link as strong as r = %(size)s is found in %(share)s "
            "of cases: where there is no evidence, there may be a link all the same.",
            months=words.months(self.env, weakest.n),
            size=words.number(self.env, SEEN["month"], 1),
            share=words.percent(self.env, weakest.power),
        )

    # --- the sentence ---

    def _sentence(self):
        """Return the verdict in words, with its numbers."""
        if not self.tested_on:
            return self.env._("Not tested yet: no month is closed.")
        if self.verdict == "untestable":
            return self._say_why()
        said = {
            "supported": self._say_supported,
            "contradicted": self._say_contradicted,
            "none": self._say_none,
        }[self.verdict]
        return said(self._numbers())

    def _numbers(self):
        people = self.level == "customer"
        return {
            "cause": self.cause_id.name,
            "effect": self.effect_id.name,
            "lag": words.months(self.env, self.lag),
            "size": words.number(self.env, self.effect_size, 2),
            "p": self._say_p(),
            "count": words.customers(self.env, self.n)
            if people
            else words.months(self.env, self.n),
        }

    def _say_p(self):
        if self.p_adjusted < LEAST:
            return f"p < {words.number(self.env, LEAST, 3)}"
        return f"p = {words.number(self.env, self.p_adjusted, 3)}"

    def _say_supported(self, numbers):
        if self.level == "customer":
            return self.env._(
                "Among customers alike before, “%(effect)s” was after %(lag)s as "
                "declared where “%(cause)s” had been better (slope %(size)s, %(p)s "
                "over all arrows, %(count)s).",
                **numbers,
            )
        return self.env._(
            "“%(effect)s” followed “%(cause)s” after %(lag)s as declared "
            "(r = %(size)s, %(p)s over all arrows, %(count)s).",
            **numbers,
        )

    def _say_contradicted(self, numbers):
        if self.level == "customer":
            return self.env._(
                "Among customers alike before, “%(effect)s” was after %(lag)s the "
                "opposite of what was declared where “%(cause)s” had been better "
                "(slope %(size)s, %(p)s over all arrows, %(count)s).",
                **numbers,
            )
        return self.env._(
            "“%(effect)s” followed “%(cause)s” after %(lag)s, but the other way than "
            "declared (r = %(size)s, %(p)s over all arrows, %(count)s).",
            **numbers,
        )

    def _say_none(self, numbers):
        return self.env._(
            "Nothing is seen of it in %(count)s (%(p)s over all arrows). An effect "
            "of r = %(seen)s would be seen in %(share)s of cases.",
            seen=words.number(self.env, SEEN[self.level], 1),
            share=words.percent(self.env, self.power),
            **numbers,
        )

    def _say_why(self):
        """Return why nothing can be said."""
        few = self.env._(
            "Too few: %(count)s known at both ends.",
            count=words.customers(self.env, self.n)
            if self.level == "customer"
            else words.months(self.env, self.n),
        )
        return {
            "short": few,
            "gaps": self.env._("Too many gaps: both ends are seldom known together."),
            "constant": self.env._("One end does not vary: nothing can follow it."),
            "same": self.env._(
                "By customers only what comes later can be tested: declare a lag."
            ),
            "whole": self.env._(
                "One end is not known of each customer: test it by months."
            ),
        }.get(self.why, few)

    def _say_cannot(self):
        """Return what the data cannot show, whatever the verdict."""
        if self.level == "customer":
            return self.env._(
                "Nobody drew lots who gets more of the cause: what else differs among "
                "customers may act on both ends. It is no proof."
            )
        return self.env._(
            "What follows need not be caused: a third thing may move both ends, the "
            "first one earlier. It is no proof."
        )

    # --- the evidence of one arrow ---

    @api.readonly
    def get_evidence(self):
        """Return what the screen shows of one arrow."""
        self.check_access("read")
        self.ensure_one()
        return {
            "cause": self.cause_id._as_end(),
            "effect": self.effect_id._as_end(),
            "lag": self.lag,
            "sentence": self._sentence(),
            "cannot": self._say_cannot(),
            "points": self._points(),
            "domain": self._domain_behind(),
        }

    def _points(self):
        """Return what is left of both ends after all that is no evidence."""
        if self.verdict in (False, "untestable"):
            return []
        if self.level == "month":
            rest = arrows.residuals(self._arrow(*self._series()))
            return np.column_stack([rest.cause, rest.effect]).tolist()
        known = np.column_stack(self._customers())
        known = known[~np.isnan(known).any(axis=1)]
        space = basis(np.column_stack([np.ones(len(known)), known[:, 2]]))
        left = left_over(space, known[:, :2])
        return left[:: max(1, len(left) // MOST)].tolist()

    def _domain_behind(self):
        """Return the domain of the customers behind an arrow, of those of today."""
        if self.level == "month" or self.verdict in (False, "untestable"):
            return False
        names = {"ticket_count" if one in ASKED else one for one in self._columns()}
        known = [(name, "!=", False) for name in sorted(names - {"relation"})]
        return [("company_id", "=", self.company_id.id), *known]


class CrmValueObjective(models.Model):
    """An end of an arrow: the series of the figure that stands for the objective."""

    _inherit = "crm.value.objective"

    def _as_end(self):
        measure = self._main_measure()
        labels = dict(measure._fields["unit"]._description_selection(self.env))
        months = measure.month_ids.filtered(
            lambda one: one.closed and one.value is not False
        )
        return {
            "name": measure.name or self.name,
            "unit": labels.get(measure.unit, ""),
            "turned": measure.direction == "down",
            "series": [
                [one.month.isoformat(), one.value] for one in months.sorted("month")
            ],
        }
