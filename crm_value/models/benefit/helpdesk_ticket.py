from odoo import api, fields, models

from ...const import USER

ANSWERS = ("comment", "email", "email_outgoing")


class HelpdeskTicket(models.Model):
    """Raises the priority of members' tickets and tracks their response deadline.

    The priority is raised once, when the ticket is opened or first gets its customer;
    afterwards people decide.
    """

    _inherit = "helpdesk.ticket"

    value_opened_tier_id = fields.Many2one(
        "crm.value.tier",
        string="Tier at Creation",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups=USER,
    )
    value_priority_before = fields.Char(copy=False, readonly=True, groups=USER)
    value_response_due = fields.Datetime(
        string="Response Due",
        copy=False,
        readonly=True,
        groups=USER,
        help="Deadline by the response target of the customer's tier, in the "
        "company's working hours.",
    )
    value_responded_at = fields.Datetime(
        string="First Response",
        copy=False,
        readonly=True,
        groups=USER,
        help="First message to the customer, or the time the ticket was assigned or"
        " moved on.",
    )
    value_response_late = fields.Boolean(
        string="Response Late",
        compute="_compute_value_response_late",
        groups=USER,
    )

    _value_due_idx = models.Index(
        "(value_response_due) WHERE value_response_due IS NOT NULL"
        " AND value_responded_at IS NULL"
    )
    _value_raised_idx = models.Index(
        "(company_id) WHERE value_priority_before IS NOT NULL"
    )

    @api.depends("value_response_due", "value_responded_at")
    def _compute_value_response_late(self):
        now = fields.Datetime.now()
        for ticket in self:
            due = ticket.value_response_due
            answered = ticket.value_responded_at or now
            ticket.value_response_late = due and answered > due

    @api.model_create_multi
    def create(self, vals_list):
        """Apply the ticket benefits of the customer's tier to new tickets."""
        tickets = super().create(vals_list)
        tickets._value_serve()
        return tickets

    def write(self, vals):
        """Apply benefits once a ticket has a customer; note when it is taken up."""
        new = self.filtered(lambda ticket: not ticket.partner_id)
        waiting = self.filtered("unattended")
        result = super().write(vals)
        if "partner_id" in vals:
            new.filtered(lambda ticket: not ticket.closed)._value_serve()
        if "stage_id" in vals:
            waiting.filtered(lambda t: not t.unattended)._value_note_response()
            self.filtered("closed")._value_note_response()
        return result

    def _value_serve(self):
        """Raise the priority and set the target, by the tier of the customer."""
        tickets = self.sudo()  # a customer who asks for help sees no tiers
        tiers = tickets.env["crm.value.tier"]
        found = tiers._by_customer(tickets.company_id, tickets.partner_id)
        by_tier = tickets.grouped(
            lambda ticket: found.get(
                (ticket.company_id.id, ticket.partner_id.commercial_partner_id.id),
                tiers,
            )
        )
        for tier, members in by_tier.items():
            if tier:
                members.value_opened_tier_id = tier
                members._value_raise_priority(tier)
                members._value_set_target(tier)

    def _value_raise_priority(self, tier):
        wanted = tier.ticket_priority
        lower = self.filtered(lambda ticket: wanted and ticket.priority < wanted)
        names = dict(self._fields["priority"]._description_selection(self.env))
        for before, tickets in lower.grouped("priority").items():
            tickets.write({"priority": wanted, "value_priority_before": before})
            body = self.env._(
                "Priority raised from %(before)s to %(after)s because of the "
                "customer's loyalty tier: %(tier)s.",
                before=names[before],
                after=names[wanted],
                tier=tier.name,
            )
            tickets._message_log_batch(dict.fromkeys(tickets.ids, body))

    def _value_set_target(self, tier):
        if not tier.response_hours:
            return
        for opened, tickets in self.grouped("create_date").items():
            tickets.value_response_due = tier._response_due(opened)

    def _value_note_response(self):
        """Note the first response, and never a later one."""
        # Not what the user does, but what it means.
        tickets = self.sudo()
        waiting = tickets.filtered(lambda ticket: not ticket.value_responded_at)
        if waiting:
            waiting.value_responded_at = fields.Datetime.now()

    def _message_post_after_hook(self, message, msg_values):
        """A message of ours that the customer can read is a response."""
        result = super()._message_post_after_hook(message, msg_values)
        posted = message.sudo()  # a customer who answers may not read who wrote
        ours = posted.author_id and not posted.author_id.partner_share
        open_ = posted.subtype_id and not posted.subtype_id.internal
        if posted.message_type in ANSWERS and ours and open_:
            self._value_note_response()
        return result
