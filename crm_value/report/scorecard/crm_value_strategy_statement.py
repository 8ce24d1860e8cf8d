import numpy as np

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils

from ...analytics.scorecard import scorecard
from ...models.scorecard.crm_value_measure_initiative import INITIATIVE


class CrmValueStrategyStatement(models.AbstractModel):
    """What became of a strategy in a period, version by version."""

    _name = "crm.value.strategy.statement"
    _description = "Statement of a Strategy"

    @api.model
    def _statement(self, strategy, date_from, date_to):
        """Return a dict for each version that was in force, the first one first.

        Months count for the version that was in force at their end. What was there
        before the first version counts for that one.
        """
        strategy.check_access("read")
        versions = self._versions(strategy)
        span = date_utils.start_of(date_from, "month"), date_to
        measures = versions.objective_ids.measure_ids
        months = self._months(measures, *span)
        actions = self._actions(measures, *span)
        told = [
            self._version(version, self._within(version, months, *span), actions)
            for version in versions
        ]
        return [one for one in told if one["months"] or one["strategy"] == strategy]

    @api.model
    def _versions(self, strategy):
        """Return a strategy after all that it followed."""
        versions = strategy
        while before := versions[:1].previous_id:
            versions = before | versions
        return versions

    @api.model
    def _months(self, measures, date_from, date_to):
        """Return {measure: its months in the period, the first one first}."""
        months = self.env["crm.value.measure.month"].search_fetch(
            Domain("measure_id", "in", measures.ids)
            & Domain("month", ">=", date_from)
            & Domain("month", "<=", date_to),
            ["measure_id", "month", "value", "n", "goal", "red", "score", "closed"],
            order="month, id",
        )
        return months.grouped("measure_id")

    @api.model
    def _within(self, version, months, date_from, date_to):
        """Return {measure: months that count for a version}."""
        first = version.previous_id and version.date_start
        first = date_utils.start_of(first, "month") if first else date_from
        last = version.state == "superseded" and version.date_end
        last = date_utils.start_of(last, "month") if last else None
        return {
            measure: months[measure].filtered(
                lambda one: one.month >= first and (not last or one.month < last)
            )
            for measure in version.objective_ids.measure_ids
            if measure in months
        }

    @api.model
    def _actions(self, measures, date_from, date_to):
        """Return {id of a measure: initiatives under way, or done in the period}."""
        found = self.env["mail.activity"].with_context(active_test=False)
        done = Domain("date_done", ">=", date_from) & Domain("date_done", "<=", date_to)
        activities = found.search(
            Domain("res_model", "=", measures._name)
            & Domain("res_id", "in", measures.ids)
            & Domain("activity_type_id", "=", self.env.ref(INITIATIVE).id)
            & (Domain("active", "=", True) | done),
            order="date_deadline, id",
        )
        return activities.grouped("res_id")

    @api.model
    def _version(self, version, months, actions):
        """Return all that the report shows of one version."""
        labels = self.env["crm.value.objective"]._fields["perspective"]
        objectives = version.objective_ids.grouped("perspective")
        measures = version.objective_ids.measure_ids
        return {
            "strategy": version,
            "months": sorted({one.month for found in months.values() for one in found}),
            "perspectives": [
                {
                    "name": name,
                    "objectives": [
                        self._objective(objective, months)
                        for objective in objectives.get(key, ())
                    ],
                }
                for key, name in labels._description_selection(self.env)
            ],
            "links": [self._link(link) for link in version.link_ids],
            "actions": [
                self._action(measure, activity)
                for measure in measures
                for activity in actions.get(measure.id, ())
            ],
        }

    @api.model
    def _objective(self, objective, months):
        """Return an objective at the end of the period, with its measures."""
        measures = [
            self._measure(measure, months.get(measure))
            for measure in objective.measure_ids
        ]
        found = scorecard.rollup(
            [np.nan if one["score"] is None else one["score"] for one in measures],
            [measure.weight for measure in objective.measure_ids],
        )
        return {
            "objective": objective,
            "score": None if np.isnan(found.score) else float(found.score),
            "worst": measures[int(found.worst)] if found.worst >= 0 else None,
            "missing": int(found.missing),
            "measures": measures,
        }

    @api.model
    def _measure(self, measure, months):
        """Return a measure in the period: where it began, where it came to."""
        months = months or self.env["crm.value.measure.month"]
        known = months.filtered(lambda one: self._known(one.value) is not None)
        scored = months.filtered(lambda one: self._known(one.score) is not None)
        last = known[-1:]
        return {
            "measure": measure,
            "first": self._known(known[:1].value) if known else None,
            "last": self._known(last.value) if last else None,
            "goal": self._known(last.goal) if last else None,
            "red": self._known(last.red) if last else None,
            "score": self._known(last.score) if last else None,
            "light": last.light if last else "none",
            "month": last.month,
            "known": len(known),
            "below": len(
                scored.filtered(lambda one: one.score < scorecard.GOAL - 1e-6)
            ),
            "months": months,
        }

    @api.model
    def _known(self, value):
        """Return a figure, None where it is not known."""
        return None if value is None or value is False else value

    @api.model
    def _link(self, link):
        """Return an arrow: what was declared, and what was found."""
        return {
            "link": link,
            "name": link.display_name,
            "sentence": link._sentence(),
        }

    @api.model
    def _action(self, measure, activity):
        return {
            "measure": measure.name,
            "task": activity.summary or activity.activity_type_id.name,
            "user": activity.user_id.name,
            "deadline": activity.date_deadline,
            "done": fields.Date.to_date(activity.date_done),
        }
