from odoo import api, fields, models
from odoo.tools import format_datetime

from ...fields import NullableFloat
from ..service.crm_value_ticketing import TICKET

DIRECTIONS = [("in", "Incoming"), ("out", "Outgoing")]
STATES = [
    ("ringing", "Ringing"),
    ("answered", "On the Phone"),
    ("missed", "Not Taken"),
    ("ended", "Ended"),
]


class CrmValueCall(models.Model):
    """A call, as a telephone system tells of it.

    Its state follows from what is known, so that it does not matter in which order that
    was told.
    """

    _name = "crm.value.call"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Call"
    _is_result = True
    _order = "date DESC, id DESC"

    pbx_id = fields.Many2one(
        "crm.value.pbx",
        string="Telephone System",
        required=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    call_key = fields.Char(
        string="Call ID", required=True, help="As the telephone system names the call."
    )
    date = fields.Datetime(required=True, help="When the call was first heard of.")
    direction = fields.Selection(DIRECTIONS)
    number = fields.Char(
        string="Phone Number", help="Of the other side, in international form."
    )
    number_raw = fields.Char(string="Number as Told")
    number_shown = fields.Char(string="Other Side", compute="_compute_number_shown")
    line = fields.Char(string="Our Number", help="Our own number, or the extension.")
    queue = fields.Char()
    rung_at = fields.Datetime(string="Rang")
    answered_at = fields.Datetime(string="Taken at")
    ended_at = fields.Datetime(string="Ended at")
    cause = fields.Char(
        string="Ended Because",
        help="Why the call ended, in the telephone system's words.",
    )
    state = fields.Selection(
        STATES, string="Status", compute="_compute_state", store=True
    )
    minutes = NullableFloat(
        compute="_compute_state",
        store=True,
        aggregator="sum",
        help="Of talking; empty where it was not told when it began or ended.",
    )
    user_id = fields.Many2one(
        "res.users", string="Agent", index=True, ondelete="set null"
    )
    rung_user_ids = fields.Many2many("res.users", string="Rang at")
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index=True, ondelete="cascade"
    )
    customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer",
        store=True,
        index=True,
        ondelete="cascade",
    )
    chosen_by_id = fields.Many2one(
        "res.users",
        ondelete="set null",
        help="Who said whose call it is; empty where the number tells.",
    )
    ticket_ids = fields.One2many(TICKET, "value_call_id", string="Tickets")
    lead_ids = fields.One2many("crm.lead", "value_call_id", string="Leads")

    _once = models.UniqueIndex("(pbx_id, call_key)")
    _number_idx = models.Index("(company_id, number, date DESC)")

    @api.depends("date")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for call in self:
            moment = format_datetime(self.env, call.date, dt_format="short")
            call.display_name = self.env._("Call of %(moment)s", moment=moment)

    @api.depends("number", "number_raw")
    @api.depends_context("lang")
    def _compute_number_shown(self):
        """Write the number as people do; what is none is shown as it was told."""
        partners = self.env["res.partner"]
        for call in self:
            country = call.sudo().pbx_id.country_id
            shown = partners._phone_format_number(
                call.number, country, force_format="INTERNATIONAL"
            )
            hidden = self.env._("Number withheld")
            call.number_shown = shown or call.number_raw or hidden

    @api.depends("rung_at", "answered_at", "ended_at")
    def _compute_state(self):
        for call in self:
            taken, over = call.answered_at, call.ended_at
            if over:
                call.state = "ended" if taken else "missed"
            else:
                call.state = "answered" if taken else "ringing"
            known = taken and over and over >= taken
            call.minutes = (over - taken).total_seconds() / 60 if known else None

    def _same_number(self):
        """Return the domain of all calls of this one's number, in its company."""
        return [("company_id", "=", self.company_id.id), ("number", "=", self.number)]
