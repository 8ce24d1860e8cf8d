from datetime import datetime

from odoo import Command, api, models

from . import tickets

TICKET, TEAM = "helpdesk.ticket", "helpdesk.ticket.team"


class CrmValueDemo(models.AbstractModel):
    """Shares the tickets of the demo customers out to teams, and answers them.

    Beside the old ones a few are fresh: late, waiting, reopened, answered in time. They
    are counted back in working hours, so that they are late on any day of the week.
    """

    _inherit = "crm.value.demo"

    @api.model
    def _create_tickets(self, company, today):
        result = super()._create_tickets(company, today)
        teams = self._create_teams(company)
        self._serve_old_tickets(company, teams)
        for request in tickets.LIVELY:
            self._create_request(company, teams[request.team], request)
        return result

    @api.model
    def _create_orders(self, company, today):
        """Let one order be late besides, which a ticket asks for."""
        pairs = super()._create_orders(company, today)
        who, ordered, promised, lines = tickets.LATE_ORDER
        order = self.env["sale.order"].create(
            {
                "partner_id": self._ref(who).id,
                "company_id": company.id,
                "commitment_date": self._moment(today, promised),
                "order_line": [
                    Command.create(
                        {
                            "product_id": self._ref(f"product_{product}").id,
                            "product_uom_qty": quantity,
                        }
                    )
                    for product, quantity in lines.items()
                ],
            }
        )
        order.action_confirm()
        order.date_order = self._moment(today, ordered)
        return pairs

    @api.model
    def _create_teams(self, company):
        """Return the teams by their names in the table, each with its hours."""
        zones = {zone for _name, zone, _members in tickets.TEAMS.values() if zone}
        calendars = {zone: self._create_calendar(company, zone) for zone in zones}
        teams = {}
        for code, (name, zone, members) in tickets.TEAMS.items():
            users = self.env["res.users"].concat(*map(self.env.ref, members))
            teams[code] = self.env[TEAM].create(
                {
                    "name": name,
                    "company_id": company.id,
                    "user_id": users[0].id,
                    "user_ids": users.ids,
                    "value_calendar_id": zone and calendars[zone].id,
                }
            )
        self._name_records("demo_team", list(teams.values()))
        return teams

    @api.model
    def _create_calendar(self, company, zone):
        calendar = company.resource_calendar_id.copy({"name": zone, "tz": zone})
        self._name_records("demo_calendar", [calendar])
        return calendar

    @api.model
    def _serve_old_tickets(self, company, teams):
        """Give the tickets of before to teams; what is not closed waits for answers."""
        asked = [("company_id", "=", company.id), ("partner_id", "!=", False)]
        old = self.env[TICKET].search(asked, order="id")
        for number, ticket in enumerate(old):
            team = list(teams.values())[number % len(teams)]
            users = team.user_ids
            ticket.write({"team_id": team.id, "user_id": users[number % len(users)].id})
            hours = tickets.ANSWERED[number % len(tickets.ANSWERED)]
            self._answer(ticket, hours if ticket.closed else 2)
        (old - old.filtered("closed")).stage_id = self._waiting_stage()

    @api.model
    def _waiting_stage(self):
        return self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_awaiting")

    @api.model
    def _create_request(self, company, team, request):
        now = datetime.now().replace(microsecond=0)
        opened = self._after(team, -request.age, now)
        ticket = self.env[TICKET].create(
            {
                "name": request.title,
                "description": request.title,
                "partner_id": self._ref(request.who).id,
                "company_id": company.id,
                "team_id": team.id,
                "user_id": team.user_ids[-1:].id,
                "create_date": opened,
            }
        )
        if request.answered is not None:
            self._answer(ticket, request.answered)
            ticket.stage_id = self.env.ref(
                "helpdesk_mgmt.helpdesk_ticket_stage_in_progress"
            )
        if request.closed is not None:
            ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
            closed = self._after(team, request.closed, opened)
            ticket.write({"closed_date": closed, "value_resolved_at": closed})
        if request.then == "reopened":
            ticket.stage_id = self.env.ref(
                "helpdesk_mgmt.helpdesk_ticket_stage_in_progress"
            )
        if request.then == "waits":
            ticket.stage_id = self._waiting_stage()

    @api.model
    def _after(self, team, hours, start):
        """Return when some working hours of a team have passed; below zero, before."""
        return team.company_id._value_due(hours, start, team.value_calendar_id)

    @api.model
    def _answer(self, ticket, hours):
        """Let a ticket have been answered after some working hours, or when closed."""
        answered = self._after(ticket.team_id, hours, ticket.create_date)
        ticket.value_responded_at = min(
            filter(None, (answered, ticket.value_resolved_at, datetime.now()))
        )
