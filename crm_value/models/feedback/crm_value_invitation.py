from datetime import timedelta

from odoo import api, fields, models

from ..satisfaction.const import AUDIENCES
from .const import EVENTS, INVITATION_STATES, SUPPRESSION_REASONS

SECRET = "base.group_system"  # whoever has the link answers for the customer


class CrmValueInvitation(models.Model):
    """A survey invitation: planned for an event, then sent or suppressed.

    Nobody sees those of staff; the rule tells how many there are.
    """

    _name = "crm.value.invitation"
    _inherit = ["crm.value.work"]
    _description = "Survey Invitation"
    _is_result = True
    _value_part = "satisfaction"
    _order = "date DESC, id DESC"
    _rec_name = "survey_id"
    _rec_names_search = ["survey_title"]
    _job = "crm_value.ir_cron_invitation"

    rule_id = fields.Many2one(
        "crm.value.invitation.rule", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    survey_id = fields.Many2one(
        "survey.survey",
        required=True,
        index=True,
        ondelete="restrict",
    )
    # Whoever may not search surveys finds what is theirs by its name.
    survey_title = fields.Char(related="survey_id.title")
    audience = fields.Selection(AUDIENCES, required=True)
    event = fields.Selection(EVENTS, string="Trigger", required=True)
    event_key = fields.Char(
        required=True,
        help="Identifies the event, so that it triggers only one invitation.",
    )
    event_date = fields.Date(required=True)
    res_model = fields.Char(string="Document Model")
    res_id = fields.Many2oneReference(string="Document", model_field="res_model")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="cascade"
    )
    customer_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    salesperson_id = fields.Many2one(
        related="customer_id.user_id", string="Salesperson"
    )
    origin_id = fields.Integer(
        aggregator=None, string="Original Contact ID", required=True
    )
    date = fields.Date(string="Planned For", required=True)
    state = fields.Selection(INVITATION_STATES, default="planned", required=True)
    reason = fields.Selection(SUPPRESSION_REASONS)
    message = fields.Char()
    sent_on = fields.Date(string="Sent")
    reminder_on = fields.Date(string="Reminder Due")
    reminded_on = fields.Date(string="Reminded")
    expires_on = fields.Date(string="Link Valid Until")
    answered_on = fields.Date(string="Answered")
    contact_ids = fields.Many2many(
        "crm.value.contact",
        "crm_value_invitation_contact_rel",
        string="Automatic Contacts",
    )
    user_input_id = fields.Many2one(
        "survey.user_input",
        string="Participation",
        index="btree_not_null",
        ondelete="set null",
    )
    link = fields.Char(compute="_compute_link", groups=SECRET)
    opt_out_token = fields.Char(
        copy=False,
        groups=SECRET,
        help="A token of its own: the opt-out link does not lead to a response and "
        "always works.",
    )
    opt_out_link = fields.Char(compute="_compute_link", groups=SECRET)
    one_click = fields.Json(compute="_compute_one_click", groups=SECRET)

    _opt_out_uniq = models.UniqueIndex(
        "(opt_out_token) WHERE opt_out_token IS NOT NULL"
    )
    _once = models.UniqueIndex("(rule_id, event_key, origin_id)")
    _planned_idx = models.Index("(date) WHERE state = 'planned'")
    _sent_idx = models.Index("(company_id, expires_on) WHERE state = 'sent'")

    @api.depends("user_input_id", "opt_out_token")
    def _compute_link(self):
        for invitation in self:
            token = invitation.user_input_id.access_token
            base = invitation.company_id.get_base_url()
            stop = invitation.opt_out_token
            invitation.link = f"{base}/feedback/{token}" if token else False
            invitation.opt_out_link = f"{base}/feedback/{stop}/stop" if stop else False

    @api.depends("user_input_id")
    def _compute_one_click(self):
        """Offer the scale of the first question in the mail, one link an answer."""
        for invitation in self:
            question = invitation.survey_id._value_one_click_question()
            invitation.one_click = question and {
                "question": question.title,
                "low": question.scale_min_label or "",
                "high": question.scale_max_label or "",
                "choices": [
                    {"value": value, "url": f"{invitation.link}?answer={value}"}
                    for value in range(question.scale_min, question.scale_max + 1)
                ],
            }

    @api.depends("survey_id", "partner_id")
    def _compute_display_name(self):
        for invitation in self:
            invitation.display_name = invitation.survey_id.sudo().title

    def action_open_document(self):
        """Open what the customer was asked about, or else the customer."""
        self.ensure_one()
        document = self._document() or self.customer_id
        return document._get_records_action()

    def action_open_answers(self):
        """Open what was answered."""
        self.ensure_one()
        return self.user_input_id._value_open_answers()

    def _document(self):
        if not self.res_model or self.res_model not in self.env:
            return self.env["res.partner"]
        return self.env[self.res_model].browse(self.res_id).exists()

    def _today(self):
        """Return today where the company is; they all belong to one."""
        return self.env["crm.value.run"]._today(self.company_id)

    def _open_dates(self):
        """Return the dates of one sent today: {field: date}.

        A round of staff has its end since it was planned.
        """
        today, rule = self._today(), self.rule_id
        remind = rule.reminder_days
        end = today + timedelta(days=rule.expires_days)
        return {
            "sent_on": today,
            **({} if self.audience == "staff" else {"expires_on": end}),
            "reminder_on": today + timedelta(days=remind) if remind else False,
        }

    def _say_state(self):
        """Return its state in words, with the reason if nothing was sent."""
        states = dict(self._fields["state"]._description_selection(self.env))
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        said = states[self.state]
        return f"{said}: {reasons[self.reason]}" if self.reason else said

    def _skip(self, reason, message=False):
        self.write({"state": "skipped", "reason": reason, "message": message})

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Keep mails with their links from whoever may read the invitation.

        Nobody may delete one, so that they are the system's alone.
        """
        return dict.fromkeys(self, "unlink")

    # --- What an invitation was about, for what its answer sets off ---

    def _recovery(self):
        """Return the follow-up it asks about, empty if it asks about anything else."""
        recoveries = self.env["crm.value.recovery"]
        ids = self.filtered(lambda i: i.event == "recovery").mapped("res_id")
        return recoveries.browse(ids).exists()

    def _ticket(self):
        """Return the ticket it asks about, empty if it asks about anything else."""
        if self.event == "ticket":
            return self.env["crm.value.ticketing"]._ticket(self.res_id)
        return self._recovery().ticket_id
