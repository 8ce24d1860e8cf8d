from odoo import api, fields, models

from ...const import USER
from ...fields import KeptJson, NullableFloat
from ..churn.const import RISK_LEVELS
from ..scoring.crm_value_badge import shown

DESK = f"{USER},helpdesk_mgmt.group_helpdesk_user_own"
ANSWERS = ("comment", "email", "email_outgoing")
PROMISED_BY = ("partner_id", "category_id", "team_id")  # what a promise depends on


class HelpdeskTicket(models.Model):
    """A ticket knows what was promised, by when, and whether it was kept.

    A priority that nobody chose is raised once, when the ticket is opened or first gets
    its customer; afterwards people decide. Targets are set anew until the first answer
    where the customer, category or team changes; a better tier shortens them.
    """

    _inherit = "helpdesk.ticket"
    _value_part = "service"

    priority = fields.Selection(tracking=True)
    value_opened_tier_id = fields.Many2one(
        "crm.value.tier",
        string="Tier of the Promise",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups=USER,
    )
    value_risk_level = fields.Selection(
        RISK_LEVELS, string="Customer Churn Risk", **shown("risk_level")
    )
    value_priority_before = fields.Char(copy=False, readonly=True, groups=USER)
    value_response_hours = fields.Float(
        string="Response Promised Within",
        copy=False,
        readonly=True,
        aggregator=None,
        groups=DESK,
        help="In working hours.",
    )
    value_resolution_hours = fields.Float(
        string="Solution Promised Within",
        copy=False,
        readonly=True,
        aggregator=None,
        groups=DESK,
        help="In working hours.",
    )
    value_response_due = fields.Datetime(
        string="Response Due",
        copy=False,
        readonly=True,
        groups=DESK,
        help="The shortest of what is promised to everybody, to the customer's tier and"
        " for the category, in the working hours of the team or else the company.",
    )
    value_responded_at = fields.Datetime(
        string="First Response",
        copy=False,
        readonly=True,
        groups=DESK,
        help="First message of ours that the customer can read.",
    )
    value_resolution_due = fields.Datetime(
        string="Solution Due", copy=False, readonly=True, groups=DESK
    )
    value_resolved_at = fields.Datetime(
        string="Solved",
        copy=False,
        readonly=True,
        groups=DESK,
        help="When the ticket was last closed; empty again where it is reopened.",
    )
    value_reopened = fields.Integer(
        string="Times Reopened", copy=False, readonly=True, groups=DESK
    )
    value_waiting_since = fields.Datetime(
        string="Waiting for the Customer Since",
        copy=False,
        readonly=True,
        groups=DESK,
    )
    value_pauses = KeptJson(copy=False, groups="base.group_system")
    value_due = fields.Datetime(
        string="Due",
        compute="_compute_value_due",
        store=True,
        groups="base.group_user",
        help="When the next promise of an open ticket is due; empty while we wait for"
        " the customer.",
    )
    value_response_kept = NullableFloat(
        string="Responses in Time (%)",
        compute="_compute_value_kept",
        store=True,
        aggregator="avg",
        groups=DESK,
    )
    value_resolution_kept = NullableFloat(
        string="Solved in Time (%)",
        compute="_compute_value_kept",
        store=True,
        aggregator="avg",
        groups=DESK,
    )
    value_overdue_at = fields.Datetime(
        string="Overdue Since", copy=False, readonly=True, groups=DESK
    )
    value_late = fields.Boolean(
        string="Overdue", compute="_compute_value_late", groups="base.group_user"
    )

    _value_due_idx = models.Index("(value_due) WHERE value_due IS NOT NULL")
    _value_raised_idx = models.Index(
        "(company_id) WHERE value_priority_before IS NOT NULL"
    )

    @api.depends(
        "value_response_due",
        "value_responded_at",
        "value_resolution_due",
        "value_waiting_since",
        "stage_id.closed",
        "active",
        "duplicate_id",
    )
    def _compute_value_due(self):
        for ticket in self:
            runs = ticket.active and not ticket.stage_id.closed
            runs = runs and not (ticket.duplicate_id or ticket.value_waiting_since)
            asked = [not ticket.value_responded_at and ticket.value_response_due]
            asked.append(ticket.value_resolution_due)
            ticket.value_due = runs and min(filter(None, asked), default=False)

    @api.depends(
        "value_response_due",
        "value_responded_at",
        "value_resolution_due",
        "value_resolved_at",
        "value_waiting_since",
        "value_overdue_at",
    )
    def _compute_value_kept(self):
        """Judge what is over; what is due later, or was never answered, is unknown."""
        now = fields.Datetime.now()
        for ticket in self:
            done, since = ticket.value_resolved_at, ticket.value_waiting_since
            until = done or since or now
            ticket.value_response_kept = ticket._value_judge(
                ticket.value_response_due, ticket.value_responded_at, until
            )
            ticket.value_resolution_kept = ticket._value_judge(
                ticket.value_resolution_due, done, until
            )

    @api.model
    def _value_judge(self, due, done, until):
        """Return 100 for kept, 0 for broken, None for not known (yet)."""
        if not due or not done and until <= due:
            return None
        return 100.0 if done and done <= due else 0.0

    @api.depends("value_due")
    def _compute_value_late(self):
        now = fields.Datetime.now()
        for ticket in self:
            ticket.value_late = ticket.value_due and ticket.value_due < now

    @api.onchange("partner_id")
    def _onchange_value_partner_id(self):
        """Show the priority that the customer's tier asks for; it can be changed."""
        if not self._origin and self.priority == self._value_usual_priority():
            tier = self.sudo()._value_tiers().get(self)
            wanted = tier and tier.ticket_priority
            if wanted and wanted > self.priority:
                self.priority = wanted

    @api.model
    def _value_usual_priority(self):
        return self._fields["priority"].default(self)

    @api.model_create_multi
    def create(self, vals_list):
        """Promise a time for new tickets; raise a priority that nobody has chosen."""
        chosen = ["priority" in vals for vals in vals_list]
        tickets = super().create(vals_list)
        free = [t.id for t, by in zip(tickets, chosen, strict=True) if not by]
        tickets._value_serve(tickets.browse(free))
        tickets.filtered("closed")._value_close()
        tickets.filtered("stage_id.value_waiting")._value_wait()
        return tickets

    def write(self, vals):
        """Promise anew where what a promise depends on changes; note what is done."""
        new = self.filtered(lambda ticket: not ticket.partner_id)
        stages = {ticket: ticket.stage_id for ticket in self}
        result = super().write(vals)
        if not vals.keys().isdisjoint(PROMISED_BY):
            self._value_promise_anew(new if "partner_id" in vals else self.browse())
        if "stage_id" in vals or "team_id" in vals:
            self._value_note_stages(stages)
        return result

    def _value_promise_anew(self, new):
        """Set targets again; of tickets that get their first customer, the priority."""
        waiting = self.filtered(
            lambda ticket: not ticket.closed and not ticket.sudo().value_responded_at
        )
        waiting._value_serve(waiting & new)

    def _value_note_stages(self, before):
        """Note what the change of a stage means for the clock."""
        moved = self.filtered(lambda ticket: ticket.stage_id != before[ticket])
        moved.filtered(lambda t: before[t].closed and not t.closed)._value_reopen()
        moved.filtered(lambda t: not before[t].closed and t.closed)._value_close()
        waits = moved.filtered(lambda t: t.stage_id.value_waiting and not t.closed)
        (moved - waits)._value_go_on()
        waits._value_wait()

    def _message_post_after_hook(self, message, msg_values):
        """A message of ours to the customer is a response, theirs starts the clock."""
        result = super()._message_post_after_hook(message, msg_values)
        posted = message.sudo()  # a customer who answers may not read who wrote
        read_by_all = posted.subtype_id and not posted.subtype_id.internal
        if posted.message_type in ANSWERS and read_by_all:
            robot = self.env.ref("base.partner_root")
            if posted.author_id and not posted.author_id.partner_share:
                if posted.author_id != robot:
                    self._value_note_response()
            else:
                self._value_go_on()
        return result
