from odoo import api, fields, models
from odoo.tools import SQL


class CrmValueRecovery(models.Model):
    """Classifies a response by its rule, and opens the ticket or activity for it.

    The record comes in the transaction of the answer, and what it opens too, unless
    that fails: then the answer stays, and the record says why.
    """

    _inherit = "crm.value.recovery"

    @api.model
    def _cron_recovery(self):
        """Open queued follow-ups, and fill in customer values known since.

        Safe to start at any time: a killed batch leaves its answers waiting.
        """
        self._fill_values()
        self._work_off([("state", "=", "waiting")], "_react")

    @api.model
    def _judge(self, answers, invitations):
        """Create follow-ups of responses, once per participation.

        :param answers: flat answers of known people from outside
        :param invitations: those that were answered by them
        """
        rules = self._rules_of(answers, invitations)
        vals_list = []
        for participation, rows in answers.grouped("user_input_id").items():
            rule = rules.get(participation)
            if rule and (found := self._classify(rule, rows)):
                vals_list.append(self._judged_vals(rule, rows, *found))
        self._note_second_answers(answers, invitations, rules)
        self.create(vals_list)._work_safely("_react")
        self._tell_complaints(answers, invitations, rules)

    @api.model
    def _rules_of(self, answers, invitations):
        """Return {participation: rule}: that of the invitation, or one of the survey.

        What colleagues send by hand is treated like what a rule sends.
        """
        rules = {i.user_input_id: i.rule_id for i in invitations}
        running = self.env["crm.value.invitation.rule"].search(
            [
                ("survey_id", "in", answers.survey_id.ids),
                ("company_id", "in", answers.company_id.ids),
                ("running", "=", True),
            ]
        )
        for row in answers:
            fitting = running.filtered(
                lambda rule, row=row: (
                    rule.survey_id == row.survey_id
                    and rule.company_id == row.company_id
                )
            )
            rules.setdefault(row.user_input_id, fitting[:1])
        return rules

    @api.model
    def _classify(self, rule, rows):
        """Return (kind, score of the worst answer), None if nothing is to be done."""
        single = rows.filtered(lambda row: row._is_single())
        if not single:
            return None
        worst = min(single.mapped("score"))
        if any(rule._is_bad(row.role, row) for row in single):
            return ("bad", worst) if rule.recovery else None
        if rule.ask_referral and any(rule._is_good(row.role, row) for row in single):
            return "good", worst
        return None

    @api.model
    def _judged_vals(self, rule, rows, kind, score):
        row = rows[0]
        invitation = row.user_input_id.value_invitation_ids[:1]
        ticket = invitation._ticket() if kind == "bad" else self.ticket_id.browse()
        profile = self._profile_of(row)
        reaction = "activity" if kind == "good" else rule.recovery
        return {
            "user_input_id": row.user_input_id.id,
            "rule_id": rule.id,
            "survey_id": row.survey_id.id,
            "company_id": row.company_id.id,
            "partner_id": row.partner_id.id,
            "customer_id": row.commercial_partner_id.id,
            "date": row.date,
            "kind": kind,
            "score": score,
            "words": rows._in_words(),
            "value_score": profile.value_score if profile else False,
            "quadrant": profile.quadrant,
            "reaction": "reopen" if ticket else reaction,
            "ticket_id": ticket.id,
        }

    @api.model
    def _profile_of(self, row):
        profiles = self.env["crm.value.profile"]._by_customer(
            row.company_id, row.commercial_partner_id
        )
        key = (row.company_id.id, row.commercial_partner_id.id)
        return profiles.get(key, self.env["crm.value.profile"])

    @api.model
    def _fill_values(self):
        """Give the value of the first run to whom there was none of before."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_value_recovery recovery
                   SET value_score = profile.value_score, quadrant = profile.quadrant
                  FROM crm_value_profile profile
                 WHERE profile.company_id = recovery.company_id
                   AND profile.partner_id = recovery.customer_id
                   AND recovery.value_score IS NULL
                   AND profile.value_score IS NOT NULL
             RETURNING recovery.id
                """
            )
        )
        self.invalidate_model(["value_score", "quadrant"])

    @api.model
    def _note_second_answers(self, answers, invitations, rules):
        """Note the outcome on the follow-up that was asked about."""
        for invitation in invitations.filtered(lambda i: i.event == "recovery"):
            rows = answers.filtered(
                lambda row, i=invitation: row.user_input_id == i.user_input_id
            )
            single = rows.filtered(lambda row: row._is_single())
            if not single:
                continue
            bad = any(rules[row.user_input_id]._is_bad(row.role, row) for row in single)
            invitation._recovery().again = "dissatisfied" if bad else "satisfied"

    @api.model
    def _tell_complaints(self, answers, invitations, rules):
        """Note on complaints what their customers have answered about them."""
        for invitation in invitations:  # one answer at a time comes in
            given = invitation.user_input_id
            rows = answers.filtered(lambda row, given=given: row.user_input_id == given)
            single = rows.filtered(lambda row: row._is_single())
            if single and (ticket := invitation._ticket()):
                rule = rules[given]
                bad = any(rule._is_bad(row.role, row) for row in single)
                ticket._value_hear(not bad, single[0].date)

    # --- reacting ---

    def _react(self):
        """Open the ticket or activity, in the name of the system."""
        for recovery in self:  # one answer at a time comes in
            company = recovery.company_id
            here = recovery.with_company(company).with_user(
                self.env.ref("base.user_root")
            )
            here.user_id = here._owner()
            here.due = here._due_at()
            getattr(here, f"_react_{recovery.reaction}")()
            here.write({"begun_on": fields.Datetime.now(), "message": False})

    def _react_ticket(self):
        """Open a ticket that says nothing of the answer: the customer may read it."""
        self.ticket_id = self.env["crm.value.ticketing"]._open(
            self.partner_id,
            self.company_id,
            title=self.env._("Your feedback: %(survey)s", survey=self._title()),
            text=self.env._("Thank you for your feedback. We are looking into it."),
            team=self.rule_id.team_id,
            owner=self.user_id,
        )
        self.ticket_id._message_log(body=self._link())
        self._open_activity(self.ticket_id)

    def _react_reopen(self):
        """Put the ticket of a customer who is not satisfied back to work."""
        self.env["crm.value.ticketing"]._reopen(
            self.ticket_id,
            self.env._(
                "Reopened because the customer is not satisfied. %(link)s",
                link=self._link(),
            ),
        )
        self._open_activity(self.ticket_id)

    def _react_activity(self):
        self._open_activity(self.customer_id)

    def _open_activity(self, record):
        """Open the activity of the owner; a ticket without an owner needs none."""
        if record == self.ticket_id and not self.user_id:
            return
        self.activity_id = record.with_context(
            mail_activity_quick_update=True
        ).activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self.due.date(),
            summary=self._summary(),
            note=self._note(),
            user_id=self.user_id.id,
            automated=True,
        )

    def _note(self):
        """Return where the owner reads it; of a referral, where to enter it as well."""
        if self.kind == "bad":
            return self._link()
        return self.env._(
            "%(link)s Record any customer they refer in “Referred by” on the new "
            "customer.",
            link=self._link(),
        )

    def _link(self):
        """Return a link to the words: they stand here only, and go with the contact.

        What it stands in is read by others than the answer, and outlives it.
        """
        return self._get_html_link(self.env._("Survey response and customer value"))

    def _summary(self):
        if self.kind == "good":
            return self.env._("Ask for a referral or reference")
        return self.env._("Negative response: find the cause and resolve it")

    def _title(self):
        lang = self.company_id.partner_id.lang
        return self.survey_id.with_context(lang=lang).title

    def _fail(self, error):
        self.message = str(error) or type(error).__name__
