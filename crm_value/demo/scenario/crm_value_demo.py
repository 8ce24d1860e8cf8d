from datetime import timedelta

from odoo import Command, api, fields, models

from ..core.crm_value_demo import QUIET

SCENARIOS = [
    {
        "name": "Two Points More Stay",
        "note": "Called before their purchase cycle is over twice.",
        "line_ids": [("retention", 2.0)],
    },
    {
        "name": "Three Percent Dearer",
        "note": "Costs rose by four. Large customers compare prices.",
        "elasticity": -1.2,
        "elasticity_low": -2.0,
        "elasticity_high": -0.5,
        "line_ids": [("price", 3.0)],
    },
    {
        "name": "Quicker Answers, Fewer Letters",
        "note": "Half of the letters, and an answer within four working hours.",
        "contact_cost": 0.55,
        "line_ids": [("response", 4.0), ("cap", 1.0), ("retention", 1.0)],
    },
]


class CrmValueDemo(models.AbstractModel):
    """Three scenarios, a choice that was reviewed, and one that waits for its day."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        result = super()._install()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        if not self.env.ref("crm_value.demo_scenario_0", raise_if_not_found=False):
            scenarios = self._create_scenarios(company)
            self._create_choices(company, scenarios, fields.Date.today())
        return result

    @api.model
    def _create_scenarios(self, company):
        scenarios = self.env["crm.value.scenario"].create(
            [
                {
                    **values,
                    "company_id": company.id,
                    "user_id": self.env.ref("base.user_admin").id,
                    "seed": 2026 + at,
                    "line_ids": [
                        Command.create({"parameter": what, "amount": amount})
                        for what, amount in values["line_ids"]
                    ],
                }
                for at, values in enumerate(SCENARIOS)
            ]
        )
        self._name_records("demo_scenario", scenarios)
        return scenarios

    @api.model
    def _create_choices(self, company, scenarios, today):
        shared = {
            "company_id": company.id,
            "user_id": self.env.ref("base.user_admin").id,
        }
        choices = self.env["crm.value.choice"].create(
            [
                {
                    **shared,
                    "question": "Letters Each Month, or Each Quarter?",
                    "option_ids": [
                        Command.create({"name": "Each Month"}),
                        Command.create({"name": "Each Quarter"}),
                    ],
                    "reason": "Many letters were not opened.",
                    "figure": "revenue",
                    "low": 180_000,
                    "high": 240_000,
                    "review_date": today - timedelta(days=20),
                    "learnt": "Who gets fewer letters opens them.",
                },
                {
                    **shared,
                    "question": "Dearer, or Keep More Customers?",
                    "option_ids": [
                        Command.create({"scenario_id": one.id}) for one in scenarios[:2]
                    ],
                    "reason": "Nobody knows how buyers answer to the price; who stays "
                    "is known.",
                    "figure": "customers",
                    "low": 120,
                    "high": 170,
                    "review_date": today + timedelta(days=120),
                },
            ]
        )
        choices[0].chosen_id = choices[0].option_ids[1]
        choices[1].chosen_id = choices[1].option_ids[0]
        self._take_choices(choices, today)
        self._name_records("demo_choice", choices)

    @api.model
    def _take_choices(self, choices, today):
        """One was taken and reviewed, the other one waits; with all rights as data."""
        reviewed, waits = choices
        waits.action_take()
        reviewed.write(
            {
                "state": "reviewed",
                "taken_on": today - timedelta(days=200),
                "reviewed_on": today - timedelta(days=18),
                "actual": 206_480,
                "is_hit": True,
            }
        )
