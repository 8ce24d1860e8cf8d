from odoo import api, fields, models


class ResCompany(models.Model):
    """Companies of this database buy from each other, but are no customers."""

    _inherit = "res.company"

    value_own_companies = fields.Boolean(
        string="Own Companies Are Customers",
        help="Companies of this database, and their contacts, count as customers, too.",
    )

    def _value_own_partners(self):
        """Return the ids of the commercial partners that are no customers here."""
        if self.value_own_companies:
            return []
        everyone = self.with_context(active_test=False)._value_all_scored()
        return everyone.partner_id.commercial_partner_id.ids

    @api.model_create_multi
    def create(self, vals_list):
        """A customer that becomes a company of ours is no customer any more."""
        companies = super().create(vals_list)
        companies._value_mark_own()
        return companies

    def write(self, vals):
        """So are those of whom the setting, or the partner, changes."""
        changed = {"value_own_companies", "partner_id"} & vals.keys()
        if changed:
            self._value_mark_own()
        result = super().write(vals)
        if changed:
            self._value_mark_own()
        return result

    def _value_mark_own(self):
        """Have our own companies looked at anew, wherever they may be customers."""
        everyone = self.with_context(active_test=False)._value_all_scored()
        self.env["crm.value.stale"]._mark(everyone.partner_id, everyone)
