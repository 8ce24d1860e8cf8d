from odoo import api, fields, models


class SurveyUserInput(models.Model):
    """Closes the invitation of a response, and starts its follow-up."""

    _inherit = "survey.user_input"

    value_invitation_ids = fields.One2many(
        "crm.value.invitation",
        "user_input_id",
        string="Invitation",
        groups="crm_value.group_user",
    )

    def _mark_done(self):
        """Tell what waits for the answer, in the transaction of the answer."""
        fresh = self.filtered(lambda given: given.state != "done")
        result = super()._mark_done()
        fresh.filtered(lambda given: not given.test_entry)._value_answered()
        return result

    def _value_open_answers(self):
        """Open everything that was answered."""
        return self.env["crm.value.answer"]._open_where(
            [("user_input_id", "=", self.id)]
        )

    def _value_answered(self):
        # Who answers is often nobody the database knows.
        given = self.sudo()
        given.filtered(lambda done: not done.start_datetime).write(
            {"start_datetime": fields.Datetime.now()}
        )
        invitations = given.value_invitation_ids
        answers = given._value_answers()
        invitations._mark_answered()
        given._value_note(answers)
        self.env["crm.value.recovery"].sudo()._judge(answers, invitations)

    def _value_answers(self):
        """Return the flat answers that are somebody's, known and from outside."""
        self.env.flush_all()
        return self.env["crm.value.answer"].search(
            [("user_input_id", "in", self.ids), ("origin", "=", "customer")]
        )

    @api.model
    def _value_note(self, answers):
        """Note on the contact that it answered, unless the survey is restricted.

        Not what: colleagues of other companies read the notes on a shared contact.
        """
        every = answers.with_context(active_test=False)  # of users: one who has left
        open_ones = every.filtered(lambda row: not row.survey_id.restrict_user_ids)
        for participation in open_ones.user_input_id:
            participation.partner_id._message_log(
                body=self.env._(
                    "Has responded to “%(survey)s”. The response is under "
                    "Satisfaction, Answers.",
                    survey=participation.survey_id.title,
                )
            )
