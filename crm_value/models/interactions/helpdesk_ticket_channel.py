from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import USER

OWN = ("email", "phone", "web")


class HelpdeskTicketChannel(models.Model):
    """Channels of the service desk are those of all contacts with customers."""

    _inherit = "helpdesk.ticket.channel"

    value_code = fields.Selection(
        [
            ("email", "Mails"),
            ("phone", "Calls"),
            ("web", "Answers to Surveys"),
            ("visit", "Meetings"),
        ],
        string="Channel Of",
        groups=USER,
        help="What Odoo records by itself and shows under this channel.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_noted(self):
        """Keep the channels of what was noted: they can be archived."""
        # Also where the note is closed to whoever deletes.
        notes = self.env["mail.message"].sudo()
        if notes.search_count([("value_channel_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Contacts are noted under this channel. Archive it instead.")
            )

    @api.model
    def _value_name_own(self):
        """Say once what Odoo's own channels stand for; they are every company's."""
        for code in OWN:
            channel = self.env.ref(
                f"helpdesk_mgmt.helpdesk_ticket_channel_{code}",
                raise_if_not_found=False,
            )
            if channel and not channel.value_code:
                channel.write({"value_code": code, "company_id": False})
