"""A small strategy: people cause quick answers, and those cause customers who pay."""

from datetime import date

from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import date_utils

from ..common import ValueCommon

LAST = date(2026, 5, 1)  # the last month that is over


class ScorecardCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._person("manager", "crm_value.group_manager")
        cls.officer = cls._person("officer", "crm_value.group_officer")
        cls.strategy = cls._strategy(cls.company)
        cls.people, cls.quick, cls.paid = cls.strategy.objective_ids
        cls.measure = cls.quick.measure_ids

    @classmethod
    def _person(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            f"scorecard_{login}",
            groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            lang="en_US",
        )

    @classmethod
    def _strategy(cls, company, **values):
        """Return a draft with three objectives, each measured by hand, and a chain."""
        strategy = cls.env["crm.value.strategy"].create(
            {
                "name": "Serve Well",
                "company_id": company.id,
                "date_start": date(2024, 1, 1),
                "objective_ids": [
                    cls._new_objective("People", "learning", "up"),
                    cls._new_objective("Quick Answers", "process", "down"),
                    cls._new_objective("Paid", "financial", "up"),
                ],
                **values,
            }
        )
        people, quick, paid = strategy.objective_ids
        strategy.link_ids = [
            Command.create({"cause_id": people.id, "effect_id": quick.id, "lag": 1}),
            Command.create({"cause_id": quick.id, "effect_id": paid.id, "lag": 2}),
        ]
        return strategy

    @classmethod
    def _new_objective(cls, name, perspective, direction):
        goal = {"goal": 700, "red": 500}
        if direction == "down":
            goal = {"goal": 8, "red": 24}
        goal["date_from"] = date(2024, 1, 1)
        measure = {
            "name": f"{name} Figure",
            "unit": "number",
            "direction": direction,
            "goal_ids": [Command.create(goal)],
        }
        return Command.create(
            {
                "name": name,
                "perspective": perspective,
                "measure_ids": [Command.create(measure)],
            }
        )

    @classmethod
    def _enter(cls, measure, values, last=LAST):
        """Enter values month by month, the last one last; what was asked for, too."""
        count, months = len(values), cls.env["crm.value.measure.month"]
        for at, value in enumerate(values):
            day = date_utils.subtract(last, months=count - 1 - at)
            one = measure.month_ids.filtered(lambda one, day=day: one.month == day)
            if one:
                one.value = value
            else:
                said = {"measure_id": measure.id, "month": day, "value": value}
                one = months.create(said)
            months |= one
        return months

    @classmethod
    def _follow(cls, strategy=None, today=date(2026, 6, 15)):
        months = cls.env["crm.value.measure.month"]
        return months._follow(strategy or cls.strategy, today)
