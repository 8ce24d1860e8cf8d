from odoo import api, fields, models


class CrmValueProfile(models.Model):
    """What is missing in the records of a customer stands on its page, in one line."""

    _inherit = "crm.value.profile"

    gaps = fields.Char(string="Data Gaps", compute="_compute_gaps")

    @api.depends_context("uid", "lang")
    def _compute_gaps(self):
        rows = self.env["crm.value.quality.customer"].search(
            [("partner_id", "in", self.partner_id.ids)]
        )
        said = {(row.company_id.id, row.partner_id.id): row.gaps for row in rows}
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.gaps = said.get(key, False)
