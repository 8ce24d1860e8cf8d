import random
import uuid
from datetime import datetime, time, timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .crm_value_invitation_eligibility import DEFERRED

GATHERED = ("delivered", "recovery", "stage", "tier", "calendar")


class CrmValueInvitation(models.Model):
    """Sends due invitations within the frequency cap, one reminder, and expires them.

    A batch is one transaction: a killed one leaves its invitations planned.
    """

    _inherit = "crm.value.invitation"

    @api.model
    def _cron_invitation(self):
        """Plan calendar invitations, send, remind, expire. Safe at any time."""
        rules = self.env["crm.value.invitation.rule"].search([("running", "=", True)])
        for rule in rules.filtered(lambda rule: rule.event in GATHERED):
            self._plan_safely(rule)
        self._expire()
        self.env["ir.cron"]._commit_progress()
        if self._work_off(self._due("planned", "date"), "_send"):
            self._work_off(self._due("sent", "reminder_on"), "_remind")

    @api.model
    def _plan_safely(self, rule):
        """Plan one rule; if another transaction is at it, leave it to the next time."""
        try:
            with self.env.cr.savepoint():
                self._plan_rule(rule, self._since(rule))
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self._trigger()

    @api.model
    def _due(self, state, field, days=0):
        """Return what is due, or was some days ago, by the calendar of each company."""
        groups = self._read_group([("state", "=", state)], ["company_id"])
        return Domain("state", "=", state) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(field, "<=", self._today_of(company) - timedelta(days=days))
            for (company,) in groups
        )

    @api.model
    def _expire(self):
        """End what was not answered in time; its link has closed by itself."""
        self.search(self._due("sent", "expires_on", days=1)).write(
            {"state": "expired", "reminder_on": False}
        )

    # --- sending ---

    def _send(self):
        """Check eligibility of a batch, and send the eligible, in one transaction."""
        for _company, invitations in self.grouped("company_id").items():
            reasons = invitations._suppression_reasons()
            by_reason = {}
            for invitation, reason in zip(invitations, reasons, strict=True):
                by_reason.setdefault(reason, []).append(invitation.id)
            for reason, ids in by_reason.items():
                invitations.browse(ids)._follow(reason)

    def _follow(self, reason):
        if reason == DEFERRED:
            self.date = self._today() + timedelta(days=1)
        elif reason:
            self._skip(reason)
        else:
            self._admit("")._open()

    def _admit(self, purpose):
        """Apply the frequency cap; skip the held, return those that may be mailed.

        Of staff no line is left in the contact log: it would say who was reminded, and
        so who had answered.

        :param purpose: "" for the invitation, "reminder" for the reminder
        """
        staff = self.filtered(lambda invitation: invitation.audience == "staff")
        unseen = staff._admit_unlogged(purpose)
        return unseen + (self - staff)._admit_logged(purpose)

    def _admit_unlogged(self, purpose):
        admitted = self.browse()
        for company, invitations in self.grouped("company_id").items():
            reasons = self.env["crm.value.contact"]._suppression_reasons(
                company, [(i.partner_id, i._topic(purpose)) for i in invitations]
            )
            for invitation, reason in zip(invitations, reasons, strict=True):
                if not reason:
                    admitted += invitation
                elif not purpose:
                    invitation._skip(reason)
        return admitted

    def _admit_logged(self, purpose):
        contacts = self.env["crm.value.contact"]._plan(
            [invitation._contact_vals(purpose) for invitation in self]
        )
        contacts._admit()
        by_key = {contact.source_key: contact for contact in contacts}
        admitted = self.browse()
        for invitation in self:
            contact = by_key.get(invitation._contact_key(purpose))
            if not contact:
                continue
            invitation.contact_ids += contact
            if contact.state == "sent":
                admitted += invitation
            elif not purpose:
                invitation._skip(contact.reason)
        return admitted

    def _contact_key(self, purpose):
        return f"invitation {self.id} {purpose}".strip()

    def _topic(self, purpose):
        return f"rule {self.rule_id.id} {self.event_key} {purpose}".strip()

    def _contact_vals(self, purpose):
        template = (
            self.rule_id.reminder_template_id
            if purpose
            else self.rule_id.mail_template_id
        )
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "date": self._today(),
            "name": template.name,
            "topic": self._topic(purpose),
            "source_key": self._contact_key(purpose),
            "template_id": template.id,
        }

    def _open(self):
        """Open a participation for each, and mail its link.

        What was made good notes that somebody is asked again. Participations are opened
        in no order: counted off, those of staff would tell whose is whose.
        """
        if not self:
            return
        mixed = self.browse(random.SystemRandom().sample(self.ids, len(self)))
        participations = self.env["survey.user_input"].sudo()  # a cron may
        opened = participations.create([i._participation_vals() for i in mixed])
        for invitation, participation in zip(mixed, opened, strict=True):
            invitation.user_input_id = participation
            invitation.sudo().opt_out_token = str(uuid.uuid4())
        for rule, invitations in self.grouped("rule_id").items():
            invitations.write({"state": "sent", **invitations[:1]._open_dates()})
            invitations._mail(rule.mail_template_id)
        self._recovery().filtered(lambda made: not made.again).again = "asked"

    def _participation_vals(self):
        """Return what the survey application writes, for one answer of one person.

        Staff are not named in it: nobody shall find out who said what.
        """
        named = self.audience != "staff"
        lang = self.partner_id.lang or self.company_id.partner_id.lang
        end = self._open_dates().get("expires_on") or self.expires_on
        return {
            "survey_id": self.survey_id.id,
            "partner_id": named and self.partner_id.id,
            "email": named and self.partner_id.email,
            "lang_id": self.survey_id.sudo()._value_lang_of(lang).id,
            "deadline": datetime.combine(end + timedelta(days=1), time.min),
            "invite_token": str(uuid.uuid4()),
            "value_company_id": self.company_id.id,
            **({} if named else self._round_vals()),
        }

    def _round_vals(self):
        """Return what an answer of staff counts by; nothing of it is one person's."""
        return {
            "value_round": f"{self.rule_id.id} {self.event_key}",
            "value_round_end": self.expires_on,
        }

    def _mail(self, template):
        """Queue the mails, each with its own opt-out, for mail programs as well.

        Those to staff go once they are sent, whatever the template says: a list of
        reminders is one of those who have not answered.
        """
        for company, invitations in self.grouped("company_id").items():
            mails = (
                template.with_company(company)
                .with_context(value_sender=company.email_formatted)
                .send_mail_batch(
                    invitations.ids, email_layout_xmlid="mail.mail_notification_light"
                )
            )
            for invitation, mail in zip(invitations, mails, strict=True):
                mail.auto_delete |= invitation.audience == "staff"
                mail.headers = repr(
                    {
                        "List-Unsubscribe": f"<{invitation.sudo().opt_out_link}>",
                        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    }
                )

    # --- reminding ---

    def _remind(self):
        """Remind once. What holds a reminder back leaves the invitation open."""
        self.write({"reminder_on": False})
        for _company, invitations in self.grouped("company_id").items():
            busy = invitations._with_open_tickets()
            due = invitations.filtered(
                lambda i, busy=busy: (
                    i.rule_id.running
                    and i.partner_id.active
                    and not (i.rule_id.hold_open_ticket and i.customer_id.id in busy)
                )
            )
            reminded = due._admit("reminder")
            reminded.reminded_on = reminded[:1]._today() if reminded else False
            for rule, mails in reminded.grouped("rule_id").items():
                mails._mail(rule.reminder_template_id)

    def _fail(self, error):
        """Note it; whom another transaction has just contacted is counted again."""
        if isinstance(error, UniqueViolation):
            self._trigger()
        elif self.state == "planned":
            self._skip("failed", str(error))
        else:
            self.write({"reminder_on": False, "message": str(error)})

    # --- answers and opt-outs ---

    def _mark_answered(self):
        """Note the answer. Nothing is left that leads from an answer to a colleague."""
        staff = self.filtered(lambda invitation: invitation.audience == "staff")
        self.write({"state": "answered", "reminder_on": False})
        staff.user_input_id = False
        staff._drop_mails()
        for company, invitations in (self - staff).grouped("company_id").items():
            invitations.answered_on = self._today_of(company)

    def _drop_mails(self):
        """Delete what is left of the mails: the link in them leads to the answer."""
        messages = self.env["mail.message"].sudo()
        messages.search(
            [("model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()

    def _opt_out(self):
        """Never mail this address again; what is planned for it is dropped."""
        self.ensure_one()
        address = self.partner_id.email_normalized
        if not address:
            return
        self.env["mail.blacklist"]._add(
            address, message=self.env._("Opted out through a survey mail.")
        )
        planned = self.search(
            [
                ("state", "=", "planned"),
                ("partner_id.email_normalized", "=", address),
            ]
        )
        planned._skip("opt_out")
        self.reminder_on = False
