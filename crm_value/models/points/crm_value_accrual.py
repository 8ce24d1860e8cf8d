from odoo import api, fields, models


class CrmValuePromise(models.Model):
    """Pending points of a confirmed order: what it earns once invoiced and paid.

    Points by Odoo's own rules of the program times the customer's rate, as of the
    confirmation. Each invoice earns its share of the amount.
    """

    _name = "crm.value.promise"
    _description = "Points Accrual"
    _order = "id DESC"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade"
    )
    card_id = fields.Many2one(
        "loyalty.card",
        string="Loyalty Card",
        required=True,
        index=True,
        ondelete="restrict",
    )
    program_id = fields.Many2one(related="card_id.program_id")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Customer")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    points = fields.Float(help="Points the order earns if it is invoiced in full.")
    rate = fields.Float(string="Points Rate", default=1.0)
    amount = fields.Float(
        help="Amount that earns points: products without tax, rewards and down "
        "payments, in the currency of the order. Each invoice earns its share."
    )
    superseded = fields.Boolean(
        help="Replaced: the order was confirmed again for another customer."
    )
    earning_ids = fields.One2many("crm.value.earning", "promise_id")

    _once = models.UniqueIndex(
        "(order_id) WHERE superseded IS NOT TRUE",
        "An order can accrue points only once.",
    )


class CrmValueEarning(models.Model):
    """Points that one invoice earns for one order: locked first, then usable.

    Locked until the invoice is paid and the time for returns is over; then they are a
    line of the card. What is booked follows what the documents say.
    """

    _name = "crm.value.earning"
    _description = "Points Earned by Invoice"
    _order = "date DESC, id DESC"
    _rec_name = "move_id"

    promise_id = fields.Many2one(
        "crm.value.promise",
        string="Accrual",
        required=True,
        index=True,
        ondelete="restrict",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        index="btree_not_null",
        ondelete="set null",
    )
    origin_id = fields.Integer(
        aggregator=None, string="Original Invoice ID", required=True
    )
    order_id = fields.Many2one("sale.order", index="btree_not_null")
    card_id = fields.Many2one(
        "loyalty.card",
        string="Loyalty Card",
        required=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="card_id.partner_id", string="Customer")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    date = fields.Date(string="Invoice Date")
    amount = fields.Float(
        help="Invoiced amount without tax, in the currency of the order."
    )
    credited = fields.Float(help="Part of it that has been credited since.")
    own_points = fields.Float(string="Points Before Credit Notes")
    points = fields.Float(help="After credit notes.")
    state = fields.Selection(
        [("locked", "Locked"), ("usable", "Usable"), ("none", "Nothing Earned")],
        required=True,
        default="locked",
    )
    usable_date = fields.Date(
        string="Usable From",
        help="When the return window ends, provided the invoice is paid by then.",
    )
    value_date = fields.Date(
        string="Usable Since",
        help="Stays the same when points are clawed back and earned again.",
    )
    line_ids = fields.One2many(
        "loyalty.history", "value_earning_id", string="Points Transactions"
    )

    _once = models.UniqueIndex(
        "(promise_id, origin_id)", "An invoice earns the points of an order once."
    )
    _locked_idx = models.Index("(card_id) WHERE state = 'locked'")

    @api.depends("move_id", "order_id")
    def _compute_display_name(self):
        for earning in self:
            earning.display_name = (
                earning.move_id.name or earning.order_id.name or str(earning.id)
            )
