from odoo import api, fields, models

from ..desk.helpdesk_ticket import DESK
from .const import HEARD, PARTED, REMEDIES, SEVERITIES


class HelpdeskTicket(models.Model):
    """A complaint is a ticket with facts: what was done for whoever complained, when.

    Each duty is done by entering its fact; its date comes by itself and can be mended.
    """

    _inherit = "helpdesk.ticket"

    category_id = fields.Many2one(tracking=True)  # whether it is a complaint
    value_complaint = fields.Boolean(
        related="category_id.value_complaint",
        string="Complaint",
        store=True,
        groups=PARTED,
    )
    value_acknowledged_at = fields.Datetime(
        string="Acknowledged",
        compute="_compute_value_acknowledged_at",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        groups=DESK,
        help="Our first answer, or when the customer was told otherwise that the "
        "complaint has arrived.",
    )
    value_severity = fields.Selection(
        SEVERITIES, string="Severity", copy=False, tracking=True, groups=DESK
    )
    value_assessed_at = fields.Datetime(
        string="Assessed",
        compute="_compute_value_assessed_at",
        store=True,
        readonly=False,
        copy=False,
        groups=DESK,
    )
    value_assessed_by = fields.Many2one(
        "res.users",
        string="Assessed By",
        compute="_compute_value_assessed_by",
        store=True,
        copy=False,
        groups=DESK,
    )
    value_cause_id = fields.Many2one(
        "crm.value.cause",
        string="Cause",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        groups=DESK,
    )
    value_fault = fields.Selection(
        related="value_cause_id.fault", store=True, groups=DESK
    )
    value_product_ids = fields.Many2many(
        "product.product", string="Products", copy=False, groups=DESK
    )
    value_investigated_at = fields.Datetime(
        string="Cause Found",
        compute="_compute_value_investigated_at",
        store=True,
        readonly=False,
        copy=False,
        groups=DESK,
    )
    value_remedy = fields.Selection(
        REMEDIES, string="Remedy", copy=False, tracking=True, groups=DESK
    )
    value_remedy_note = fields.Char(
        string="What Is Done", copy=False, tracking=True, groups=DESK
    )
    value_decided_at = fields.Datetime(
        string="Decided",
        compute="_compute_value_decided_at",
        store=True,
        readonly=False,
        copy=False,
        groups=DESK,
    )
    value_told_at = fields.Datetime(
        string="Told the Customer", copy=False, tracking=True, groups=DESK
    )
    value_heard_by = fields.Selection(
        HEARD,
        string="Heard From the Customer By",
        copy=False,
        tracking=True,
        groups=DESK,
    )
    value_confirmed_at = fields.Datetime(
        string="Confirmed",
        copy=False,
        tracking=True,
        groups=DESK,
        help="The customer says that it is settled.",
    )
    value_dissatisfied_at = fields.Datetime(
        string="Not Satisfied",
        copy=False,
        tracking=True,
        groups=DESK,
        help="When the customer last said that it is not settled: what had been decided"
        " and told until then has to be done anew.",
    )
    value_need_ids = fields.Many2many(
        "crm.value.need", string="Unmet Needs", copy=False, groups=DESK
    )
    value_need_note = fields.Text(
        string="What the Customer Needs", copy=False, groups=DESK
    )

    @api.depends("value_responded_at", "value_complaint")
    def _compute_value_acknowledged_at(self):
        """Take our first answer, unless somebody has entered another moment."""
        for ticket in self:
            answered = ticket.value_complaint and ticket.value_responded_at
            ticket.value_acknowledged_at = ticket.value_acknowledged_at or answered

    @api.depends("value_severity")
    def _compute_value_assessed_at(self):
        for ticket in self:
            known = ticket.value_assessed_at or fields.Datetime.now()
            ticket.value_assessed_at = ticket.value_severity and known

    @api.depends("value_severity")
    def _compute_value_assessed_by(self):
        for ticket in self:
            known = ticket.value_assessed_by or self.env.user
            ticket.value_assessed_by = ticket.value_severity and known

    @api.depends("value_cause_id")
    def _compute_value_investigated_at(self):
        for ticket in self:
            known = ticket.value_investigated_at or fields.Datetime.now()
            ticket.value_investigated_at = ticket.value_cause_id and known

    @api.depends("value_remedy", "value_remedy_note")
    def _compute_value_decided_at(self):
        """Keep the first decision; what did not satisfy needs another one."""
        for ticket in self:
            at, again = ticket.value_decided_at, ticket.value_dissatisfied_at
            if not at or again and at <= again:
                at = fields.Datetime.now()
            ticket.value_decided_at = ticket.value_remedy and at

    def action_value_told(self):
        """Note that the customer knows by now what was decided."""
        self.write({"value_told_at": fields.Datetime.now()})

    def action_value_confirmed(self):
        """Note that the customer is satisfied."""
        self.write({"value_confirmed_at": fields.Datetime.now()})

    def action_value_dissatisfied(self):
        """Note that the customer is not satisfied; a closed complaint opens again."""
        self.write({"value_dissatisfied_at": fields.Datetime.now()})
