from odoo import fields, models

from ... import words
from ...const import OFFICER
from ...fields import NullableMoney
from .const import KINDS, OPEN, OUTCOMES, REASONS


class CrmValueOffer(models.Model):
    """A product suggested for a customer, why, and what became of it.

    One a customer, product and quarter, however often it is looked at. A random tenth
    is not shown to anybody: what is bought of those is what suggesting is compared
    with. Nobody edits them: they are written by the screens that show them.
    """

    _name = "crm.value.offer"
    _description = "Suggestion"
    _is_result = True
    _log_access = False
    _order = "date DESC, id DESC"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order", string="Quotation", index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one("res.users", string="Shown To", ondelete="set null")
    date = fields.Date(string="Shown On", required=True)
    period = fields.Date(string="Quarter", required=True, help="Its first day.")
    kind = fields.Selection(KINDS, required=True)
    because_id = fields.Many2one(
        "product.product", string="Because of", ondelete="set null"
    )
    hits = fields.Integer(
        aggregator=None,
        help="Customers of both products, or purchases in the category.",
    )
    base = fields.Integer(
        string="Out Of",
        aggregator=None,
        help="Customers of the product it is because of, or purchases in all.",
    )
    since_days = fields.Integer(string="Days Since Last Ordered", aggregator=None)
    cycle_days = fields.Integer(string="Usual Days Between", aggregator=None)
    quantity = fields.Float(
        digits="Product Unit",
        aggregator=None,
        help="What one click puts on the quotation, in the product's unit.",
    )
    is_held_out = fields.Boolean(
        string="Not Shown",
        help="Drawn at random, one in ten: what is bought of these without being "
        "suggested is what suggesting is compared with.",
    )
    outcome = fields.Selection(OUTCOMES, required=True, default=OPEN)
    reason = fields.Selection(REASONS, string="Dismissed Because")
    is_kept = fields.Boolean(
        string="Kept", help="Added, and still there when the order was confirmed."
    )
    is_settled = fields.Boolean(
        string="Time Is Over", help="What is bought from now on is not counted for it."
    )
    is_bought = fields.Boolean(
        string="Bought", help="Within 90 days, on this order or another one."
    )
    revenue = fields.Monetary(help="Bought within 90 days, without tax.")
    margin = NullableMoney(
        groups=OFFICER, aggregator="sum", help="Of what was bought within 90 days."
    )

    # Whoever looks again sees the same: drawn once a customer, product and quarter.
    _once = models.UniqueIndex("(company_id, partner_id, product_id, period)")
    _log = models.Index("(company_id, date)")

    def _told(self):
        """Return what the screens say of each, the reason included."""
        return [
            {
                "id": offer.id,
                "product_id": offer.product_id.id,
                "name": offer.product_id.display_name,
                "kind": offer.kind,
                "reason": offer._say_reason(),
            }
            for offer in self
        ]

    def _say_reason(self):
        """Return why it is suggested, as one sentence."""
        return getattr(self, f"_say_{self.kind}")()

    def _say_similar(self):
        return self.env._(
            "%(both)s of %(buyers)s who buy %(product)s also buy it.",
            both=self.hits,
            buyers=words.customers(self.env, self.base),
            product=self.because_id.display_name,
        )

    def _say_due(self):
        return self.env._(
            "Last ordered %(since)s ago, usually every %(cycle)s.",
            since=words.days(self.env, self.since_days),
            cycle=words.days(self.env, self.cycle_days),
        )

    def _say_new(self):
        return self.env._(
            "New in %(category)s, with %(hits)s of %(purchases)s so far.",
            category=self.product_id.categ_id.name,
            hits=self.hits,
            purchases=words.purchases(self.env, self.base),
        )
