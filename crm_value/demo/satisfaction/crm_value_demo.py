from datetime import datetime, time, timedelta

from odoo import Command, api, fields, models

from ..core import histories
from ..core.crm_value_demo import QUIET
from . import responses, voices

SURVEYS = ("acsi", "nps", "purchase", "service")


class CrmValueDemo(models.AbstractModel):
    """Lets the demo customers answer surveys."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        """Let the surveys of the last months be answered, once."""
        known = self.env.ref("crm_value.demo_answer_0", raise_if_not_found=False)
        super()._install()
        if known:
            return
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        self._give_roles()
        self._create_answers(company, fields.Date.today())
        self.env.ref("crm_value.ir_cron_index")._trigger()

    @api.model
    def _give_roles(self):
        for who, role in voices.CONTACT_ROLES.items():
            self._ref(who).value_role_id = self.env.ref(f"crm_value.role_{role}")

    @api.model
    def _create_answers(self, company, today):
        """Create finished surveys, with xml ids."""
        questions = self._survey_questions()
        vals_list = [*self._voiced(today), *self._drawn(today)]
        for vals in vals_list:
            survey, levels, words = (
                vals.pop(key) for key in ("survey", "levels", "words")
            )
            vals["survey_id"] = self.env.ref(f"crm_value.survey_{survey}").id
            vals["value_company_id"] = company.id
            vals["state"] = "done"
            vals["create_date"] = vals["start_datetime"] = vals["end_datetime"]
            vals["user_input_line_ids"] = [
                Command.create(line)
                for line in self._answer_lines(questions[survey], levels, words)
            ]
        answers = self.env["survey.user_input"].create(vals_list)
        self._name_records("demo_answer", answers)

    @api.model
    def _voiced(self, today):
        """Return what the characters answered."""
        return [
            {
                "partner_id": self._ref(voice.who).id,
                "end_datetime": self._noon(today - timedelta(days=voice.age)),
                "survey": voice.survey,
                "levels": voice.level,
                "words": voice.words,
            }
            for voice in voices.VOICES
        ]

    @api.model
    def _drawn(self, today):
        """Return what the other customers answered."""
        customers = self._customers()
        china = self.env.ref("base.cn")
        bought = histories.purchases(len(customers), today)
        found = responses.answers(len(customers), bought, today)
        return [
            {
                "partner_id": customers[one.customer].id,
                "end_datetime": self._noon(one.date),
                "survey": one.survey,
                "levels": one.levels,
                "words": one.words
                and responses.phrase(
                    one.words, number, customers[one.customer].country_id == china
                ),
            }
            for number, one in enumerate(found)
        ]

    @api.model
    def _noon(self, day):
        return datetime.combine(day, time(12, 15))

    @api.model
    def _survey_questions(self):
        """Return {survey: questions that have a meaning}."""
        return {
            name: self.env.ref(f"crm_value.survey_{name}").question_ids.filtered(
                "value_role"
            )
            for name in SURVEYS
        }

    @api.model
    def _answer_lines(self, questions, levels, words):
        """Return the lines of one survey; what is not answered was skipped.

        :param levels: item → place on its scale, or one place for all
        """
        for question in questions:
            vals = {"question_id": question.id}
            if question.value_role == "reason":
                told = {"answer_type": "text_box", "value_text_box": words}
                yield {**vals, **(told if words else {"skipped": True})}
                continue
            if not isinstance(levels, dict):
                less = question.value_construct_id.less_is_better
                level = 1 - levels if less else levels
            else:
                level = levels.get(question.value_item)
            yield {**vals, **self._place(question, level)}

    @api.model
    def _place(self, question, level):
        """Return the answer at a place of the question's scale."""
        if level is None:
            return {"skipped": True}
        if question.question_type == "scale":
            span = question.scale_max - question.scale_min
            value = question.scale_min + round(level * span)
            return {"answer_type": "scale", "value_scale": value}
        choices = question.suggested_answer_ids.sorted("answer_score")
        chosen = choices[round(level * (len(choices) - 1))]
        return {"answer_type": "suggestion", "suggested_answer_id": chosen.id}
