import email.policy

from odoo import models

_unfolded = email.policy.SMTP.clone(max_line_length=None)


class WholeLinks(type(email.policy.SMTP)):
    """Odoo's way to write a mail, but the link to unsubscribe is never cut.

    Python writes what is longer than a line as an encoded word, which RFC 2047 forbids
    here (section 5): mail programs that keep to it offer no button then.
    """

    def _fold(self, name, value, *args, **kwargs):
        if name.lower() == "list-unsubscribe":
            return _unfolded._fold(name, value, *args, **kwargs)
        return super()._fold(name, value, *args, **kwargs)


WHOLE_LINKS = WholeLinks(linesep=email.policy.SMTP.linesep)


class IrMailServer(models.Model):
    """Mails that can be stopped say so in a way that mail programs understand."""

    _inherit = "ir.mail_server"

    def _build_email__(self, *args, **kwargs):
        message = super()._build_email__(*args, **kwargs)
        if message["List-Unsubscribe"]:
            message.policy = WHOLE_LINKS
        return message
