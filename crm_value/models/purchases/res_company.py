from odoo import api, fields, models


class ResCompany(models.Model):
    """Companies of this database buy from each other, but are no customers."""

    _inherit = "res.company"

    value_own_companies = fields.Boolean(
        string="Own Companies Are Customers",
        groups="base.group_system",
        help="Companies of this database, and their contacts, count as customers, too.",
    )

    def _value_own_partners(self):
        """Return the ids of the commercial partners that are no customers here."""
        if self.sudo().value_own_companies:  # whoever reads figures
            return []
        everyone = self.with_context(active_test=False)._value_all_scored()
        return everyone.partner_id.commercial_partner_id.ids

    @api.model_create_multi
    def create(self, vals_list):
        """A customer that becomes a company of ours is no customer any more."""
        companies = super().create(vals_list)
        known = [vals["partner_id"] for vals in vals_list if vals.get("partner_id")]
        self._value_mark(self.env["res.partner"].browse(known))
        return companies

    def write(self, vals):
        """So is one that a company is moved to; the setting asks for all of ours."""
        if "partner_id" in vals:
            self._value_mark(self.partner_id)
        result = super().write(vals)
        if "partner_id" in vals:
            self._value_mark(self.partner_id)
        if "value_own_companies" in vals:
            everyone = self.with_context(active_test=False)._value_all_scored()
            self.env["crm.value.stale"]._mark(everyone.partner_id, self)
        return result

    @api.model
    def _value_mark(self, partners):
        """Have partners looked at anew, in whichever company they may be customers."""
        everyone = self._value_all_scored()
        self.env["crm.value.stale"]._mark(partners, everyone)
