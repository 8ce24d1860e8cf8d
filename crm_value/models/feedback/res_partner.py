from odoo import models

from ...sheets.purchases import writing


class ResPartner(models.Model):
    """Export of a person's survey responses and invitations (data subject access)."""

    _inherit = "res.partner"

    def action_export_value_answers(self):
        """Download all answers of these contacts and of those below them."""
        self.env["crm.value.invitation.rule"].check_access("write")
        ids = ",".join(map(str, self.ids))
        return {"type": "ir.actions.act_url", "url": f"/crm_value/answers/{ids}"}

    def _value_answers_sheet(self):
        """Return an xlsx of survey answers, invitations and follow-ups.

        Only of the user's companies, also of archived contacts. Names of colleagues
        who answered about us are in none of them.
        """
        header = [
            self.env._("Measure"),
            self.env._("Date"),
            self.env._("Contact"),
            self.env._("Survey"),
            self.env._("Question"),
            self.env._("Answer"),
        ]
        everyone = self.with_context(active_test=False)
        people = everyone.search([("id", "child_of", self.ids)])
        # Managers answer requests for data, whoever restricted a survey.
        everything = people.sudo()
        rows = [
            *everything._value_answer_rows(),
            *everything._value_invitation_rows(),
            *everything._value_recovery_rows(),
        ]
        return writing.write_rows("xlsx", header, rows)

    def _value_answer_rows(self):
        """Give every answer, whether its question measures or not."""
        lines = self.env["survey.user_input.line"].search(
            [
                ("user_input_id.partner_id", "in", self.ids),
                ("user_input_id.test_entry", "=", False),
                # No company: given before the add-on was there.
                (
                    "user_input_id.value_company_id",
                    "in",
                    [False, *self.env.companies.ids],
                ),
                ("survey_id.value_audience", "!=", "staff"),
                ("skipped", "=", False),
            ],
            order="user_input_id, id",
        )
        for line in lines:
            given = line.user_input_id
            yield [
                self.env._("Answer"),
                str(given.end_datetime or given.create_date),
                given.partner_id.display_name,
                line.survey_id.title,
                line.question_id.title,
                _said(line),
            ]

    def _value_invitation_rows(self):
        invitations = self.env["crm.value.invitation"].search(
            [
                ("partner_id", "in", self.ids),
                ("company_id", "in", self.env.companies.ids),
                ("audience", "!=", "staff"),
            ],
            order="id",
        )
        for one in invitations:
            yield [
                self.env._("Invitation"),
                str(one.sent_on or one.date),
                one.partner_id.display_name,
                one.survey_id.title,
                "",
                one._say_state(),
            ]

    def _value_recovery_rows(self):
        recoveries = self.env["crm.value.recovery"].search(
            [
                ("partner_id", "in", self.ids),
                ("company_id", "in", self.env.companies.ids),
            ],
            order="id",
        )
        states = dict(recoveries._fields["state"]._description_selection(self.env))
        for one in recoveries:
            yield [
                self.env._("Follow-Up"),
                str(one.date),
                one.partner_id.display_name,
                one.survey_id.title,
                one.words or "",
                states[one.state],
            ]

    # --- Who is erased is erased with what they answered ---

    def _value_forget(self):
        """Delete the answers to surveys that measure: they would stay as nobody's."""
        self._value_forget_reactions()
        self.env["survey.user_input"].search(
            [
                ("partner_id", "in", self.ids),
                ("survey_id.value_audience", "!=", False),
            ]
        ).unlink()
        return super()._value_forget()

    def _value_forget_reactions(self):
        """Cancel open follow-ups; their tickets lose the address and our links."""
        made = self.env["crm.value.recovery"].search([("partner_id", "in", self.ids)])
        made.activity_id.filtered("active").unlink()
        opened = made.filtered(lambda one: one.reaction == "ticket").ticket_id
        self.env["crm.value.ticketing"]._forget(opened)
        tickets = made.ticket_id
        notes = self.env["mail.message"].search(
            [("model", "=", tickets._name), ("res_id", "in", tickets.ids)]
        )
        links = [f'data-oe-model="{one._name}" data-oe-id="{one.id}"' for one in made]
        notes.filtered(
            lambda note: any(link in str(note.body) for link in links)
        ).unlink()


def _said(line):
    """Return an answer as text, in full; a zero is one."""
    if line.answer_type == "suggestion":
        return line.display_name
    return str(line._get_answer_value())
