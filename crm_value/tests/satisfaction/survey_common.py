from datetime import datetime, time, timedelta

from odoo import Command

from ..common import TODAY, ValueCommon

LIKERT = {"question_type": "scale", "scale_min": 1, "scale_max": 5}


class SurveyCommon(ValueCommon):
    """A survey of a few questions, and people who answer it as they do on the web."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quality = cls.env.ref("crm_value.construct_quality")
        cls.satisfaction = cls.env.ref("crm_value.construct_satisfaction")
        cls.acme = cls._customer("Acme")
        cls.anna = cls._customer("Anna", parent=cls.acme, email="anna@acme.example")
        cls.survey = cls._survey(
            cls._item("qual1"),
            cls._item("qual2", value_reversed=True),
            cls._nps(),
            {"title": "Why?", "question_type": "text_box", "value_role": "reason"},
            {"title": "Anything else?", "question_type": "text_box"},
        )

    @classmethod
    def _survey(cls, *questions, **values):
        return cls.env["survey.survey"].create(
            {
                "title": "How is it?",
                "survey_type": "survey",
                "access_mode": "token",
                "questions_layout": "one_page",
                "question_and_page_ids": [
                    Command.create({"sequence": at, **question})
                    for at, question in enumerate(questions)
                ],
                **values,
            }
        )

    @classmethod
    def _item(cls, code, **values):
        return {
            "title": f"How good is {code}?",
            "value_role": "item",
            "value_item": code,
            "value_construct_id": cls.quality.id,
            **LIKERT,
            **values,
        }

    @classmethod
    def _nps(cls, **values):
        return {
            "title": "Would you recommend us?",
            "question_type": "scale",
            "value_role": "nps",
            **values,
        }

    @classmethod
    def _question(cls, code, survey=None):
        questions = (survey or cls.survey).question_ids
        return questions.filtered(lambda question: question.value_item == code)

    @classmethod
    def _answer(cls, survey, answers, partner=None, done=True, **values):
        """Return a participation, saved in the steps of the survey's web pages.

        :param answers: {item code or question: what is sent, None skipped}
        """
        participation = survey.sudo()._create_answer(
            partner=partner or False, check_attempts=False, **values
        )
        participation._mark_in_progress()
        for key, answer in answers.items():
            question = cls._question(key, survey) if isinstance(key, str) else key
            participation._save_lines(question, None if answer is None else str(answer))
        if done:
            participation._mark_done()
        return participation

    @classmethod
    def _in_round(cls, participations, days=1, name="1 calendar 0"):
        """Make participations of staff those of a round that ended some days ago."""
        end = TODAY - timedelta(days=days)
        noon = datetime.combine(end, time(12))
        participations.write(
            {"value_round": name, "value_round_end": end, "end_datetime": noon}
        )
        return participations

    @classmethod
    def _rows(cls, participations):
        """Return {item: flat answer} of participations."""
        rows = cls.env["crm.value.answer"].search(
            [("user_input_id", "in", participations.ids)]
        )
        return {row.item or row.role: row for row in rows}
