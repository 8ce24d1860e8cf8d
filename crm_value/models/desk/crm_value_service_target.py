from odoo import api, fields, models


class CrmValueServiceTarget(models.Model):
    """A target of tickets of one category, for everybody or the members of a tier.

    Of all targets that apply to a ticket the shortest counts: what is promised to
    everybody, to the tier, to the category, to the tier in this category.
    """

    _name = "crm.value.service.target"
    _inherit = ["crm.value.guarded"]
    _description = "Service Target"
    _order = "category_id, tier_id, id"
    _rec_name = "category_id"
    _check_company_auto = True

    category_id = fields.Many2one(
        "helpdesk.ticket.category", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    tier_id = fields.Many2one(
        "crm.value.tier", check_company=True, index=True, ondelete="cascade"
    )
    response_hours = fields.Float(
        string="First Response Within",
        aggregator=None,
        help="In working hours. Zero: as else.",
    )
    resolution_hours = fields.Float(
        string="Solved Within",
        aggregator=None,
        help="In working hours. Zero: as else.",
    )

    _once = models.UniqueIndex(
        "(company_id, category_id, COALESCE(tier_id, 0))",
        "A category has one target for a tier, and one for everybody.",
    )
    _positive = models.Constraint(
        "CHECK (response_hours >= 0 AND resolution_hours >= 0)",
        "A target cannot be negative.",
    )

    @api.model
    def _by_category(self, companies):
        """Return {(company id, category id, tier id or False): promise}."""
        found = self.search_fetch(
            [("company_id", "in", companies.ids)],
            ["company_id", "category_id", "tier_id"],
        )
        return {(p.company_id.id, p.category_id.id, p.tier_id.id): p for p in found}
