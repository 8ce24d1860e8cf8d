from datetime import datetime, timedelta

from ..common import TODAY
from .survey_common import SurveyCommon


class MeasureCommon(SurveyCommon):
    """A survey with every kind of measure, and answers given some days ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.loyalty = cls.env.ref("crm_value.construct_loyalty")
        cls.index = cls.env.ref("crm_value.index_acsi")
        cls.asked = cls._survey(
            cls._item("sat1", value_construct_id=cls.satisfaction.id),
            cls._item("sat2", value_construct_id=cls.satisfaction.id),
            cls._item("loy1", value_construct_id=cls.loyalty.id),
            cls._nps(),
            {
                "title": "How satisfied are you?",
                "value_role": "csat",
                "question_type": "scale",
                "scale_min": 1,
                "scale_max": 5,
            },
            {"title": "Why?", "question_type": "text_box", "value_role": "reason"},
            title="All Measures",
            value_audience="customer",
        )
        cls.why = cls.asked.question_ids.filtered(
            lambda question: question.value_role == "reason"
        )

    @classmethod
    def _say(cls, partner, days=0, survey=None, **answers):
        """Return a participation of a contact some days ago: sat1=5, nps1=0 …"""
        words = answers.pop("why", None)
        found = {**answers, **({cls.why: words} if words else {})}
        given = cls._answer(survey or cls.asked, found, partner)
        noon = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=12)
        given.end_datetime = noon - timedelta(days=days)
        return given

    @classmethod
    def _buyer(cls, name, **values):
        """Return a customer who has bought now and then."""
        customer = cls._customer(name, **values)
        cls._purchases(customer, *((100, days) for days in (400, 250, 120, 20)))
        return customer
