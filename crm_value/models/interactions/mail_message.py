from odoo import fields, models

from ...const import USER
from ..service.crm_value_ticketing import CHANNEL

DIRECTIONS = [("in", "From the Customer"), ("out", "From Us")]


class MailMessage(models.Model):
    """A note can stand for a contact outside Odoo: by which channel, and from whom."""

    _inherit = "mail.message"

    value_channel_id = fields.Many2one(
        CHANNEL,
        string="Channel of the Contact",
        index="btree_not_null",
        ondelete="set null",
        groups=USER,
    )
    value_direction = fields.Selection(
        DIRECTIONS, string="Direction of the Contact", groups=USER
    )
