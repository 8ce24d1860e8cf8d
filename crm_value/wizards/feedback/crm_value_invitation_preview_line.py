from odoo import fields, models

from ...const import SKIPS
from ...models.feedback.crm_value_invitation_eligibility import WAIT


class CrmValueInvitationPreviewLine(models.TransientModel):
    """One person a rule would ask, or why not."""

    _name = "crm.value.invitation.preview.line"
    _description = "Person in a Preview of Invitations"
    _order = "event_date DESC, id"

    preview_id = fields.Many2one(
        "crm.value.invitation.preview", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", string="Contact", ondelete="cascade")
    customer_id = fields.Many2one("res.partner", ondelete="cascade")
    event_date = fields.Date(string="Happened")
    reason = fields.Selection(
        [*SKIPS, (WAIT, "Waits for an open ticket")], string="Would Not, Because"
    )
