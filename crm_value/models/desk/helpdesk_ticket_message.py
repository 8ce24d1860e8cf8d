from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .crm_value_panel import CONTACT
from .helpdesk_ticket import ANSWERS

MOST = 3  # last messages that are shown
READ = 20  # among how many of the last ones, as not everybody may read them all


class HelpdeskTicket(models.Model):
    """The last messages between the customer of a ticket and us, elsewhere."""

    _inherit = "helpdesk.ticket"

    def _value_panel_lines(self):
        lines = super()._value_panel_lines()
        messages = self._value_messages()
        read = self.env["mail.message"].union(*messages.values())
        readable = self._value_readable(read)
        for ticket in self:
            customer = ticket.partner_id.commercial_partner_id.id
            theirs = messages.get(customer, self.env["mail.message"])
            shown = theirs.filtered(lambda m, t=ticket: not t._value_holds(m))[:MOST]
            lines[ticket] += [
                self._value_message_line(number, message, readable)
                for number, message in enumerate(shown)
            ]
        return lines

    def _value_holds(self, message):
        """Return whether a message is of the ticket itself, where it is read anyway."""
        return (message.model, message.res_id) == (self._name, self._origin.id)

    def _value_messages(self):
        """Return {customer id: last messages that the reader may see}."""
        customers = self.partner_id.commercial_partner_id
        for model in ("mail.message", "mail.notification", "res.partner"):
            self.env[model].flush_model()
        query = SQL(
            LAST_MESSAGES, customers=customers.ids, types=list(ANSWERS), most=READ
        )
        rows = self.env.execute_query(query) if customers else []
        seen = self.env["mail.message"].search_fetch(
            [("id", "in", [message for _customer, message in rows])],
            ["author_id", "date", "email_from", "model", "res_id", "subject"],
        )
        messages = defaultdict(seen.browse)
        for customer, message in rows:
            messages[customer] |= seen & seen.browse(message)
        return messages

    @api.model
    def _value_readable(self, messages):
        """Return (model, id) of the messages' documents that the reader may open."""
        found = set()
        for model, those in messages.filtered("res_id").grouped("model").items():
            documents = self.env[model].browse(those.mapped("res_id"))
            found |= {(model, id_) for id_ in documents._filtered_access("read").ids}
        return found

    @api.model
    def _value_message_line(self, order, message, readable):
        day = fields.Datetime.context_timestamp(self, message.date)
        author = message.author_id.sudo().name  # of a message that is read
        said = self.env._(
            "%(date)s, %(author)s: %(about)s",
            date=format_date(self.env, day),
            author=author or message.email_from,
            about=message.subject or message.record_name or message.preview,
        )
        model, id_ = message.model, message.res_id
        opens = (model, id_) in readable and {
            "title": message.record_name,
            "model": model,
            "id": id_,
        }
        code = f"message_{message.id}"
        return self._value_panel_line(order, code, said, opens=opens, part=CONTACT)


# What the customer wrote, or was sent, by each index on its own.
LAST_MESSAGES = """
    SELECT asked.id, recent.id
      FROM unnest(%(customers)s) AS asked (id)
     CROSS JOIN LATERAL (
            (SELECT message.id
               FROM res_partner contact
               JOIN mail_message message ON message.author_id = contact.id
               JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
              WHERE contact.commercial_partner_id = asked.id
                AND message.message_type = ANY(%(types)s)
                AND subtype.internal IS NOT TRUE
           ORDER BY message.id DESC
              LIMIT %(most)s)
             UNION
            (SELECT message.id
               FROM res_partner contact
               JOIN mail_notification sent ON sent.res_partner_id = contact.id
               JOIN mail_message message ON message.id = sent.mail_message_id
               JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
              WHERE contact.commercial_partner_id = asked.id
                AND message.message_type = ANY(%(types)s)
                AND subtype.internal IS NOT TRUE
           ORDER BY message.id DESC
              LIMIT %(most)s)) recent
  ORDER BY asked.id, recent.id DESC
"""
