from datetime import timedelta
from random import Random
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base.models.ir_cron import IrCron

PEOPLE = 60


@tagged("post_install", "-at_install")
class TestSatisfactionTours(HttpCase):
    """The screens of satisfaction in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Tour Company"})
        cls.salesperson = cls._user("tour_salesperson", "crm_value.group_user")
        cls.manager = cls._user("tour_manager", "crm_value.group_manager")
        names = ["Tour Large", *(f"Tour {at}" for at in range(PEOPLE - 1))]
        cls.customers = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "user_id": cls.salesperson.id}
                for name in names
            ]
        )
        cls._buy()
        cls._answer()
        with patch.object(IrCron, "_commit_progress", lambda *_a, **_k: float("inf")):
            cls.env["crm.value.run"]._request(cls.company)._execute()
            index = cls.env.ref("crm_value.index_acsi").with_company(cls.company)
            result = cls.env["crm.value.index.result"].browse(index.action_estimate())
            result._execute()

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,{groups}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            lang="en_US",
        )

    @classmethod
    def _buy(cls):
        today = fields.Date.today()
        cls.env["crm.value.transaction"].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "date": today - timedelta(days=30 * month + 3),
                    "amount": 100 + at,
                    "currency_id": cls.company.currency_id.id,
                    "source_key": f"satisfaction tour {at} {month}",
                }
                for at, customer in enumerate(cls.customers)
                for month in range(4)
            ]
        )

    @classmethod
    def _answer(cls):
        """Let each customer answer the whole index, and recommend; the first, last."""
        random = Random(5)
        now = fields.Datetime.now()
        surveys = [cls.env.ref(f"crm_value.survey_{name}") for name in ("acsi", "nps")]
        vals = []
        for at, customer in enumerate(cls.customers):
            whole = random.random() if at else 0.9
            level = {  # whoever has one opinion of everything tells no effects
                construct: 0.6 * whole + 0.4 * random.random()
                for construct in surveys[0].question_ids.value_construct_id
            }
            for survey in surveys:
                lines = [
                    cls._line(
                        question,
                        level.get(question.value_construct_id, whole),
                        random,
                    )
                    for question in survey.question_ids
                    if question.value_role
                ]
                vals.append(
                    {
                        "survey_id": survey.id,
                        "partner_id": customer.id,
                        "state": "done",
                        "end_datetime": now - timedelta(days=2 if at else 1),
                        "value_company_id": cls.company.id,
                        "user_input_line_ids": [Command.create(v) for v in lines],
                    }
                )
        cls.env["survey.user_input"].create(vals[::-1])

    @classmethod
    def _line(cls, question, level, random):
        vals = {"question_id": question.id}
        if question.value_role == "reason":
            kind = question.question_type
            text = {f"value_{kind}": "Delivery was late"}
            return {**vals, **text, "answer_type": kind}
        level = min(max(level + random.gauss(0, 0.15), 0), 1)
        if question.question_type == "scale":
            span = question.scale_max - question.scale_min
            value = question.scale_min + round(level * span)
            return {**vals, "answer_type": "scale", "value_scale": value}
        choices = question.suggested_answer_ids
        chosen = choices[min(int(level * len(choices)), len(choices) - 1)]
        return {
            **vals,
            "answer_type": "suggestion",
            "suggested_answer_id": chosen.id,
        }

    def test_salesperson_reads_what_customers_answered(self):
        self.start_tour(
            "/odoo/customer-satisfaction",
            "crm_value_satisfaction",
            login="tour_salesperson",
        )

    def test_manager_reads_the_index_and_asks_for_another(self):
        self.start_tour(
            "/odoo/customer-satisfaction-index",
            "crm_value_satisfaction_index",
            login="tour_manager",
        )
        asked = self.env["crm.value.index.result"].search(
            [("company_id", "=", self.company.id), ("state", "=", "queued")]
        )
        self.assertEqual(asked.user_id, self.manager)
