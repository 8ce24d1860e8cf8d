from datetime import datetime, timedelta

from odoo import api, fields, models

from ..core.crm_value_demo import QUIET
from . import invited


class CrmValueDemo(models.AbstractModel):
    """Lets the demo company have asked for the answers, and react to the bad ones."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        """Invite to what was answered lately, and to what was not, once."""
        super()._install()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(**QUIET)
        rules = self.env["crm.value.invitation.rule"]
        rules._ensure(company)
        invitations = self.env["crm.value.invitation"]
        if invitations.search_count([("company_id", "=", company.id)], limit=1):
            return
        by_survey = {
            rule.survey_id: rule
            for rule in rules.search([("company_id", "=", company.id)])
            if rule.event in invited.EVENTS
        }
        made = invitations.create(self._invited(by_survey, fields.Date.today()))
        asking = made.rule_id | by_survey[self.env.ref("crm_value.survey_service")]
        asking.write({"running": True, "user_id": self.env.ref("base.user_admin").id})
        self._react(company)

    @api.model
    def _invited(self, rules, today):
        """Return one invitation for each answer, and those that led to none."""
        since = today - timedelta(days=invited.DAYS)
        answered = self.env["survey.user_input"].search(
            [
                ("survey_id", "in", [survey.id for survey in rules]),
                ("end_datetime", ">=", since),
                ("partner_id", "!=", False),
                ("value_company_id", "=", self.env.company.id),
            ],
            order="end_datetime, id",
        )
        customers = self._customers()
        vals_list = []
        for number, given in enumerate(answered):
            rule, day = rules[given.survey_id], given.end_datetime.date()
            vals_list.append(
                {
                    **self._invitation_vals(rule, given.partner_id, day, number),
                    "state": "answered",
                    "answered_on": day,
                    "user_input_id": given.id,
                }
            )
            for at in range(invited.SILENT):
                other = customers[(7 * number + 3 * at + 1) % len(customers)]
                key = f"{number} {at}"
                vals = self._invitation_vals(rule, other, day, key)
                vals_list.append({**vals, **self._unanswered(vals, number + at, today)})
        return vals_list

    @api.model
    def _invitation_vals(self, rule, partner, day, key):
        sent = day - timedelta(days=2)
        return {
            "rule_id": rule.id,
            "company_id": rule.company_id.id,
            "survey_id": rule.survey_id.id,
            "audience": rule.audience,
            "event": rule.event,
            "event_key": f"demo {key}",
            "event_date": sent - timedelta(days=rule.wait_days),
            "partner_id": partner.id,
            "customer_id": partner.commercial_partner_id.id,
            "origin_id": partner.id,
            "date": sent,
            "sent_on": sent,
            "expires_on": sent + timedelta(days=rule.expires_days),
        }

    @api.model
    def _unanswered(self, vals, number, today):
        """Return how an invitation without an answer stands."""
        reason = invited.REASONS.get(number % invited.ROUND)
        if reason:
            dates = dict.fromkeys(("sent_on", "expires_on"), False)
            return {"state": "skipped", "reason": reason, **dates}
        late = vals["expires_on"] < today
        reminded = vals["sent_on"] + timedelta(days=5)
        return {
            "state": "expired" if late else "sent",
            "reminded_on": reminded if reminded <= today else False,
        }

    @api.model
    def _react(self, company):
        """Open what bad answers of the last weeks call for, and end what is older."""
        today = fields.Date.today()
        invitations = self.env["crm.value.invitation"].search(
            [
                ("company_id", "=", company.id),
                ("answered_on", ">=", today - timedelta(days=invited.REACTION_DAYS)),
            ]
        )
        answers = self.env["crm.value.answer"].search(
            [
                ("user_input_id", "in", invitations.user_input_id.ids),
                ("origin", "=", "customer"),
            ]
        )
        recoveries = self.env["crm.value.recovery"]
        recoveries._judge(answers, invitations)
        made = recoveries.search([("company_id", "=", company.id)], order="date")
        for recovery in made:  # a handful
            begun = min(recovery.date, datetime.now())
            due = begun + timedelta(hours=invited.DUE_HOURS)
            recovery.write({"begun_on": begun, "due": due})
        bad = made.filtered(lambda one: one.kind == "bad")
        good = made - bad
        self._end(made - bad[-2:] - good[-2:])
        (bad[-1:] | good[-2:]).due = datetime.now() + timedelta(days=1)

    @api.model
    def _end(self, recoveries):
        """Let all but the latest be done, most of the bad ones to satisfaction."""
        recoveries.ticket_id.stage_id = self.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_stage_done"
        )
        for number, recovery in enumerate(recoveries):
            if recovery.reaction == "activity":
                recovery.activity_id.action_done()
            recovery.solved_on = recovery.date + timedelta(hours=10 + number)
            if recovery.kind == "bad":
                recovery.again = invited.AGAIN[number % len(invited.AGAIN)]
