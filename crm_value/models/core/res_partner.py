from odoo import models


class ResPartner(models.Model):
    """A contact belongs to a customer: its documents count there."""

    _inherit = "res.partner"

    def write(self, vals):
        """A contact that moves to another company takes its documents along."""
        if not {"parent_id", "is_company"} & vals.keys():
            return super().write(vals)
        stale = self.env["crm.value.stale"]
        companies = self.env["res.company"]._value_all_scored()
        stale._mark(self, companies)
        result = super().write(vals)
        stale._mark(self, companies)
        return result
