from odoo import api, fields, models


class CrmValueTier(models.Model):
    """A loyalty tier of a company: what its customers can earn.

    Tiers without a company are what new companies start from.
    """

    _name = "crm.value.tier"
    _inherit = ["crm.value.template"]
    _description = "Loyalty Tier"
    _order = "company_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Empty: what new companies start from.",
    )
    sequence = fields.Integer(default=10, help="The higher, the better the tier.")
    color = fields.Integer()
    active = fields.Boolean(default=True)
    matters = fields.Boolean(
        string="Tell on the Contact",
        default=True,
        help="Reaching or losing this tier is noted on the contact, for its followers.",
    )
    description = fields.Text(translate=True, help="Shown to the customer.")

    @api.depends("name", "company_id.name")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_display_name(self):
        """Say the company where the tiers of several are shown."""
        several = len(self.env.companies) > 1
        for tier in self:
            tier.display_name = (
                f"{tier.name} ({tier.company_id.name})"
                if several and tier.company_id
                else tier.name
            )

    def _is_above(self, other):
        """Return whether this tier is the better of two; any is above none."""
        return not other or (self.sequence, self.id) > (other.sequence, other.id)
