from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...models.interactions.mail_message import DIRECTIONS
from ...models.service.crm_value_ticketing import CHANNEL, TICKET

PLACES = ("res.partner", TICKET)


class CrmValueContactNote(models.TransientModel):
    """Notes a call, a visit or a letter by hand, where colleagues find it.

    It becomes a note in the chatter of the contact, or of the ticket it was about.
    """

    _name = "crm.value.contact.note"
    _inherit = ["crm.value.guarded"]
    _description = "Note of a Contact"

    partner_id = fields.Many2one("res.partner", string="Contact", required=True)
    res_model = fields.Char(string="Noted On")
    res_id = fields.Many2oneReference("Record", model_field="res_model")
    channel_id = fields.Many2one(
        CHANNEL,
        required=True,
        default=lambda self: self._default_channel(),
    )
    direction = fields.Selection(DIRECTIONS, required=True, default="in")
    date = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    note = fields.Text(string="What Was Said", required=True)

    @api.model
    def _default_channel(self):
        """Return the channel of calls, most contacts that are noted by hand."""
        return self.env[CHANNEL].search([("value_code", "=", "phone")], limit=1)

    def action_note(self):
        """Put the note where it belongs."""
        self.ensure_one()
        self.check_access("read")
        if self.date > fields.Datetime.now():
            raise UserError(
                self.env._("Plan what is to come as an activity or a meeting.")
            )
        place = self._place()
        place.check_access("read")
        # Who talks to customers notes that, whoever may edit the contact.
        place.sudo().message_post(
            body=plaintext2html(self.note),
            date=self.date,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
            value_channel_id=self.channel_id.id,
            value_direction=self.direction,
        )
        return {"type": "ir.actions.act_window_close", "infos": {"noted": True}}

    def _place(self):
        """Return the ticket that it was about, else the contact."""
        if self.res_model in PLACES and self.res_id:
            return self.env[self.res_model].browse(self.res_id)
        return self.partner_id
