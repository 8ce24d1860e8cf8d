from collections import defaultdict

from odoo import fields, models


class CrmValueRecovery(models.Model):
    """Whom a customer has brought since it gave a good answer."""

    _inherit = "crm.value.recovery"

    referred_count = fields.Integer(
        string="Referred Since",
        compute="_compute_referred_count",
        compute_sudo=False,
        help="Customers entered after the answer as referred by this one.",
    )

    def _compute_referred_count(self):
        found = self.env["res.partner"].search_fetch(
            [("value_referrer_id", "in", (self.partner_id | self.customer_id).ids)],
            ["value_referrer_id", "create_date"],
        )
        entered = defaultdict(list)
        for partner in found:
            entered[partner.value_referrer_id].append(partner.create_date)
        for recovery in self:
            dates = [
                date
                for referrer in recovery.partner_id | recovery.customer_id
                for date in entered[referrer]
            ]
            recovery.referred_count = sum(date >= recovery.date for date in dates)
