from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...fields import NullableFloat
from ..desk.helpdesk_ticket import DESK
from .const import DONE, DUTIES, PARTED, UPHELD

FACTS = {
    "acknowledge": "value_acknowledged_at",
    "assess": "value_assessed_at",
    "investigate": "value_investigated_at",
    "decide": "value_decided_at",
    "tell": "value_told_at",
    "confirm": "value_confirmed_at",
}
TWICE = ("decide", "tell", "confirm")  # to be done anew for whoever is not satisfied
AHEAD = timedelta(minutes=10)  # what clocks may differ by
DAY = 86400


def _days(label):
    """Return the field of the days that a duty has taken, empty while it is open."""
    return NullableFloat(
        string=label,
        compute="_compute_value_duty",
        store=True,
        aggregator="avg",
        groups=DESK,
    )


class HelpdeskTicket(models.Model):
    """What is owed for a complaint next: computed from its facts, kept nowhere else.

    The facts may come in any order. The first duty in the order of ISO 10002 whose fact
    is missing is the next; it has been waiting since the last one before it was done.
    """

    _inherit = "helpdesk.ticket"

    value_duty = fields.Selection(
        [*DUTIES, DONE],
        string="Next Duty",
        compute="_compute_value_duty",
        store=True,
        index="btree_not_null",
        groups=PARTED,
    )
    value_duty_since = fields.Datetime(
        string="Waiting Since", compute="_compute_value_duty", store=True, groups=DESK
    )
    value_days_acknowledge = _days("Days to Acknowledge")
    value_days_assess = _days("Days to Assess")
    value_days_investigate = _days("Days to Find the Cause")
    value_days_decide = _days("Days to Decide")
    value_days_tell = _days("Days to Tell")
    value_days_confirm = _days("Days to Confirm")
    value_confirmed_share = NullableFloat(
        string="Confirmed (%)",
        compute="_compute_value_shares",
        store=True,
        aggregator="avg",
        groups=DESK,
    )
    value_upheld = NullableFloat(
        string="Upheld (%)",
        compute="_compute_value_shares",
        store=True,
        aggregator="avg",
        groups=DESK,
        help="Our own or a supplier's fault, of the complaints whose cause is known.",
    )

    @api.depends(*FACTS.values(), "value_dissatisfied_at")
    @api.depends("value_complaint", "active", "duplicate_id")
    def _compute_value_duty(self):
        """Find the next duty, and how long each that is done has taken."""
        for ticket in self:
            owed = ticket.value_complaint and ticket.active and not ticket.duplicate_id
            done = ticket._value_done() if owed else {}
            missing = [duty for duty, at in done.items() if not at]
            ticket.value_duty = owed and next(iter(missing), DONE[0])
            since = ticket._value_duty_starts(done)
            ticket.value_duty_since = since.get(ticket.value_duty, False)
            for duty, _label in DUTIES:
                at = done.get(duty)
                ticket[f"value_days_{duty}"] = (
                    max((at - since[duty]).total_seconds() / DAY, 0) if at else None
                )

    def _value_done(self):
        """Return when each duty was done, False while it is open, in their order."""
        again = self.value_dissatisfied_at
        done = {duty: self[name] for duty, name in FACTS.items()}
        for duty in TWICE:
            if again and done[duty] and done[duty] <= again:
                done[duty] = False
        return done

    def _value_duty_starts(self, done):
        """Return since when each duty was the next, once what comes before was done."""
        start, starts = self.create_date or fields.Datetime.now(), {}
        for duty, at in done.items():
            if duty in TWICE and self.value_dissatisfied_at:
                start = max(start, self.value_dissatisfied_at)
            starts[duty] = start
            start = max(start, at or start)
        return starts

    @api.depends("value_duty", "value_fault", "value_complaint", "stage_id.closed")
    def _compute_value_shares(self):
        """Count 100 or 0, and nothing while it is not known yet."""
        for ticket in self:
            duty, judged = ticket.value_duty, ticket.value_complaint
            over = duty == DONE[0] or duty and ticket.stage_id.closed
            ticket.value_confirmed_share = 100.0 * (duty == DONE[0]) if over else None
            judged = judged and ticket.value_fault
            ticket.value_upheld = 100.0 * (judged in UPHELD) if judged else None

    @api.constrains(*FACTS.values(), "value_dissatisfied_at")
    def _check_value_facts(self):
        latest = fields.Datetime.now() + AHEAD
        for ticket in self.sudo():  # whoever may write a ticket, may not read a fact
            for name in [*FACTS.values(), "value_dissatisfied_at"]:
                if ticket[name] and ticket[name] > latest:
                    raise ValidationError(
                        self.env._(
                            "%(ticket)s: “%(fact)s” lies in the future. Enter what has"
                            " been done.",
                            ticket=ticket.display_name,
                            fact=self._fields[name]._description_string(self.env),
                        )
                    )
