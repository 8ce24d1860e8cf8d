from odoo import api, fields, models


class SurveyUserInput(models.Model):
    """Whose customer has answered: a survey has no company."""

    _inherit = "survey.user_input"

    value_company_id = fields.Many2one(
        "res.company",
        string="Company Asking",
        index="btree_not_null",
        ondelete="set null",
        help="Whose figures the answers enter.",
    )
    value_round = fields.Char(
        string="Round of Staff",
        index="btree_not_null",
        copy=False,
        readonly=True,
        help="All colleagues asked together have the same; it is nobody's name.",
    )
    value_round_end = fields.Date(
        string="Round Ends",
        copy=False,
        readonly=True,
        help="The last day of the round; afterwards its figures are told, and fixed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Unless an invitation says so: the contact's company, or that of who asks."""
        ids = {vals["partner_id"] for vals in vals_list if vals.get("partner_id")}
        partners = self.env["res.partner"].sudo().browse(ids)  # asked in public
        companies = {partner.id: partner.company_id.id for partner in partners}
        for vals in vals_list:
            vals.setdefault(
                "value_company_id",
                companies.get(vals.get("partner_id")) or self.env.company.id,
            )
        return super().create(vals_list)
