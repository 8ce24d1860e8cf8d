from odoo import api, fields, models

from ...const import OFFICER
from ..core.helpdesk_ticket import HelpdeskTicket as Document
from ..desk.helpdesk_ticket import DESK

MONEY = {"value_goods_cost", "value_credit_cost"}


class HelpdeskTicket(models.Model):
    """What a ticket has cost: working time, goods, money given back.

    Who works on it enters the hours, whoever may see margins the money.
    """

    _inherit = "helpdesk.ticket"
    _value_fields = Document._value_fields | MONEY | {"value_hours", "value_cause_id"}

    value_hours = fields.Float(
        string="Working Time",
        copy=False,
        groups=DESK,
        help="Zero: not recorded; the ticket costs what the policy says.",
    )
    value_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    value_time_cost = fields.Monetary(
        string="Cost of the Time",
        compute="_compute_value_time_cost",
        store=True,
        copy=False,
        currency_field="value_currency_id",
        groups=OFFICER,
        help="Working time at the cost of an hour when it was entered.",
    )
    value_goods_cost = fields.Monetary(
        string="Goods Given",
        copy=False,
        currency_field="value_currency_id",
        groups=OFFICER,
        help="At cost; only what is on no order or invoice, which count already.",
    )
    value_credit_cost = fields.Monetary(
        string="Money Given Back",
        copy=False,
        currency_field="value_currency_id",
        groups=OFFICER,
        help="Only what no credit note says, which counts already.",
    )
    value_ticket_cost = fields.Monetary(
        string="Recorded Cost",
        compute="_compute_value_ticket_cost",
        store=True,
        currency_field="value_currency_id",
        groups=OFFICER,
    )

    _value_costs_positive = models.Constraint(
        "CHECK (value_hours >= 0 AND value_goods_cost >= 0 AND value_credit_cost >= 0)",
        "What a ticket costs cannot be negative.",
    )

    @api.depends("value_hours", "company_id")
    def _compute_value_time_cost(self):
        """Count at the present rate; another one later does not change what was."""
        for ticket in self:
            rate = ticket.company_id.sudo().value_hour_cost  # shown to nobody here
            ticket.value_time_cost = ticket.value_hours * rate

    @api.depends("value_time_cost", "value_goods_cost", "value_credit_cost")
    def _compute_value_ticket_cost(self):
        for ticket in self:
            given = ticket.value_goods_cost + ticket.value_credit_cost
            ticket.value_ticket_cost = ticket.value_time_cost + given
