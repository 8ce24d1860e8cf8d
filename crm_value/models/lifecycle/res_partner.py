from odoo import fields, models


class ResPartner(models.Model):
    """A contact shows the lifecycle stage of its customer in the current company."""

    _inherit = "res.partner"

    value_stage_id = fields.Many2one(string="Lifecycle Stage")

    def _value_forget(self):
        """Have sums made anew that erased or merged customers were part of."""
        owner = [("origin_id", "in", self.ids), ("month_end", "=", True)]
        stood = self.env["crm.value.snapshot"]._read_group(owner, ["company_id"])
        profiles = [("partner_id", "in", self.ids)]
        stood += self.env["crm.value.profile"]._read_group(profiles, ["company_id"])
        companies = self.env["res.company"].union(*(company for (company,) in stood))
        self.env["crm.value.month.kept"]._drop(companies)
        return super()._value_forget()
