from odoo import fields, models

TICKET = "helpdesk.ticket"


class CrmValueComplaintClose(models.TransientModel):
    """Asks why a complaint is closed although something is still owed."""

    _name = "crm.value.complaint.close"
    _description = "Closing of a Complaint"

    ticket_ids = fields.Many2many(TICKET, required=True)
    stage_id = fields.Many2one("helpdesk.ticket.stage")
    archive = fields.Boolean()
    reason = fields.Char(required=True)

    def action_close(self):
        """Close or archive the tickets with the reason, and show what is new."""
        self.check_access("read")
        ended = {"active": False} if self.archive else {"stage_id": self.stage_id.id}
        self.ticket_ids.write({**ended, "value_close_reason": self.reason})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
