from odoo import models


class MailThread(models.AbstractModel):
    """A note can say by which channel a contact came, and from whom."""

    _inherit = "mail.thread"

    def _get_message_create_valid_field_names(self):
        known = super()._get_message_create_valid_field_names()
        return known | {"value_channel_id", "value_direction"}
