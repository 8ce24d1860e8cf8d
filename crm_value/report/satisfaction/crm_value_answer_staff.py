from odoo import api, fields, models
from odoo.tools import SQL

from ...models.satisfaction.const import FEWEST_STAFF


class CrmValueAnswer(models.Model):
    """Employee responses, reported by complete rounds only.

    All answers of a round appear at once, with the day it ended as their date, and
    from the same people to the same questions. Whatever is cut out of them or looked
    at before and after is a sum of whole rounds: no difference of two is one person.
    """

    _inherit = "crm.value.answer"
    _depends = {"survey.user_input": ["value_round", "value_round_end"]}

    @api.model
    def _date(self):
        """Return the SQL of the moment of an answer; a whole round has the same."""
        return SQL(
            """
            CASE WHEN survey.value_audience = 'staff'
                 THEN input.value_round_end + TIME '12:00'
                 ELSE input.end_datetime END
            """
        )

    @api.model
    def _enough_staff(self):
        """Return the SQL of whether a line may be counted: of staff, by rounds."""
        return SQL(
            "(survey.value_audience <> 'staff' OR line.id IN (%s))",
            self._told_of_staff(),
        )

    @api.model
    def _told_of_staff(self):
        """Return the SQL of the lines of rounds that are over and large enough.

        Questions answered by five, of people who answered all of these, if five did.
        """
        return SQL(
            """
            WITH given AS MATERIALIZED (%(given)s),
                 told AS (
                SELECT round, question_id
                  FROM given
              GROUP BY round, question_id
                HAVING COUNT(DISTINCT input_id) >= %(fewest)s),
                 needed AS (
                SELECT round, COUNT(*) AS questions FROM told GROUP BY round),
                 person AS (
                SELECT given.round, given.input_id
                  FROM given
                  JOIN told USING (round, question_id)
                  JOIN needed USING (round)
              GROUP BY given.round, given.input_id, needed.questions
                HAVING COUNT(DISTINCT question_id) = needed.questions),
                 large AS (
                SELECT round
                  FROM person
              GROUP BY round
                HAVING COUNT(*) >= %(fewest)s)
            SELECT given.id
              FROM given
              JOIN told USING (round, question_id)
              JOIN person USING (round, input_id)
              JOIN large USING (round)
            """,
            given=self._given_in_rounds(),
            fewest=FEWEST_STAFF,
        )

    @api.model
    def _given_in_rounds(self):
        """Return the SQL of what staff said in time in the rounds that are over."""
        return SQL(
            """
            SELECT line.id, line.question_id, input.id AS input_id,
                   input.value_round AS round
              FROM survey_user_input_line line
              JOIN survey_user_input input ON input.id = line.user_input_id
              JOIN survey_survey survey ON survey.id = input.survey_id
              JOIN survey_question question ON question.id = line.question_id
         LEFT JOIN survey_question_answer choice
                ON choice.id = line.suggested_answer_id
             WHERE survey.value_audience = 'staff'
               AND input.value_round_end < %(today)s
               AND input.end_datetime < input.value_round_end + 1
               AND question.value_role <> 'reason'
               AND %(counts)s
            """,
            today=fields.Date.today(),
            counts=self._counts(),
        )
