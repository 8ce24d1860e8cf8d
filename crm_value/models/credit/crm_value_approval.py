from odoo import api, fields, models

from ...const import USER


class CrmValueApproval(models.Model):
    """Whoever decides on discounts reads how the customer pays."""

    _inherit = "crm.value.approval"

    credit_words = fields.Char(
        string="How It Pays",
        compute="_compute_credit_words",
        compute_sudo=False,
        groups=USER,
    )

    @api.depends("company_id", "partner_id")
    @api.depends_context("uid", "lang")
    def _compute_credit_words(self):
        profiles = self.env["crm.value.profile"]._by_customer(
            self.company_id, self.partner_id
        )
        for approval in self:
            key = (approval.company_id.id, approval.partner_id.id)
            profile = profiles.get(key)
            approval.credit_words = profile.credit_words if profile else False
