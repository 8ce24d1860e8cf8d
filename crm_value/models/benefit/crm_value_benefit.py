from odoo import api, fields, models

from ...const import OFFICER
from ...fields import NullableMoney
from ..service.crm_value_ticketing import TICKET
from .const import BENEFIT_KINDS


class CrmValueBenefit(models.Model):
    """One loyalty benefit granted to a customer, recorded from its document.

    Documents are the truth: rows are booked in bulk from them, once by their source,
    and go where the document goes.
    """

    _name = "crm.value.benefit"
    _description = "Benefit Granted"
    _is_result = True
    _order = "date DESC, id DESC"
    _rec_name = "source_key"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    tier_id = fields.Many2one(
        "crm.value.tier",
        index="btree_not_null",
        ondelete="restrict",
        help="The customer's tier at that time.",
    )
    kind = fields.Selection(BENEFIT_KINDS, required=True)
    date = fields.Date(required=True)
    quantity = fields.Float(help="Units sold, points, or one per ticket.")
    amount = NullableMoney(
        groups=OFFICER,
        aggregator="sum",
        help="What the customer saved, without tax, in company currency at the rate"
        " of the day. Empty: not known.",
    )
    shown_amount = NullableMoney(
        string="Of Which Shown as Discount",
        groups=OFFICER,
        aggregator="sum",
        help="Part that the document already shows as a discount. It is counted "
        "there and not a second time here.",
    )
    order_id = fields.Many2one("sale.order", index="btree_not_null", ondelete="cascade")
    order_line_id = fields.Many2one(
        "sale.order.line", index="btree_not_null", ondelete="cascade"
    )
    ticket_id = fields.Many2one(TICKET, index="btree_not_null", ondelete="cascade")
    history_id = fields.Many2one(
        "loyalty.history",
        string="Points Transaction",
        index="btree_not_null",
        ondelete="cascade",
    )
    program_id = fields.Many2one("loyalty.program", ondelete="set null")
    source_key = fields.Char(string="Source", required=True)
    document = fields.Char(compute="_compute_document", compute_sudo=True)

    _source_uniq = models.Constraint(
        "UNIQUE (company_id, source_key)",
        "A document can grant the same benefit only once.",
    )
    _customer_idx = models.Index("(company_id, partner_id, date)")

    @api.depends("order_id.name", "ticket_id.number", "history_id.description")
    def _compute_document(self):
        for benefit in self:
            benefit.document = (
                benefit.order_id.name
                or benefit.ticket_id.display_name
                or benefit.history_id.description
            )

    @api.depends("kind", "document")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for benefit in self:
            benefit.display_name = f"{labels[benefit.kind]}: {benefit.document or '–'}"

    def action_open_document(self):
        """Open the document that granted the benefit."""
        self.ensure_one()
        origin = self.order_id or self.ticket_id or self.history_id.value_move_id
        return origin._get_records_action() if origin else None
