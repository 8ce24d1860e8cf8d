from odoo import api, models
from odoo.tools import SQL

TICKET = "helpdesk.ticket"
CATEGORY = "helpdesk.ticket.category"
CHANNEL = "helpdesk.ticket.channel"
TEAM = "helpdesk.ticket.team"
URGENT = "2"


class CrmValueTicketing(models.AbstractModel):
    """Adapter to the service desk, OCA's helpdesk_mgmt, for the other capabilities.

    Whoever keeps tickets elsewhere changes this file, and those that extend the ticket.
    """

    _name = "crm.value.ticketing"
    _description = "Service Desk"

    @api.model
    def _ticket(self, ticket_id):
        """Return the ticket of an id, empty if there is none any more."""
        return self.env[TICKET].browse(ticket_id or ()).exists()

    @api.model
    def _closed(self, ids):
        """Return those of some ids whose tickets are closed, whoever may read them."""
        closed = [("id", "in", ids), ("stage_id.closed", "=", True)]
        return self.env[TICKET].sudo().search(closed).ids

    @api.model
    def _is_closed(self, ticket):
        return ticket.stage_id.closed

    @api.model
    def _waiting(self, companies, customers):
        """Return the ids of the customers that have an open ticket."""
        groups = (
            self.env[TICKET]
            .sudo()  # of whom something is asked, not what
            ._read_group(
                [
                    ("company_id", "in", companies.ids),
                    ("commercial_partner_id", "in", customers.ids),
                    ("stage_id.closed", "=", False),
                ],
                ["commercial_partner_id"],
            )
        )
        return {customer.id for (customer,) in groups}

    @api.model
    def _open_ones(self, companies, customers):
        """Return (open tickets, the oldest, any urgent) by company and customer id."""
        groups = (
            self.env[TICKET]
            .sudo()  # that something is asked, not what
            ._read_group(
                [
                    ("company_id", "in", companies.ids),
                    ("commercial_partner_id", "in", customers.ids),
                    ("stage_id.closed", "=", False),
                ],
                ["company_id", "commercial_partner_id"],
                ["__count", "create_date:min", "priority:max"],
            )
        )
        return {
            (company.id, customer.id): (count, oldest, (priority or "") >= URGENT)
            for company, customer, count, oldest, priority in groups
        }

    @api.model
    def _open(self, partner, company, title, text, team, owner):
        """Open an urgent ticket of a contact.

        :param owner: taken only where somebody of the team is meant, or there is none
        """
        mine = owner if not team or owner in team.user_ids else None
        return self.env[TICKET].create(
            {
                "name": title,
                "description": text,
                "partner_id": partner.id,
                "company_id": company.id,
                "priority": URGENT,
                **({"team_id": team.id} if team else {}),
                **({"user_id": mine.id} if mine else {}),
            }
        )

    @api.model
    def _reopen(self, tickets, note):
        """Put tickets back to work, and say why; who owns them is told."""
        for ticket in tickets:  # one answer, one ticket
            stages = ticket.team_id._get_applicable_stages()
            unsolved = stages.filtered(lambda stage: not stage.closed)
            ticket.stage_id = (
                unsolved.filtered(lambda s: not s.unattended)[:1] or unsolved[:1]
            )
            ticket._message_log(body=note)

    @api.model
    def _forget(self, tickets):
        """Take the address of somebody who is erased off the tickets."""
        tickets.write({"partner_name": False, "partner_email": False})

    @api.model
    def _source(self, *columns):
        """Return the SQL of all tickets: whose they are, when opened and closed.

        Its columns: id, company_id, partner_id, customer_id, the moments opened and
        closed, is_closed today, whether it is a duplicate or archived (is_void),
        whether it is about a defect of our own (own_defect), and what it cost, if
        anybody said so: time_cost (or unknown) and given_cost.

        :param columns: names of further ones, which a capability adds to the ticket
        """
        self.env[TICKET].flush_model()
        self.env[CATEGORY].flush_model()
        more = (SQL(", ticket.%s", SQL.identifier(name)) for name in columns)
        return SQL(
            """
            SELECT ticket.id, ticket.company_id, ticket.partner_id,
                   customer.commercial_partner_id AS customer_id,
                   ticket.create_date AS opened, ticket.closed_date AS closed,
                   stage.closed IS TRUE AS is_closed,
                   ticket.active IS NOT TRUE OR ticket.duplicate_id IS NOT NULL
                       AS is_void,
                   %(own_defect)s AS own_defect,
                   %(time_cost)s AS time_cost, %(given_cost)s AS given_cost
                   %(more)s
              FROM helpdesk_ticket ticket
         LEFT JOIN res_partner customer ON customer.id = ticket.partner_id
         LEFT JOIN helpdesk_ticket_stage stage ON stage.id = ticket.stage_id
         LEFT JOIN helpdesk_ticket_category category
                   ON category.id = ticket.category_id
            """,
            own_defect=self._own_defect(),
            time_cost=self._time_cost(),
            given_cost=self._given_cost(),
            more=SQL().join(more),
        )

    @api.model
    def _own_defect(self):
        """Return the SQL of whether a ticket costs its customer nothing."""
        return SQL("category.value_own_defect IS TRUE")

    @api.model
    def _time_cost(self):
        """Return the SQL of what the time for a ticket cost, NULL where unknown."""
        return SQL("NULL::numeric")

    @api.model
    def _given_cost(self):
        """Return the SQL of what was given for nothing because of a ticket."""
        return SQL("0::numeric")
