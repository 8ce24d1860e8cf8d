from odoo import api, fields, models
from odoo.tools import SQL

TRACES = "mailing.trace"
# Why Odoo's mailing wrote to nobody, in our words; anything else could not be sent.
REASONS = {
    "mail_bl": "opt_out",
    "mail_optout": "opt_out",
    "mail_dup": "duplicate",
    "mail_email_missing": "no_address",
}
SENT = ("pending", "sent", "open", "reply")


class CrmValueContact(models.Model):
    """Takes over from the traces of Odoo's mailings whom a campaign has reached."""

    _inherit = "crm.value.contact"

    channel = fields.Selection(
        selection_add=[("mailing", "Mailing")], ondelete={"mailing": "cascade"}
    )

    @api.model
    def _cron_contact(self):
        """Count what mailings have sent before more is sent."""
        if TRACES in self.env:
            self._work_off([("id", "in", list(self._traced()))], "_note_traces")
        return super()._cron_contact()

    @api.model
    def _traced(self):
        """Return {id of a contact planned by mailing: (status, failure, day)}."""
        self.flush_model()
        self.env[TRACES].flush_model()
        companies = self._read_group(
            [("channel", "=", "mailing"), ("state", "=", "planned")], ["company_id"]
        )
        found = {}
        for (company,) in companies:  # each has a calendar of its own
            rows = self.env.execute_query(
                SQL(
                    TRACED,
                    day=company._value_local_day(SQL("trace.sent_datetime")),
                    company=company.id,
                )
            )
            found |= {contact: trace for contact, *trace in rows}
        return found

    def _note_traces(self):
        """Note who was reached, with a number each, and why somebody was not."""
        traced = self._traced()
        sent = self.filtered(lambda contact: traced[contact.id][0] in SENT)
        for company, contacts in sent.grouped("company_id").items():
            contacts._note_sent(company, {one: traced[one.id][2] for one in contacts})
        missed = self - sent
        why = {one: REASONS.get(traced[one.id][1], "failed") for one in missed}
        missed._hold_each(why)

    def _note_sent(self, company, days):
        """Let them count from the day the mailing was sent."""
        last, numbers = self._last_numbers(company, self), {}
        for contact in self:
            last[contact.origin_id] += 1
            numbers[contact] = last[contact.origin_id]
        alike = self.grouped(lambda one: (numbers[one], days[one] or one.date))
        for (number, day), contacts in alike.items():
            contacts.write({"state": "sent", "number": number, "date": day})

    def _hold_each(self, reasons):
        """Hold contacts back, each for its reason."""
        for reason, contacts in self.grouped(reasons.get).items():
            contacts._hold(reason)

    def _hold_suppressed(self, company):
        """Hold back whom a contact may not reach today, each for its reason."""
        reasons = self._suppression_reasons(
            company, [(contact.partner_id, contact.topic) for contact in self]
        )
        held = dict(zip(self, reasons, strict=True))
        self.filtered(held.get)._hold_each(held)


TRACED = """
    SELECT DISTINCT ON (contact.id)
           contact.id, trace.trace_status, trace.failure_type, %(day)s
      FROM crm_value_contact contact
      JOIN crm_value_campaign_member member ON member.id = contact.campaign_member_id
      JOIN crm_value_campaign campaign ON campaign.id = member.campaign_id
      JOIN mailing_trace trace
        ON trace.campaign_id = campaign.utm_id AND trace.model = 'res.partner'
       AND trace.res_id = contact.partner_id
     WHERE contact.state = 'planned' AND contact.channel = 'mailing'
       AND contact.company_id = %(company)s
       AND trace.is_test_trace IS NOT TRUE
       AND trace.trace_status NOT IN ('outgoing', 'process')
  ORDER BY contact.id, (trace.trace_status IN ('pending', 'sent', 'open', 'reply')) DESC
"""
