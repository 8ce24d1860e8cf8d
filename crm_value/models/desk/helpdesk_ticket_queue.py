from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from ... import words
from ...const import USER


class HelpdeskTicket(models.Model):
    """The queue, earliest due first, and who is told when a promise is broken.

    That order makes the longest delay as short as it can be (Jackson 1955), and nobody
    waits for ever: a ticket's due time comes nearer, later tickets are due later.
    """

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "crm.value.work"]
    _job = "crm_value.ir_cron_desk"

    value_queue = fields.Char(
        string="Promise", compute="_compute_value_queue", groups=USER
    )
    value_place = fields.Char(
        string="Place",
        compute="_compute_value_queue",
        groups=USER,
        help="Among the tickets of the team that are due, earliest due first.",
    )

    @api.depends("value_due", "value_waiting_since", "value_responded_at", "team_id")
    @api.depends_context("lang", "tz")
    def _compute_value_queue(self):
        places = self._value_places()
        for ticket in self:
            place, length = places.get(ticket.id, (0, 0))
            ticket.value_queue = ticket._value_say_queue(place, length)
            ticket.value_place = (
                self.env._("%(place)s of %(length)s", place=place, length=length)
                if place
                else False
            )

    def _value_places(self):
        """Return (place, length of the queue) by id, among all tickets of a team."""
        self.env["helpdesk.ticket"].flush_model()
        query = SQL(
            """
            SELECT id, place, length
              FROM (SELECT id,
                           ROW_NUMBER() OVER (PARTITION BY company_id, team_id
                                              ORDER BY value_due, id) AS place,
                           COUNT(*) OVER (PARTITION BY company_id, team_id) AS length
                      FROM helpdesk_ticket
                     WHERE value_due IS NOT NULL) queue
             WHERE id = ANY(%(ids)s)
            """,
            ids=self.ids,
        )
        return {row[0]: row[1:] for row in self.env.execute_query(query)}

    def _value_say_queue(self, place, length):
        """Return where the ticket stands, until when, and what was promised."""
        if self.value_waiting_since:
            return self.env._(
                "Waiting for the customer since %(moment)s; the clock stands still",
                moment=self._value_moment(self.value_waiting_since),
            )
        if not place:
            return False
        named = {
            "place": place,
            "length": length,
            "due": self._value_moment(self.value_due),
            "whom": self._value_promised_to(),
        }
        if self._value_owes_answer():
            return self.env._(
                "%(place)s of %(length)s in the queue, due %(due)s: an answer was"
                " promised to %(whom)s within %(hours)s",
                **named,
                hours=words.working_hours(self.env, self.value_response_hours),
            )
        return self.env._(
            "%(place)s of %(length)s in the queue, due %(due)s: a solution was promised"
            " to %(whom)s within %(hours)s",
            **named,
            hours=words.working_hours(self.env, self.value_resolution_hours),
        )

    def _value_owes_answer(self):
        """Return whether the promise that is due next is an answer, not a solution."""
        return not self.value_responded_at and self.value_due == self.value_response_due

    def _value_moment(self, moment):
        return format_datetime(self.env, moment, dt_format="short")

    def _value_promised_to(self):
        """Return to whom the running target is promised."""
        answered = bool(self.value_responded_at)
        name = "resolution_hours" if answered else "response_hours"
        hours = self[f"value_{name}"]
        tier = self.value_opened_tier_id
        if tier and tier[name] == hours:
            return tier.name
        company = self.company_id.sudo()  # of any ticket that is shown
        if company[f"value_{name}"] == hours or not self.category_id:
            return self.env._("everybody")
        return self.category_id.name

    # --- broken promises ---

    @api.model
    def _cron_value_overdue(self):
        """Note which promises have been broken, and tell the leaders, once a ticket."""
        now = fields.Datetime.now()
        untold = [("value_due", "<", now), ("value_overdue_at", "=", False)]
        self._work_off(untold, "_value_escalate")
        self._work_off(self._value_broken(), "_value_judge_again")

    @api.model
    def _value_broken(self):
        """Return the domain of open tickets with a broken promise not yet judged."""
        now = fields.Datetime.now()
        return [
            ("value_due", "<", now),
            "|",
            "&",
            ("value_response_due", "<", now),
            ("value_response_kept", "=", False),
            "&",
            ("value_resolution_due", "<", now),
            ("value_resolution_kept", "=", False),
        ]

    def _value_judge_again(self):
        self.env.add_to_compute(self._fields["value_response_kept"], self)
        self.env.add_to_compute(self._fields["value_resolution_kept"], self)
        self._recompute_recordset(["value_response_kept", "value_resolution_kept"])

    def _value_escalate(self):
        """Give who leads the team, or else who has the ticket, an activity."""
        self.value_overdue_at = fields.Datetime.now()
        for ticket in self:  # one activity each
            user = ticket.team_id.user_id or ticket.user_id
            if user:
                ticket.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._("Promise not kept"),
                    note=ticket.with_context(lang=user.lang).value_queue,
                )

    def _fail(self, error):
        """Leave a ticket that cannot be told about; its delay is noted."""
        self.value_overdue_at = fields.Datetime.now()
