from odoo import fields, models

from ...const import OFFICER
from ...fields import NullableFloat
from .const import ASKED, DECISIONS


class CrmValueApproval(models.Model):
    """What somebody was asked to allow on a quotation, and what became of it.

    It is good for the quotation as long as that gets no worse, and kept after it.
    """

    _name = "crm.value.approval"
    _description = "Discount Approval"
    _order = "id desc"

    order_id = fields.Many2one(
        "sale.order", string="Quotation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one("res.users", string="Asked by")
    asked_at = fields.Datetime(required=True, default=fields.Datetime.now)
    approver_id = fields.Many2one("res.users")
    reason = fields.Char(required=True)
    state = fields.Selection(
        DECISIONS, string="Decision", required=True, default=ASKED, index=True
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by")
    decided_at = fields.Datetime()
    note = fields.Char(string="Answer")
    discount = NullableFloat(string="Discount (%)", digits="Discount", aggregator="max")
    allowed_discount = NullableFloat(
        string="Allowed (%)", digits="Discount", aggregator=None
    )
    margin = NullableFloat(
        string="Margin (%)", digits="Discount", aggregator="avg", groups=OFFICER
    )
    margin_floor = NullableFloat(
        string="Lowest Margin (%)", digits="Discount", aggregator=None, groups=OFFICER
    )
    # {product id: discount}: what the order may not get worse than.
    discounts = fields.Json(groups="base.group_system")

    def _compute_display_name(self):
        for approval in self:
            approval.display_name = approval.order_id.name

    def action_open_order(self):
        """Open the quotation."""
        self.ensure_one()
        return self.order_id._get_records_action()

    def _allows(self, product, discount):
        """Return whether this allows a discount on a product."""
        most = (self.discounts or {}).get(str(product.id))
        return most is not None and discount <= most
