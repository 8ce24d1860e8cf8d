from odoo import fields, models

from ...const import USER
from ..service.crm_value_ticketing import TICKET


class MailComposeMessage(models.TransientModel):
    """A reply knows the frequent question that it answers; once sent, it counts."""

    _inherit = "mail.compose.message"

    value_faq_id = fields.Many2one("crm.value.faq", groups=USER)

    def _action_send_mail_comment(self, res_ids):
        sent = super()._action_send_mail_comment(res_ids)
        faq = self.value_faq_id if self.model == TICKET else None
        if faq and faq.has_access("read"):
            self.env[TICKET].browse(res_ids)._value_use(faq)
        return sent
