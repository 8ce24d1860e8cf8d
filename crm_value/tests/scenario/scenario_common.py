"""Customers who bought each month, some of whom stopped: retention is known."""

from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user

from ..common import ValueCommon

CUSTOMERS = 45
GONE = 9  # of them stopped a year ago
YEAR_AGO = date(2025, 5, 31)


@freeze_time("2026-06-15 12:00:00")
class ScenarioCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {at}", "is_company": True} for at in range(CUSTOMERS)]
        )
        for at, customer in enumerate(cls.customers):
            since = 400 if at < GONE else 10 + at % 20
            cls._purchases(
                customer,
                *((100 + 10 * at, day) for day in range(since, 760, 30 + at % 7)),
            )
        cls._score(as_of=YEAR_AGO)
        cls._score()
        cls.officer = cls._person("officer", "crm_value.group_officer")
        cls.manager = cls._person("manager", "crm_value.group_manager")

    @classmethod
    def _person(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            f"scenario_{login}",
            groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            lang="en_US",
        )

    @classmethod
    def _scenario(cls, *lines, **values):
        """Return a scenario; each line is (parameter, amount) or its values."""
        return cls.env["crm.value.scenario"].create(
            {
                "name": "What If",
                "company_id": cls.company.id,
                "line_ids": [
                    Command.create(
                        line
                        if isinstance(line, dict)
                        else dict(zip(("parameter", "amount"), line, strict=True))
                    )
                    for line in lines
                ],
                **values,
            }
        )

    @classmethod
    def _computed(cls, *lines, **values):
        scenario = cls._scenario(*lines, **values)
        scenario.action_compute()
        return scenario

    @classmethod
    def _moved(cls, scenario, measure="equity"):
        return scenario.result["figures"][measure]["change"]

    @classmethod
    def _choice(cls, **values):
        choice = cls.env["crm.value.choice"].create(
            {
                "question": "Dearer or Not?",
                "company_id": cls.company.id,
                "option_ids": [
                    Command.create({"name": "Dearer"}),
                    Command.create({"name": "As It Is"}),
                ],
                "reason": "Few would leave.",
                "figure": "revenue",
                "low": 100,
                "high": 200,
                "review_date": date(2026, 12, 20),
                **values,
            }
        )
        choice.chosen_id = choice.option_ids[0]
        return choice

    @classmethod
    def _stored_months(cls, revenue, months):
        """Store months that are over, with one customer's revenue in each."""
        for month in months:
            cls.env["crm.value.month"].create(
                {
                    "company_id": cls.company.id,
                    "date": month,
                    "as_of": month,
                    "told_by": "test",
                }
            )
            cls.env["crm.value.month.fact"].create(
                {
                    "company_id": cls.company.id,
                    "month": month,
                    "partner_id": cls.customers[0].id,
                    "origin_id": cls.customers[0].id,
                    "number": 1,
                    "channel": "office",
                    "size": "rest",
                    "revenue": revenue,
                    "margin": revenue / 2,
                    "buyer_id": cls.customers[0].id,
                }
            )
