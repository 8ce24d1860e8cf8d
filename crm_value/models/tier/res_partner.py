from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """A customer shows its loyalty tier in the current company."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.value.grouping"]

    value_tier_id = fields.Many2one(
        "crm.value.tier",
        string="Loyalty Tier",
        compute="_compute_value_figures",
        compute_sudo=False,
        search="_search_value_tier_id",
        groups="crm_value.group_user",
    )

    @api.depends("value_profile_id")
    def _compute_value_figures(self):
        result = super()._compute_value_figures()
        for partner in self:
            partner.value_tier_id = partner.value_profile_id.tier_id
        return result

    def _search_value_tier_id(self, operator, value):
        return self._search_by_figure("tier_id", operator, value)

    def _value_customer_sql(self, alias, query):
        return self._field_to_sql(alias, "commercial_partner_id", query)

    def _value_company_sql(self, alias, query):
        return SQL("%s", self.env.company.id)
