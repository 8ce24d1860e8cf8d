from datetime import datetime, timedelta

from odoo import api, models

from . import tickets


class CrmValueDemo(models.AbstractModel):
    """Answers the tickets of the demo customers, and opens a few that are fresh."""

    _inherit = "crm.value.demo"

    @api.model
    def _create_tickets(self, company, today):
        result = super()._create_tickets(company, today)
        desk = self.env["helpdesk.ticket"]
        mine = [("company_id", "=", company.id), ("partner_id", "!=", False)]
        awaiting = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_awaiting")
        closed = desk.search([*mine, ("closed", "=", True)], order="id")
        for number, ticket in enumerate(closed):
            hours = tickets.ANSWERED[number % len(tickets.ANSWERED)]
            self._answer(ticket, ticket.create_date, hours)
        for ticket in desk.search([*mine, ("closed", "=", False)]):
            self._answer(ticket, ticket.create_date, 2)
            ticket.stage_id = awaiting
        for who, age, answered, waits, title in tickets.LIVELY:
            opened = datetime.now().replace(microsecond=0) - timedelta(hours=age)
            ticket = desk.create(
                {
                    "name": title,
                    "description": title,
                    "partner_id": self._ref(who).id,
                    "company_id": company.id,
                    "create_date": opened,
                }
            )
            if answered:
                self._answer(ticket, opened, answered)
            if waits:
                ticket.stage_id = awaiting
        return result

    @api.model
    def _answer(self, ticket, opened, hours):
        ticket.value_responded_at = opened + timedelta(hours=hours)
        if ticket.value_resolved_at:
            ticket.value_responded_at = min(
                ticket.value_responded_at, ticket.value_resolved_at
            )
