from datetime import date

from odoo.fields import Command
from odoo.tests import new_test_user

from ..common import ValueCommon

# The last two months before the frozen today, and the one before them.
MONTHS = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))


class StrategyCommon(ValueCommon):
    """A strategy in force: staff that acts on customers, who are off target."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strategy = cls._make_strategy()
        cls.customers, cls.staff = cls.strategy.objective_ids
        cls.measure = cls.customers.measure_ids
        cls._enter(cls.measure, (80, 40, 30))
        cls._enter(cls.staff.measure_ids, (60, 75, 90))
        (cls.measure | cls.staff.measure_ids)._note_off_target()

    @classmethod
    def _make_strategy(cls):
        strategy = cls.env["crm.value.strategy"].create(
            {
                "name": "Tour Strategy",
                "company_id": cls.company.id,
                "mission": "Nobody has to look for another dealer.",
                "objective_ids": [
                    cls._objective("Tour Customers", "customer", "Tour Measure", 1),
                    cls._objective("Tour Staff", "learning", "Staff Measure", 2),
                ],
            }
        )
        customers, staff = strategy.objective_ids
        strategy.link_ids = [
            Command.create({"cause_id": staff.id, "effect_id": customers.id, "lag": 1})
        ]
        strategy.action_activate()
        return strategy

    @classmethod
    def _objective(cls, name, perspective, measure, sequence):
        goal = {"date_from": "2026-01-01", "goal": 70, "red": 50}
        return Command.create(
            {
                "name": name,
                "perspective": perspective,
                "sequence": sequence,
                "measure_ids": [
                    Command.create(
                        {
                            "name": measure,
                            "unit": "percent",
                            "direction": "up",
                            "goal_ids": [Command.create(goal)],
                        }
                    )
                ],
            }
        )

    @classmethod
    def _enter(cls, measure, values):
        """Enter the values of the three months."""
        cls.env["crm.value.measure.month"].create(
            [
                {"measure_id": measure.id, "month": month, "value": value}
                for month, value in zip(MONTHS, values, strict=True)
            ]
        )

    @classmethod
    def _strategist(cls, login, group="group_manager"):
        """Return a user who may see the part, in a role."""
        groups = f"base.group_user,crm_value.{group},crm_value.group_part_strategy"
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )
