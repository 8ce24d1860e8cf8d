from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController

TICKET = "helpdesk.ticket"


class DeskTicketController(HelpdeskTicketController):
    """Closing from the portal is for those whose ticket it is.

    helpdesk_mgmt closes any ticket for anybody who is logged in (OCA/helpdesk #1089).
    """

    @route("/ticket/close", type="http", auth="user")
    def support_ticket_close(self, **kw):
        """Close a ticket of the user's own, in a stage that its page offers."""
        ticket = request.env[TICKET].browse(self._number(kw, "ticket_id")).exists()
        stage = request.env["helpdesk.ticket.stage"].browse(
            self._number(kw, "stage_id")
        )
        if not (ticket and self._may_close(ticket) and self._is_offered(ticket, stage)):
            raise NotFound
        return super().support_ticket_close(ticket_id=ticket.id, stage_id=stage.id)

    def _number(self, values, name):
        value = values.get(name) or ""
        if not value.isdecimal() or len(value) > 9:
            raise NotFound
        return int(value)

    def _may_close(self, ticket):
        """Return whether the user may: customers their own, staff by their rights."""
        if not request.env.user.share and not ticket.has_access("write"):
            return ticket.sudo().partner_id == request.env.user.partner_id
        return ticket.has_access("read")

    def _is_offered(self, ticket, stage):
        owner = ticket.sudo().with_company(ticket.sudo().company_id)
        offered = owner.team_id._get_applicable_stages()
        return stage.sudo() in offered.filtered("close_from_portal")
