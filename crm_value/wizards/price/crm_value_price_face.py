from odoo import api, fields, models

STEPS = [
    ("send", "Send"),
    ("sent", "Mark as Sent"),
    ("confirm", "Confirm"),
]
METHODS = {
    "send": "action_quotation_send",
    "sent": "action_quotation_sent",
    "confirm": "action_confirm",
}


class CrmValuePriceFace(models.TransientModel):
    """Asks why a quotation goes out beside another open offer to the customer."""

    _name = "crm.value.price.face"
    _description = "Another Open Offer to the Customer"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    step = fields.Selection(STEPS, required=True, readonly=True)
    offers = fields.Text(
        string="Open Offers", compute="_compute_offers", compute_sudo=False
    )
    reason = fields.Char(required=True)

    @api.depends("order_id")
    @api.depends_context("uid", "lang")
    def _compute_offers(self):
        clashes = self.order_id._value_clashes()
        for dialog in self:
            order = dialog.order_id
            said = [order._value_say_clash(clash) for clash in clashes.get(order, ())]
            dialog.offers = "\n".join(said)

    def action_answer(self):
        """Note the reason on all of these quotations and go on with what was begun."""
        self.ensure_one()
        self.check_access("read")
        order = self.order_id
        order.check_access("write")
        if clashes := order._value_clashes()[order]:
            order._value_answer(clashes, self.reason)
        done = getattr(order, METHODS[self.step])()
        return (
            done
            if isinstance(done, dict)
            else {"type": "ir.actions.client", "tag": "soft_reload"}
        )
