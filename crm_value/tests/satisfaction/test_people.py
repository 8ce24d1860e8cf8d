from datetime import date

from odoo.tests import tagged

from .measure_common import MeasureCommon


@tagged("post_install", "-at_install")
class TestPeople(MeasureCommon):
    """One person counts once in a period and survey, by whichever way it answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = cls.env["crm.value.answer"]
        cls.acme = cls._buyer("Acme Buyer", email="anna@acme.example")
        for at in range(4):
            cls._say(cls._buyer(f"Buyer {at}"), sat1=5, nps1=10, csat1=5)

    @classmethod
    def _by_link(cls, email, days=0, **answers):
        """Return a participation over the public link, with an address or nothing."""
        given = cls._say(None, days, **answers)
        given.email = email
        return given

    def _thrice(self):
        """Let one person answer by an invitation, another one and the public link."""
        self._say(self.acme, days=3, sat1=5, nps1=10, csat1=5)
        self._say(self.acme, days=2, sat1=5, nps1=10, csat1=5)
        self._by_link("Anna <ANNA@acme.example>", days=1, sat1=1, nps1=0, csat1=1)

    def test_the_newest_answer_of_a_person_is_the_one_that_counts(self):
        self._thrice()
        total = self.answers.get_measures(days=365)["total"]
        self.assertEqual((total["answers"], total["people"]), (7, 5))
        self.assertEqual((total["nps"]["n"], total["nps"]["value"]), (5, 60))
        self.assertEqual((total["csat"]["n"], total["csat"]["value"]), (5, 80))
        self.assertEqual((total["csi"]["n"], total["csi"]["value"]), (5, 80))

    def test_fewer_than_five_people_are_not_told_however_often_they_answer(self):
        self.env["survey.user_input"].search([]).unlink()
        for _time in range(6):
            self._say(self.acme, nps1=10)
        total = self.answers.get_measures(days=365)["total"]
        self.assertEqual((total["answers"], total["people"]), (6, 1))
        self.assertFalse(total["nps"]["told"])

    def test_people_whom_nobody_knows_count_each_time(self):
        self._by_link(False, nps1=0)
        self._by_link(False, nps1=0)
        total = self.answers.get_measures(days=365)["total"]
        self.assertEqual((total["answers"], total["people"]), (6, 6))

    def test_two_surveys_are_two_answers_of_one_person(self):
        self._say(self.acme, nps1=0)
        self._say(self.acme, nps1=0, survey=self.asked.copy())
        total = self.answers.get_measures(days=365)["total"]
        self.assertEqual((total["answers"], total["people"]), (6, 5))
        self.assertEqual(total["nps"]["n"], 6)

    def test_each_month_counts_a_person_anew(self):
        self._say(self.acme, days=40, nps1=10)
        self._say(self.acme, days=1, nps1=0)
        history = self.answers.get_measures_by_month()["history"]
        self.assertEqual([month["people"] for month in history], [1, 5])

    def test_a_second_answer_soon_after_replaces_the_first_of_a_customer(self):
        self._say(self.acme, days=20, sat1=5, nps1=10)
        self._by_link("anna@acme.example", days=2, sat1=5, nps1=10)  # no customer's
        self._say(self.acme, days=1, sat1=1, nps1=0)
        self._score()
        profile = self._profile(self.acme)
        self.assertEqual((profile.csi, profile.nps, profile.answer_count), (0, 0, 1))
        self._refresh()
        self.assertEqual((profile.csi, profile.nps, profile.answer_count), (0, 0, 1))

    def test_answers_long_apart_both_count_for_a_customer(self):
        self._say(self.acme, days=100, nps1=10)
        self._say(self.acme, days=1, nps1=0)
        self._score()
        self.assertEqual(self._profile(self.acme).answer_count, 2)

    def test_index_counts_an_address_once_and_says_how_many_answered(self):
        self.asked.value_index_id = self.index
        self._thrice()
        result = self.env["crm.value.index.result"].create(
            {
                "index_id": self.index.id,
                "date_from": date(2026, 1, 1),
                "date_to": date(2026, 12, 31),
                "times": 0,
            }
        )
        with self._no_commit():
            self.env["crm.value.index.result"]._cron_index()
        self.assertEqual((result.answer_count, result.given_count), (5, 7))
        self.assertAlmostEqual(result.value, 80)

    def test_score_of_a_theme_is_of_people(self):
        self.env["crm.value.theme"].search([]).active = False
        self.env["crm.value.theme"].create({"name": "Delivery", "words": "deliver"})
        self._say(self.acme, days=3, nps1=10, why="Delivery was fine")
        self._say(self.acme, days=2, nps1=10, why="Delivered quickly")
        self._say(self.acme, days=1, nps1=0, why="Late delivery")
        row = self.answers.get_themes()["themes"][0]
        self.assertEqual((row["count"], row["nps_n"], row["nps"]), (3, 1, -100))
