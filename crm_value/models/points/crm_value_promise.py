from odoo import fields, models


class CrmValuePromise(models.Model):
    """What a confirmed order will earn in points once it is invoiced and paid.

    Points by Odoo's own rules of the program times the customer's rate, as of the
    confirmation. Each invoice earns its share of the amount.
    """

    _name = "crm.value.promise"
    _description = "Promise of Points"
    _order = "id DESC"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    card_id = fields.Many2one(
        "loyalty.card", required=True, index=True, ondelete="restrict"
    )
    program_id = fields.Many2one(related="card_id.program_id")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Customer")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    points = fields.Float(help="If all of the order is invoiced, and nothing else.")
    rate = fields.Float(string="Points Rate", default=1.0)
    amount = fields.Float(
        help="Products of the order without tax, rewards and down payments, in its "
        "currency: invoices earn their share of it."
    )
    superseded = fields.Boolean(
        help="The order was confirmed again, for another customer."
    )
    earning_ids = fields.One2many("crm.value.earning", "promise_id")

    _once = models.UniqueIndex(
        "(order_id) WHERE superseded IS NOT TRUE", "An order promises points once."
    )
